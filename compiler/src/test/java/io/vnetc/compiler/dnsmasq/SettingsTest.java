// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.dnsmasq.RawOptions.Block;
import io.vnetc.compiler.dnsmasq.SettingKind.Part;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.DnsmasqSetting;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    static Collection<SettingKind> settings() {
        return Settings.all();
    }

    static Stream<DhcpOptionKind> options() {
        return Stream.of(IpFamily.values()).flatMap(family -> DhcpOptions.of(family).stream());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsALineThatDnsmasqTakesAndThatReadsAsTheSetting(SettingKind kind) {
        for (boolean most : List.of(false, true)) {
            List<OptionValue> values = new ArrayList<>();
            kind.values().forEach(part -> values.addAll(examples(part, most)));
            DnsmasqSetting setting = new DnsmasqSetting(kind.name(), values);
            String line = RawOptions.toRaw(setting);
            dnsmasqTakes(line);
            RawOptions.Translation read = RawOptions.fromRaw(line).orElseThrow(() -> new AssertionError(line));
            String words = values.isEmpty()
                    ? kind.name()
                    : kind.name() + " = "
                            + String.join(
                                    ", ", values.stream().map(SourceText::of).toList());
            // Some lines have a place of their own in the language.
            if (read.block() == Block.DNSMASQ) {
                assertThat(read.words()).isEqualTo(words);
            } else {
                assertThat(kind.name()).isEqualTo("cname");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsALineThatDnsmasqTakesAndThatReadsAsTheOption(DhcpOptionKind kind) {
        OptionValue value = kind.family() == IpFamily.IPV6 && kind.type() == ValueType.ADDRESS
                ? new OptionValue.Address(IpAddress.parse("fd00::1"))
                : example(kind.type());
        List<OptionValue> values = kind.many() ? List.of(value, value) : List.of(value);
        String line = RawOptions.toRaw(new Dhcp.Option(kind.number(), values), kind.family());
        dnsmasqTakes(line);
        boolean sized = value instanceof OptionValue.Whole
                || value instanceof OptionValue.Flag
                || value instanceof OptionValue.Time;
        assertThat(RawOptions.fromRaw(sized ? line.substring(0, line.length() - 1) : line))
                .as(line)
                .contains(new RawOptions.Translation(
                        kind.family() == IpFamily.IPV4 ? Block.DHCP_IPV4 : Block.DHCP_IPV6,
                        SourceText.of(new Dhcp.Option(kind.number(), values), kind.family())));
        assertThat(DhcpOptions.taken(kind.number(), kind.family())).isEmpty();
    }

    @Test
    void nothingThatRunsReadsOrListensIsASetting() {
        assertThat(Settings.all())
                .extracting(SettingKind::option)
                .doesNotContain(
                        "dhcp-script",
                        "dhcp-luascript",
                        "conf-file",
                        "conf-dir",
                        "conf-script",
                        "addn-hosts",
                        "hostsdir",
                        "dhcp-hostsfile",
                        "dhcp-optsfile",
                        "resolv-file",
                        "servers-file",
                        "interface",
                        "listen-address",
                        "port",
                        "user",
                        "group",
                        "pid-file",
                        "log-facility",
                        "dumpfile",
                        "enable-dbus",
                        "enable-ubus",
                        "ipset",
                        "nftset",
                        "conntrack");
    }

    @Test
    void zonesOfAddressesHoldThoseOfTheNetworkAndNoOther() {
        assertThat(zones("10.20.1.0/24")).containsExactly("1.20.10.in-addr.arpa");
        assertThat(zones("10.20.0.0/15")).containsExactly("20.10.in-addr.arpa", "21.10.in-addr.arpa");
        assertThat(zones("10.20.1.64/30"))
                .containsExactly(
                        "64.1.20.10.in-addr.arpa",
                        "65.1.20.10.in-addr.arpa",
                        "66.1.20.10.in-addr.arpa",
                        "67.1.20.10.in-addr.arpa");
        assertThat(zones("10.0.0.0/9"))
                .hasSize(128)
                .contains("127.10.in-addr.arpa")
                .doesNotContain("128.10.in-addr.arpa");
        assertThat(zones("fd00:20::/32")).containsExactly("0.2.0.0.0.0.d.f.ip6.arpa");
        assertThat(zones("fc00::/7")).hasSize(2).contains("c.f.ip6.arpa", "d.f.ip6.arpa");
        assertThat(ReverseZones.name(IpAddress.parse("10.20.1.7")).text()).isEqualTo("7.1.20.10.in-addr.arpa");
    }

    private static List<String> zones(String network) {
        return ReverseZones.of(Cidr.parse(network)).stream()
                .map(DomainName::text)
                .toList();
    }

    private static void dnsmasqTakes(String line) {
        Program.Outcome outcome = Program.run("domain=a.example\n" + line + "\n", "dnsmasq", "--test", "-C", "-");
        assertThat(outcome.output()).as(line).contains("syntax check OK");
    }

    private static List<OptionValue> examples(Part.Values part, boolean most) {
        int count = most ? Math.min(part.most(), 3) : part.least();
        return Stream.generate(() -> example(part.type())).limit(count).toList();
    }

    private static OptionValue example(ValueType type) {
        return switch (type) {
            case ADDRESS -> new OptionValue.Address(IpAddress.parse("10.0.0.9"));
            case NETWORK -> new OptionValue.Network(Cidr.parse("10.0.0.0/24"));
            case WAY -> new OptionValue.Way(Cidr.parse("10.9.0.0/16"), IpAddress.parse("10.0.0.1"));
            case HOST_WAY -> new OptionValue.Way(Cidr.parse("10.9.0.5/32"), IpAddress.parse("10.0.0.1"));
            case FLAG -> new OptionValue.Flag(true);
            case TIME -> new OptionValue.Time(Duration.ofMinutes(30));
            case NAME -> new OptionValue.Name(new DomainName("a.example"));
            case WILDCARD_NAME -> new OptionValue.Text("*.b.example");
            case OCTETS -> new OptionValue.Octets("01:ff");
            case TEXT -> new OptionValue.Text("say \"hi\", # \\o/");
            case TAG -> new OptionValue.Text("efi-x86_64");
            case TAGS -> new OptionValue.Text("efi+!ipxe");
            default -> new OptionValue.Whole(200, type.octets());
        };
    }
}
