// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.dnsmasq.SettingKind.Form;
import io.vnetc.compiler.dnsmasq.SettingKind.Part;
import io.vnetc.compiler.model.DnsmasqSetting;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A line of dnsmasq's configuration that somebody wrote by hand, in the language. What the line says has an equal, exactly
 * or not at all: an option with one part more than is known is not taken.
 */
public final class RawOptions {
    /** Where the words of a translation belong. */
    public enum Block {
        /** {@code network … { dnsmasq { … } }}. */
        DNSMASQ,
        /** {@code network … { dns { … } }}. */
        DNS,
        /** {@code subnet … { dhcp … { … } }} of an IPv4 subnet. */
        DHCP_IPV4,
        /** The same of an IPv6 subnet. */
        DHCP_IPV6,
        /** {@code subnet … { … }} of an IPv4 subnet. */
        SUBNET_IPV4,
        /** Nowhere: it is so without a word. */
        NOWHERE
    }

    /**
     * What a line is in the language.
     *
     * @param block that the words stand in
     * @param words of it, one line
     */
    public record Translation(Block block, String words) {}

    /** Options that every dnsmasq of ours has, or that mean nothing beside what is said elsewhere. */
    private static final Set<String> OURS =
            Set.of("bind-dynamic", "dhcp-authoritative", "dhcp-no-override", "enable-tftp", "no-hosts", "no-ping");

    private RawOptions() {}

