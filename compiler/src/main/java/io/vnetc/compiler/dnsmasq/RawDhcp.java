// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.dnsmasq.RawOptions.Block;
import io.vnetc.compiler.dnsmasq.RawOptions.Translation;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lines about DHCP, which have a place in {@code subnet … { dhcp … { … } }}. */
final class RawDhcp {
    /** Of dnsmasq's names for options (dnsmasq --help dhcp) those that are not the language's. */
    private static final Map<String, Integer> NAMES_IPV4 = Map.ofEntries(
            Map.entry("time-offset", 2),
            Map.entry("router", 3),
            Map.entry("dns-server", 6),
            Map.entry("log-server", 7),
            Map.entry("lpr-server", 9),
            Map.entry("boot-file-size", 13),
            Map.entry("domain-name", 15),
            Map.entry("swap-server", 16),
            Map.entry("root-path", 17),
            Map.entry("extension-path", 18),
            Map.entry("ip-forward-enable", 19),
            Map.entry("default-ttl", 23),
            Map.entry("mtu", 26),
            Map.entry("router-discovery", 31),
            Map.entry("static-route", 33),
            Map.entry("arp-timeout", 35),
            Map.entry("nis-domain", 40),
            Map.entry("nis-server", 41),
            Map.entry("ntp-server", 42),
            Map.entry("netbios-ns", 44),
            Map.entry("netbios-dd", 45),
            Map.entry("netbios-nodetype", 46),
            Map.entry("netbios-scope", 47),
            Map.entry("vendor-class", 60),
            Map.entry("tftp-server", 66),
            Map.entry("bootfile-name", 67),
            Map.entry("smtp-server", 69),
            Map.entry("pop3-server", 70),
            Map.entry("nntp-server", 71),
            Map.entry("posix-timezone", 100),
            Map.entry("tzdb-timezone", 101),
            Map.entry("ipv6-only", 108),
            Map.entry("domain-search", 119),
            Map.entry("classless-static-route", 121),
            Map.entry("tftp-server-address", 150));

    private static final Map<String, Integer> NAMES_IPV6 = Map.ofEntries(
            Map.entry("sip-server-domain", 21),
            Map.entry("sip-server", 22),
            Map.entry("dns-server", 23),
            Map.entry("domain-search", 24),
            Map.entry("nis-server", 27),
            Map.entry("nis-domain", 29),
            Map.entry("sntp-server", 31),
            Map.entry("information-refresh-time", 32),
            Map.entry("posix-timezone", 41),
            Map.entry("tzdb-timezone", 42),
            Map.entry("ntp-server", 56),
            Map.entry("bootfile-url", 59));

    private RawDhcp() {}

