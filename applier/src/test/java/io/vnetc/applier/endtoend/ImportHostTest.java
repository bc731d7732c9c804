// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host is read, and a plan of what was read changes nothing on it. */
final class ImportHostTest {
    private static final String NOTHING = "Nothing to do";

    @Test
    void bridgesOfOthersAreUsedAndTheRestIsRemarked() throws Exception {
        try (NetworkNamespace namespace = host();
                Vnetc vnetc = Vnetc.in(namespace)) {
            namespace.exec("ip", "link", "add", "br7", "type", "bridge");
            namespace.exec("ip", "addr", "add", "172.31.7.1/24", "dev", "br7");
            namespace.exec("ip", "link", "set", "br7", "up");
            namespace.exec("ip", "tuntap", "add", "vnet0", "mode", "tap");
            namespace.exec("ip", "link", "set", "vnet0", "master", "br7");
            namespace.exec("ip", "route", "add", "10.99.0.0/16", "via", "172.31.7.9");

            Vnetc.Result read = vnetc.run("import", "host");

            assertThat(read.exit()).isZero();
            assertThat(read.out())
                    .contains("network br7", "forward bridge", "uplink eno1")
                    .contains("addresses: 172.31.7.1/24", "route: 10.99.0.0/16 via 172.31.7.9", "ports: vnet0")
                    .doesNotContain("does not say");
            assertThat(plan(vnetc, read.out())).contains(NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({"home-lab, homelab", "isolated, any", "existing-bridge, any"})
    void whatWasAppliedIsReadBack(String example, String host) throws Exception {
        try (NetworkNamespace namespace = host();
                Vnetc vnetc = Vnetc.in(namespace)) {
            namespace.exec("ip", "link", "add", "br0", "type", "bridge");
            String source = Vnetc.EXAMPLES.resolve(example).toString();
            Vnetc.Result applied = host.equals("any")
                    ? vnetc.run("apply", "--yes", source)
                    : vnetc.run("apply", "--yes", "--host", host, source);
            assertThat(applied.exit()).as(applied.err()).isZero();

            Vnetc.Result read = vnetc.run("import", "host");

            assertThat(read.exit()).isZero();
            assertThat(read.out()).doesNotContain("does not say");
            assertThat(plan(vnetc, read.out())).contains(NOTHING);
        }
    }

    @Test
    void whatItCannotSayItSays() throws Exception {
        try (NetworkNamespace namespace = host();
                Vnetc vnetc = Vnetc.in(namespace)) {
            Path source = Files.createTempFile("vnetc-import-host", ".vnet");
            try {
                Files.writeString(source, """
                        network office {
                          subnet 10.20.1.0/24 { gateway .1  dhcp .100 .. .199 { option ntp 10.20.1.5 } }
                        }
                        """);
                assertThat(vnetc.run("apply", "--yes", source.toString()).exit())
                        .isZero();
            } finally {
                Files.delete(source);
            }

            Vnetc.Result read = vnetc.run("import", "host");

            assertThat(read.out()).contains("does not say", "change DHCP and DNS of office");
            assertThat(read.err()).contains("not expressed");
        }
    }

    private static NetworkNamespace host() {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespace.exec("ip", "link", "add", "eno1", "type", "veth", "peer", "name", "beyond");
        namespace.exec("ip", "link", "set", "eno1", "up");
        namespace.exec("ip", "link", "set", "beyond", "up");
        namespace.exec("ip", "addr", "add", "198.51.100.2/24", "dev", "eno1");
        namespace.exec("ip", "route", "add", "default", "via", "198.51.100.1");
        return namespace;
    }

    private static String plan(Vnetc vnetc, String text) throws IOException {
        Path source = Files.createTempFile("vnetc-import-host", ".vnet");
        try {
            Files.writeString(source, text);
            Vnetc.Result result = vnetc.run("plan", source.toString());
            return result.out() + result.err();
        } finally {
            Files.delete(source);
        }
    }
}
