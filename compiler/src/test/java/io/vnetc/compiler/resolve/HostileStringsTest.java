// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.dnsmasq.SourceText;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.dnsmasq.DnsmasqPlace;
import io.vnetc.compiler.render.dnsmasq.DnsmasqText;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.ParsedSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in quotes in a source stays a value in dnsmasq's configuration, or is refused when it is read. */
final class HostileStringsTest {
    private static final DnsmasqPlace PLACE = new DnsmasqPlace("/run/vnet/dnsmasq/n", "/var/lib/vnet/dnsmasq/n.leases");

    /** All places for a string of the user's. */
    private static final List<String> PLACES = List.of(
            "subnet 10.0.0.0/24 { gateway .1  tftp %s }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { boot %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option 224 text %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option boot-file-name %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option domain %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option search \"a.example\", %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option 225 names %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { option 226 hex %s } }",
            "subnet 10.0.0.0/24 { gateway .1  dhcp .100 .. .199 { host %s { mac 52:54:00:00:00:0a  address .9 } } }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { txt motd = %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { host 10.0.0.5 = %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { cname %s = nas }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { ptr 10.0.0.5 = %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { srv _a._b = %s port 1 }",
            "subnet 10.0.0.0/24 { gateway .1 }  dns { forward %s to 10.9.9.9 }",
            "subnet 10.0.0.0/24 { gateway .1 }  domain %s local",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { local = %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { address = %s, 10.0.0.5 }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { cname = %s, \"a.example\" }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { match-user-class = \"a\", %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { match-option = %s, 175 }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { boot-for = %s, \"x\" }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { boot-for = \"a\", %s }",
            "subnet 10.0.0.0/24 { gateway .1 }  dnsmasq { caa-record = \"a.example\", 0, \"issue\", %s }");

    static Stream<String> hostile() {
        List<String> strings = new ArrayList<>(List.of(
                "x\"y",
                "\"",
                "\\",
                "\\\"",
                "\\n",
                "a,b",
                ",",
                "a b",
                " #c",
                "#",
                "a=b",
                "/",
                "/a/b",
                "/srv/\"a\", # b",
                "a;b",
                "$(id)",
                "`id`",
                "tag:x",
                "set:x",
                "option:router",
                "10.0.0.1",
                "01:02",
                "7b",
                "é ü 漢",
                "..",
                "a..b",
                "-",
                "ignore",
                "infinite",
                "dhcp-script=/bin/sh",
                "a".repeat(255),
                "\"".repeat(255),
                "é".repeat(127),
                "\\".repeat(254)));
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        String alphabet = "\"\\,#=/:;.+!~*%{}()<>|&$ abc019é";
        for (int i = 0; i < 30; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            strings.add(text.toString());
        }
        System.out.println("HostileStringsTest: -Dseed=" + seed);
        return strings.stream().filter(text -> !text.contains("${"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_string_is_a_value_or_an_error(String text) {
        for (String place : PLACES) {
            Optional<List<String>> lines = lines(place, text);
            if (lines.isPresent()) {
                // Of the same options, in the same order, as for a string in which nothing can be hidden.
                assertThat(options(lines.get())).as(place).isEqualTo(options(harmless(place)));
                String configuration = Dnsmasq.fileText(lines.get());
                Program.Outcome outcome = Program.run(configuration, "dnsmasq", "--test", "-C", "-");
                assertThat(outcome.output()).as(configuration).contains("syntax check OK");
            }
        }
    }

    @Test
    void every_place_takes_a_string_in_which_nothing_is_hidden() {
        PLACES.forEach(place -> assertThat(harmless(place)).as(place).isNotEmpty());
    }

    private static List<String> harmless(String place) {
        return Stream.of("nas.example", "nas", "0a:0b", "/nas")
                .flatMap(text -> lines(place, text).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is right at " + place));
    }

    private static Optional<List<String>> lines(String place, String text) {
        ParsedSources sources = Sources.parsed("network n { " + place.replace("%s", SourceText.quoted(text)) + " }");
        Optional<Model> model = Resolver.resolve(sources);
        if (model.isEmpty()) {
            assertThat(sources.diagnostics().hasErrors()).isTrue();
            return Optional.empty();
        }
        DnsmasqText files = new DnsmasqText();
        List<String> lines =
                new ArrayList<>(files.configuration(model.get().networks().get(0), PLACE));
        files.dhcpHosts(model.get().networks().get(0)).forEach(line -> lines.add("dhcp-host=" + line));
        assertThat(Dnsmasq.fileText(lines).lines()).containsExactlyElementsOf(lines);
        return Optional.of(lines);
    }

    private static List<String> options(List<String> lines) {
        return lines.stream()
                .map(line -> line.contains("=") ? line.substring(0, line.indexOf('=')) : line)
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
