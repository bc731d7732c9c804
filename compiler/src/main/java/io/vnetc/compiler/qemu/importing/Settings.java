// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in an argument of QEMU's, in whichever form they are written; each is taken once, and what is left over is
 * known. Not for use by several threads.
 */
final class Settings {
    private static final int DEEPEST = 32;
    private static final int MOST_SHOWN = 40;

    private final String option;
    private final SourceRange place;
    private final List<Setting> left = new ArrayList<>();
    private final Optional<SourceRange> unknown;
    private String kind = "";

    /**
     * One of them.
     *
     * @param name with dots where one is in another
     * @param value as text; of a list each is a setting
     * @param isNumber whether it is a number of JSON
     */
    record Setting(String name, String value, SourceRange place, boolean isNumber) {
        /** On or off, as QEMU's qapi_bool_parse() reads it. */
        Optional<Boolean> flag() {
            return switch (value) {
                case "on", "yes", "true", "y" -> Optional.of(true);
                case "off", "no", "false", "n" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        /** A whole number: decimal, or hexadecimal after {@code 0x}. */
        Optional<Long> number() {
            boolean hexadecimal = value.startsWith("0x") || value.startsWith("0X");
            String digits = hexadecimal ? value.substring(2) : value;
            if (!digits.matches(hexadecimal ? "[0-9a-fA-F]{1,15}" : "[0-9]{1,18}")) {
                return Optional.empty();
            }
            return Optional.of(Long.parseLong(digits, hexadecimal ? 16 : 10));
        }
    }

    private Settings(String option, SourceRange place, Optional<SourceRange> unknown) {
        this.option = option;
        this.place = place;
        this.unknown = unknown;
    }

    /** None, of something that QEMU does by itself. */
    static Settings none(String option, SourceRange place) {
        return new Settings(option, place, Optional.empty());
    }

    /**
     * Reads {@code type,name=value,…} (QEMU's util/qemu-option.c) or JSON.
     *
     * @param option that the word is the argument of
     * @param first what the first setting is called where it has no name
     * @return nothing where it is neither
     */
    static Optional<Settings> read(String option, Word word, String first) {
        Settings settings = new Settings(option, word.place(), word.expansion());
        boolean read = true;
        if (word.text().startsWith("{")) {
            read = settings.readJson(word);
        } else {
            settings.readPairs(word, first);
        }
        settings.kind = settings.peek(first).map(Setting::value).orElse("");
        return read ? Optional.of(settings) : Optional.empty();
    }

    private void readPairs(Word word, String first) {
        String text = word.text();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '=' && text.charAt(end) != ',') {
                end++;
            }
            boolean named = end < text.length() && text.charAt(end) == '=';
            String name = text.substring(at, end);
            int start = named ? end + 1 : at;
            StringBuilder value = new StringBuilder();
            int last = start;
            while (last < text.length()) {
                if (text.charAt(last) == ',') {
                    if (last + 1 >= text.length() || text.charAt(last + 1) != ',') {
                        break;
                    }
                    last++;
                }
                value.append(text.charAt(last));
                last++;
            }
            SourceRange where = word.place(at, last);
            if (named) {
                left.add(new Setting(name, value.toString(), where, false));
            } else if (at == 0) {
                left.add(new Setting(first, value.toString(), where, false));
            } else {
                // A name alone is on; with `no` before it, off: an older form that QEMU still takes.
                last = end;
                boolean off = name.startsWith("no");
                left.add(new Setting(off ? name.substring(2) : name, off ? "off" : "on", word.place(at, end), false));
            }
            at = last + 1;
        }
    }

    private boolean readJson(Word word) {
        try (JsonReader reader = new JsonReader(new StringReader(word.text()))) {
            reader.setStrictness(Strictness.LENIENT);
            Deque<Optional<String>> path = new ArrayDeque<>();
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                return false;
            }
            return readValue(reader, path) && reader.peek() == JsonToken.END_DOCUMENT;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            return false;
        }
    }

    private boolean readValue(JsonReader reader, Deque<Optional<String>> path) throws IOException {
        if (path.size() > DEEPEST) {
            return false;
        }
        boolean read = true;
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                while (read && reader.hasNext()) {
                    path.addLast(Optional.of(reader.nextName()));
                    read = readValue(reader, path);
                    path.removeLast();
                }
                if (read) {
                    reader.endObject();
                }
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                while (read && reader.hasNext()) {
                    path.addLast(Optional.empty());
                    read = readValue(reader, path);
                    path.removeLast();
                }
                if (read) {
                    reader.endArray();
                }
            }
            case BOOLEAN -> add(path, reader.nextBoolean() ? "on" : "off", false);
            case NUMBER -> add(path, reader.nextString(), true);
            case STRING -> add(path, reader.nextString(), false);
            case NULL -> reader.nextNull();
            default -> read = false;
        }
        return read;
    }

    /** QAPI's lists of texts are objects with `str` in them, which says nothing more. */
    private void add(Deque<Optional<String>> path, String value, boolean isNumber) {
        List<Optional<String>> steps = new ArrayList<>(path);
        int size = steps.size();
        if (size >= 2
                && steps.get(size - 1).equals(Optional.of("str"))
                && steps.get(size - 2).isEmpty()) {
            steps.remove(size - 1);
        }
        String name = String.join(".", steps.stream().flatMap(Optional::stream).toList());
        left.add(new Setting(name, value, place, isNumber));
    }

    /** What the argument is of, as a message names it: {@code -netdev user}. */
    String title() {
        return kind.isEmpty() ? option : option + " " + shown(kind);
    }

    /** Short enough for a message, and with nothing in it that is not shown. */
    private static String shown(String name) {
        String printable = Findings.printable(name);
        return printable.length() <= MOST_SHOWN ? printable : printable.substring(0, MOST_SHOWN) + "…";
    }

    /** Where the shell puts something in that is not known. */
    Optional<SourceRange> unknown() {
        return unknown;
    }

    /** Some of these settings, taken out of here. */
    Settings part(String... names) {
        Settings part = new Settings(option, place, unknown);
        part.kind = kind;
        part.left.addAll(takeAll(names));
        return part;
    }

    From from() {
        return new From(title(), place);
    }

    /** What a setting is blamed on. */
    From from(Setting setting) {
        return new From(title() + "," + shown(setting.name()), setting.place());
    }

    /** What is said last under one of these names; all of that are taken. */
    Optional<Setting> take(String... names) {
        List<Setting> all = takeAll(names);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All that is said under these names. */
    List<Setting> takeAll(String... names) {
        Set<String> wanted = Set.of(names);
        List<Setting> taken =
                left.stream().filter(setting -> wanted.contains(setting.name())).toList();
        left.removeIf(setting -> wanted.contains(setting.name()));
        return taken;
    }

    /** The same without taking it. */
    Optional<Setting> peek(String name) {
        return left.stream().filter(setting -> setting.name().equals(name)).reduce((one, later) -> later);
    }

    /** What nobody has taken. */
    List<Setting> left() {
        return List.copyOf(left);
    }

    /** Says something that comes from elsewhere, before or after what is said here. */
    void add(Setting setting, boolean before) {
        left.add(before ? 0 : left.size(), setting);
    }
}
