// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions to a real dnsmasq. */
final class DnsQuestionTest {
    private static final IpAddress SERVER = IpAddress.parse("127.0.0.1");

    @Test
    void reads_the_addresses_of_both_families() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.exec("ip", "link", "set", "lo", "up");
            Process dnsmasq = namespace.start(
                    "dnsmasq",
                    "-d",
                    "-C",
                    "/dev/null",
                    "-u",
                    "root",
                    "-R",
                    "-h",
                    "--listen-address=127.0.0.1",
                    "--host-record=nas.example,10.20.1.5,2001:db8::5",
                    "--local=/example/");
            assertThat(eventually(namespace, "nas.example", IpFamily.IPV4))
                    .containsExactly(IpAddress.parse("10.20.1.5"));
            assertThat(ask(namespace, "nas.example", IpFamily.IPV6)).containsExactly(IpAddress.parse("2001:db8::5"));
            assertThat(ask(namespace, "other.example", IpFamily.IPV4)).isEmpty();
            dnsmasq.destroy();
            dnsmasq.waitFor();
            assertThatThrownBy(() -> ask(namespace, "nas.example", IpFamily.IPV4))
                    .isInstanceOf(IOException.class);
        }
    }

    private static List<IpAddress> eventually(NetworkNamespace namespace, String name, IpFamily family)
            throws Exception {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                return ask(namespace, name, family);
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        return ask(namespace, name, family);
    }

    private static List<IpAddress> ask(NetworkNamespace namespace, String name, IpFamily family) throws IOException {
        return namespace.call(() -> new DnsQuestion(DomainName.parse(name), family).ask(SERVER));
    }
}