    static Optional<Translation> translate(String option, List<String> items) {
        return switch (option) {
            case "dhcp-option" -> option(items);
            case "dhcp-boot" -> boot(items);
            case "tftp-root" ->
                items.size() == 1 && RawItems.unquoted(items.get(0)).startsWith("/")
                        ? Optional.of(new Translation(
                                Block.SUBNET_IPV4, "tftp " + SourceText.quoted(RawItems.unquoted(items.get(0)))))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Translation> boot(List<String> items) {
        String file = RawItems.unquoted(items.get(0));
        // The name in the middle goes into a field of the message that clients do not look at.
        boolean plain = items.size() == 1 || (items.size() == 3 && items.get(1).isEmpty());
        if (!plain || file.contains("tag:") || !OptionValue.Text.isText(file)) {
            return Optional.empty();
        }
        String server = "";
        if (items.size() == 3) {
            server = " server " + IpAddress.parse(items.get(2));
        }
        return Optional.of(new Translation(Block.DHCP_IPV4, "boot " + SourceText.quoted(file) + server));
    }

    private static Optional<Translation> option(List<String> items) {
        String name = items.get(0);
        IpFamily family = name.startsWith("option6:") ? IpFamily.IPV6 : IpFamily.IPV4;
        String bare = name.replaceFirst("^option6?:", "");
        Integer number = bare.matches("[0-9]{1,5}")
                ? Integer.valueOf(bare)
                : (family == IpFamily.IPV4 ? NAMES_IPV4 : NAMES_IPV6).get(bare);
        if (number == null || DhcpOptions.taken(number, family).isPresent()) {
            return Optional.empty();
        }
        List<String> texts = items.subList(1, items.size());
        Optional<DhcpOptionKind> kind = DhcpOptions.numbered(number, family);
        Optional<List<OptionValue>> values = kind.isPresent() ? named(kind.get(), texts) : guessed(texts, family);
        return values.map(known -> new Translation(
                family == IpFamily.IPV4 ? Block.DHCP_IPV4 : Block.DHCP_IPV6,
                SourceText.of(new Dhcp.Option(number, known), family)));
    }

    private static Optional<List<OptionValue>> named(DhcpOptionKind kind, List<String> texts) {
        if (texts.isEmpty()) {
            return kind.sentAnyway() ? Optional.of(List.of()) : Optional.empty();
        }
        boolean pairs = kind.type() == ValueType.WAY || kind.type() == ValueType.HOST_WAY;
        if ((!kind.many() && texts.size() > 1) || (pairs && texts.size() % 2 != 0)) {
            return Optional.empty();
        }
        List<OptionValue> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = RawItems.unquoted(texts.get(i));
            Optional<OptionValue> value = Optional.empty();
            switch (kind.type()) {
                case ADDRESS -> value = RawItems.address(text).map(OptionValue.Address::new);
                case NUMBER8, NUMBER16, NUMBER32 ->
                    value = RawItems.number(text, kind.type().most())
                            .map(number ->
                                    new OptionValue.Whole(number, kind.type().octets()));
                case FLAG -> value = RawItems.number(text, 1).map(number -> new OptionValue.Flag(number == 1));
                case TIME ->
                    value = RawItems.number(text, kind.type().most())
                            .map(seconds -> new OptionValue.Time(Duration.ofSeconds(seconds)));
                case NAME -> value = Optional.of(new OptionValue.Name(DomainName.parse(text)));
                case OCTETS -> value = octets(text);
                case WAY, HOST_WAY -> value = way(text, texts.get(++i));
                default ->
                    value = OptionValue.Text.isText(text) ? Optional.of(new OptionValue.Text(text)) : Optional.empty();
            }
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private static Optional<OptionValue> way(String destination, String gateway) {
        Cidr network = Cidr.parse(destination.contains("/") ? destination : destination + "/32");
        return RawItems.address(gateway).map(router -> new OptionValue.Way(network, router));
    }

    private static Optional<OptionValue> octets(String text) {
        return text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2})+")
                ? Optional.of(new OptionValue.Octets(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** As dnsmasq guesses what the values of an option are that it does not know by its number. */
    private static Optional<List<OptionValue>> guessed(List<String> texts, IpFamily family) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        List<OptionValue> addresses = texts.stream()
                .flatMap(text -> RawItems.address(text).stream())
                .filter(address -> address.family() == family)
                .map(address -> (OptionValue) new OptionValue.Address(address))
                .toList();
        if (addresses.size() == texts.size()) {
            return Optional.of(addresses);
        }
        if (texts.size() > 1) {
            return Optional.empty();
        }
        String text = texts.get(0);
        if (text.matches("[0-9]{1,9}")) {
            long number = Long.parseLong(text);
            int octets = number > 0xffff ? 4 : number > 0xff ? 2 : 1;
            return Optional.of(List.of(new OptionValue.Whole(number, octets)));
        }
        Optional<OptionValue> octets = octets(text);
        if (octets.isPresent()) {
            return octets.map(List::of);
        }
        // Only where no other reading is left.
        String plain = RawItems.unquoted(text);
        return plain.matches(".*[g-zG-Z_].*") && !plain.matches("[0-9]+[bsi]") && OptionValue.Text.isText(plain)
                ? Optional.of(List.of(new OptionValue.Text(plain)))
                : Optional.empty();
    }
}
