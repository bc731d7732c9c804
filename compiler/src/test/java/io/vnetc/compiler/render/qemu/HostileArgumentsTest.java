// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.compiler.dnsmasq.SourceText;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source says of a guest's card stays a value in QEMU's arguments, or is refused when it is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileArgumentsTest {
    /** Where a program would be that QEMU is not to run. */
    private static final String CANARY = "/tmp/vnetc-hostile-canary";

    /** Of {@code sockaddr_un}, less some for the folder of a test. */
    private static final int LONGEST_SOCKET = 100;

    /** A line for each end; that of a hub has no more than its name. */
    private static final Pattern CLIENT = Pattern.compile("(?m)^(?: \\\\ )?([^ :\r\n]+)(?:: index=.*)?\r?$");

    private static final String HOST = "host kvm1 { qemu 8.2 }  network home on kvm1 { bridge vbr-home { } }  ";

    /**
     * A place for a string of the user's.
     *
     * @param source with {@code %s} for it
     * @param prefix what the value begins with, where only such a one is taken
     * @param starts whether QEMU starts with any value there: it opens no file by it
     */
    private record Place(String source, String prefix, boolean starts) {
        static Place text(String nic) {
            return new Place("vm web { nic eth0 { " + nic + " } }", "", true);
        }

        static Place unopened(String nic) {
            return new Place("vm web { nic eth0 { " + nic + " } }", "", false);
        }

        static Place path(String nic) {
            return new Place("vm web { nic eth0 { " + nic + " } }", "/nowhere/", false);
        }

        String of(String text, String card) {
            return HOST + source.replace("eth0", card).replace("%s", SourceText.quoted(prefix + text));
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("vm %s { nic eth0 { user } }", "", true),
            new Place("vm web { nic %s { user } }", "", true),
            Place.text("network home  tap %s"),
            Place.text("hub %s"),
            Place.text("user { hostname %s }"),
            Place.text("user { domain %s }"),
            Place.text("user { search %s }"),
            Place.text("user { tftp-server-name %s }"),
            Place.text("user { boot-file %s }"),
            new Place("vm web { nic eth0 { user { tftp %s } } }", "/nowhere/", true),
            Place.text("user { forward 10.0.2.100 port 80 to run %s }"),
            Place.path("user { smb %s }"),
            Place.path("stream { socket %s  server on }"),
            Place.path("dgram { local-socket %s  remote-socket \"/nowhere/b\" }"),
            Place.path("dgram { local-socket \"/nowhere/b\"  remote-socket %s }"),
            Place.path("passt { socket %s }"),
            Place.path("vhost-user %s { server on }"),
            Place.path("vdpa %s"),
            Place.path("bridge-helper br0 { helper %s }"),
            Place.unopened("bridge-helper %s"),
            Place.unopened("pci %s"),
            Place.unopened("usb %s"),
            Place.unopened("user  device { bus %s }"),
            Place.path("user  device { rom-file %s }"));

    @TempDir
    Path folder;

    private final Map<Place, List<String>> plain = new HashMap<>();

    @BeforeAll
    void theShapeOfEachPlace() {
        PLACES.forEach(place -> plain.put(place, shape(harmless(place).arguments())));
    }

    static Stream<String> hostile() {
        return Stream.of(
                "a,script=" + CANARY,
                "a,helper=" + CANARY,
                ",,script=" + CANARY,
                "x,id=evil",
                ",",
                ",,",
                "a=b",
                "x\",\"script\":\"" + CANARY,
                "\"},{\"type\":\"user\",\"id\":\"evil\"",
                "\\\",\"script\":\"" + CANARY,
                "\\u0022,\\u0022script\\u0022:\\u0022" + CANARY,
                "'",
                "\"",
                "\\",
                "{",
                "}",
                "-device",
                "-netdev user,id=evil",
                "$(touch " + CANARY + ")",
                "`touch " + CANARY + "`",
                "; touch " + CANARY + " #",
                "| touch " + CANARY,
                "a b",
                "a\tb",
                "a\nb",
                "a\npreexec = touch " + CANARY,
                "a\r\nb",
                "a\u0000b",
                "a\u0000,script=" + CANARY,
                "\u001b[2J",
                "\u007f",
                "\u0085",
                "\u2028",
                "\u202egnp.exe",
                "\u200b",
                "\ufeff",
                "é漢",
                "\ud83d\ude00",
                "..",
                "../../etc/passwd",
                "%s%n%x",
                "fd:3",
                "id=evil",
                "on",
                "0",
                "",
                "a".repeat(64),
                "a".repeat(256),
                ",a".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_string_is_a_value_or_an_error(String text) {
        for (Place place : PLACES) {
            arguments(place.of(text, "eth0")).map(QemuArguments::arguments).ifPresent(words -> {
                assertThat(shape(words)).as(place.source()).isEqualTo(plain.get(place));
                assertThat(words)
                        .as(place.source())
                        .noneMatch(word -> word.chars().anyMatch(Character::isISOControl));
            });
        }
    }

    /** All that is taken, in one machine: it has the netdevs that are named, and no other. */
    @Test
    void qemu_makes_nothing_else_of_it() {
        List<String> words = new ArrayList<>();
        Set<String> wanted = new TreeSet<>();
        for (Place place : PLACES.stream().filter(Place::starts).toList()) {
            for (String text : hostile().toList()) {
                String card = "card" + wanted.size();
                arguments(place.of(text, card)).map(QemuArguments::arguments).ifPresent(all -> {
                    String netdev = all.get(all.indexOf("-netdev") + 1);
                    if (wanted.add(JsonParser.parseString(netdev)
                            .getAsJsonObject()
                            .get("id")
                            .getAsString())) {
                        words.addAll(List.of("-netdev", netdev));
                    }
                });
            }
        }

        List<JsonObject> answers = ask(
                words,
                "{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"info network\"}}",
                "{\"execute\":\"query-chardev\"}");

        assertThat(wanted).hasSizeGreaterThan(100);
        assertThat(answers).hasSize(2);
        Set<String> ends = new TreeSet<>();
        CLIENT.matcher(answers.get(0).get("return").getAsString())
                .results()
                .forEach(client -> ends.add(client.group(1)));
        assertThat(ends).isEqualTo(wanted);
        assertThat(chardevs(answers.get(1))).containsExactly("compat_monitor0 stdio");
        assertThat(Path.of(CANARY)).doesNotExist();
    }

    /** The one argument that QEMU reads as a list of its own, with commas. */
    @Test
    void the_socket_of_a_switch_is_one_socket() {
        List<String> words = new ArrayList<>();
        Set<String> wanted = new TreeSet<>(Set.of("compat_monitor0 stdio"));
        for (String text : hostile().toList()) {
            String socket = folder.resolve("s") + text.replace("/", "");
            String card = "card" + wanted.size();
            Optional<QemuArguments> arguments = arguments(HOST + "vm web { nic " + card + " { vhost-user "
                    + SourceText.quoted(socket) + " { server on } } }");
            if (arguments.isPresent() && socket.length() <= LONGEST_SOCKET) {
                List<String> all = arguments.get().arguments();
                words.addAll(List.of("-chardev", all.get(all.indexOf("-chardev") + 1) + ",wait=off"));
                wanted.add("switch-" + card + " disconnected:unix:" + socket + ",server=on");
            }
        }

        List<JsonObject> answers = ask(words, "{\"execute\":\"query-chardev\"}");

        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(answers).hasSize(1);
        assertThat(chardevs(answers.get(0))).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(Path.of(CANARY)).doesNotExist();
    }

    private static List<String> chardevs(JsonObject answer) {
        return answer.getAsJsonArray("return").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(each -> each.get("label").getAsString() + " "
                        + each.get("filename").getAsString())
                .toList();
    }

    /** QEMU has a shell run a helper whose path has a blank in it. */
    @Test
    void a_helper_is_no_line_of_a_shell() {
        for (String blank : List.of(" ", "\t")) {
            String line = "/nowhere/helper;touch" + blank + CANARY + ";";
            assertThat(arguments(HOST + "vm web { nic eth0 { bridge-helper br0 { helper " + SourceText.quoted(line)
                            + " } } }"))
                    .isEmpty();
        }
        String line = "/nowhere/$(id);`touch";
        List<String> words = arguments(
                        HOST + "vm web { nic eth0 { bridge-helper br0 { helper " + SourceText.quoted(line) + " } } }")
                .orElseThrow()
                .arguments();
        assertThat(ask(words)).isEmpty();
        assertThat(Path.of(CANARY)).doesNotExist();
    }

    private static QemuArguments harmless(Place place) {
        return Stream.of("nas", "br0", "0000:03:00.0", "1234:5678", "eth0")
                .flatMap(text -> arguments(place.of(text, "eth0")).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is right at " + place.source()));
    }

    private static Optional<QemuArguments> arguments(String source) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", source), "main.vnet");
        Optional<Model> model = Resolver.resolve(sources);
        if (model.isEmpty()) {
            assertThat(sources.diagnostics().hasErrors()).isTrue();
            return Optional.empty();
        }
        List<QemuArguments> guests =
                Lowering.lower(model.get(), "kvm1", Surroundings.ASSUMED).guests();
        assertThat(guests).as(source).hasSize(1);
        return Optional.of(guests.get(0));
    }

    /** Options and the names of their settings; of those that are no JSON, how many settings. */
    private static List<String> shape(List<String> arguments) {
        List<String> shape = new ArrayList<>();
        for (String word : arguments) {
            if (word.startsWith("{")) {
                keys("", JsonParser.parseString(word), shape);
            } else {
                shape.add(word.startsWith("-") ? word : word.replace(",,", "").split(",", -1).length + " settings");
            }
        }
        return shape;
    }

    private static void keys(String path, JsonElement value, List<String> found) {
        if (value.isJsonObject()) {
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(each -> keys(path + "." + each.getKey(), each.getValue(), found));
        } else if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(each -> keys(path + "[]", each, found));
        } else {
            found.add(path);
        }
    }

    /** The answers to these commands of a machine that does not run; none where it does not start. */
    private static List<JsonObject> ask(List<String> arguments, String... commands) {
        String input =
                "{\"execute\":\"qmp_capabilities\"}\n" + String.join("\n", commands) + "\n{\"execute\":\"quit\"}\n";
        Program.Outcome outcome = Program.runInNamespace(
                input,
                "exec qemu-system-x86_64 -machine none -S -display none -nodefaults -qmp stdio \"$@\"",
                arguments.toArray(String[]::new));
        List<JsonObject> answers = outcome.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(answer -> answer.has("return") || answer.has("error"))
                .toList();
        // The first answer is that to qmp_capabilities, and the last that to quit.
        return answers.size() < 2 ? List.of() : answers.subList(1, answers.size() - 1);
    }
}