    /**
     * The line in the language. {@code enable-tftp} is nothing without the {@code tftp-root} that comes with it.
     *
     * @param line of a configuration, as {@code cache-size=0}
     * @return nothing where the language has no equal
     */
    public static Optional<Translation> fromRaw(String line) {
        int equals = line.indexOf('=');
        String option = (equals < 0 ? line : line.substring(0, equals)).strip();
        String value = equals < 0 ? "" : line.substring(equals + 1).strip();
        if ((value.isEmpty() && equals >= 0) || value.contains("${")) {
            return Optional.empty();
        }
        if (OURS.contains(option)) {
            return value.isEmpty() ? Optional.of(new Translation(Block.NOWHERE, "")) : Optional.empty();
        }
        try {
            Optional<List<String>> items = RawItems.split(value);
            if (items.isEmpty()) {
                return Optional.empty();
            }
            Optional<Translation> elsewhere = RawRecords.translate(option, items.get());
            return elsewhere.isPresent()
                    ? elsewhere
                    : setting(option, value)
                            .map(setting -> new Translation(Block.DNSMASQ, words(setting)))
                            .or(() -> RawDhcp.translate(option, items.get()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The line of a setting; {@link #fromRaw} of it is the setting again. */
    public static String toRaw(DnsmasqSetting setting) {
        return ConfigurationLine.of(setting);
    }

    /** The line of a DHCP option for all clients of a family. */
    public static String toRaw(io.vnetc.compiler.model.Dhcp.Option option, IpFamily family) {
        return ConfigurationLine.of(option, family, "");
    }

    /** The setting that a line is, where it is one of the table. */
    static Optional<DnsmasqSetting> setting(String option, String value) {
        String line = value.isEmpty()
                ? option
                : option + "=" + String.join(",", RawItems.split(value).orElseThrow());
        return Settings.all().stream()
                .filter(kind -> kind.option().equals(option))
                // That of no values before one that takes any.
                .sorted(Comparator.comparing(SettingKind::most))
                .flatMap(kind -> read(kind, value).stream()
                        .map(values -> new DnsmasqSetting(kind.name(), values))
                        // Whatever was lost on the way shows in the way back.
                        .filter(setting -> plain(ConfigurationLine.of(setting)).equals(plain(line))))
                .findFirst();
    }

    /** Without the quotes, which texts need not have. */
    private static String plain(String line) {
        return line.replace("\\\"", "\u0001").replace("\"", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<List<OptionValue>> read(SettingKind kind, String value) {
        if (kind.form() == Form.SLASHES) {
            return slashes(kind, value);
        }
        List<String> items = new ArrayList<>(
                value.isEmpty() ? List.of() : RawItems.split(value).orElseThrow());
        List<OptionValue> values = new ArrayList<>();
        for (Iterator<Part> parts = kind.parts().iterator(); parts.hasNext(); ) {
            Part part = parts.next();
            if (part instanceof Part.Constant constant) {
                if (!items.isEmpty() && items.get(0).equals(constant.text())) {
                    items.remove(0);
                }
            } else if (part instanceof Part.Values some) {
                int count = 0;
                while (count < some.most() && !items.isEmpty()) {
                    Optional<OptionValue> read = read(some, items);
                    if (read.isEmpty()) {
                        break;
                    }
                    values.add(read.get());
                    count++;
                }
                if (count < some.least()) {
                    return Optional.empty();
                }
            }
        }
        return items.isEmpty() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<List<OptionValue>> slashes(SettingKind kind, String value) {
        String[] parts = value.split("/", -1);
        if (parts.length < 3 || !parts[0].isEmpty()) {
            return Optional.empty();
        }
        List<OptionValue> values = new ArrayList<>();
        for (int i = 1; i < parts.length - 1; i++) {
            values.add(new OptionValue.Name(DomainName.parse(parts[i])));
        }
        String last = parts[parts.length - 1];
        if (!last.isEmpty()) {
            values.add(new OptionValue.Address(IpAddress.parse(last)));
        }
        return values.size() < kind.least()
                        || values.size() > kind.most()
                        || (!last.isEmpty() && kind.values().size() < 2)
                ? Optional.empty()
                : Optional.of(values);
    }

    /** Takes one value off the front, several items where a value has several. */
    private static Optional<OptionValue> read(Part.Values wanted, List<String> items) {
        if (wanted.type() == ValueType.TAGS) {
            List<String> tags = new ArrayList<>();
            while (!items.isEmpty() && items.get(0).startsWith("tag:")) {
                tags.add(items.remove(0).substring("tag:".length()));
            }
            String text = String.join("+", tags);
            return Tags.areTags(text) ? Optional.of(new OptionValue.Text(text)) : Optional.empty();
        }
        Optional<OptionValue> value = read(wanted, RawItems.unquoted(items.get(0)), RawItems.isQuoted(items.get(0)));
        value.ifPresent(known -> items.remove(0));
        return value;
    }

    private static Optional<OptionValue> read(Part.Values wanted, String text, boolean quoted) {
        return switch (wanted.type()) {
            case ADDRESS -> RawItems.address(text).map(OptionValue.Address::new);
            case NETWORK ->
                text.contains("/") ? Optional.of(new OptionValue.Network(Cidr.parse(text))) : Optional.empty();
            case NUMBER, NUMBER8, NUMBER16, NUMBER32, PORT ->
                RawItems.number(text, wanted.greatest())
                        .map(number ->
                                new OptionValue.Whole(number, wanted.type().octets()));
            case TIME ->
                RawItems.number(text, wanted.greatest())
                        .map(seconds -> new OptionValue.Time(Duration.ofSeconds(seconds)));
            case NAME ->
                RawItems.address(text).isPresent()
                        ? Optional.empty()
                        : Optional.of(new OptionValue.Name(DomainName.parse(text)));
            case WILDCARD_NAME ->
                Tags.isWildcardName(text)
                        ? Optional.of(new OptionValue.Text(text.toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case TAG ->
                text.startsWith("set:") && Tags.isTag(text.substring("set:".length()))
                        ? Optional.of(new OptionValue.Text(text.substring("set:".length())))
                        : Optional.empty();
            case OCTETS ->
                text.matches("([0-9a-fA-F]{2})(:[0-9a-fA-F]{2})*")
                        ? Optional.of(new OptionValue.Octets(text.toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case TEXT ->
                OptionValue.Text.isText(text) && (quoted || !text.contains("#"))
                        ? Optional.of(new OptionValue.Text(text))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String words(DnsmasqSetting setting) {
        return setting.values().isEmpty()
                ? setting.name()
                : setting.name() + " = "
                        + setting.values().stream().map(SourceText::of).collect(Collectors.joining(", "));
    }
}
