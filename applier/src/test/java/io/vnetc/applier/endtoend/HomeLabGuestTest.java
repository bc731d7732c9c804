// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.lab.InternetLab;
import io.vnetc.applier.lab.InternetLab.Reach;
import io.vnetc.applier.lab.Lease;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code examples/home-lab} on a host with an uplink, from the source to a guest that is plugged in, and back. */
final class HomeLabGuestTest {
    private static final String SOURCE = Vnetc.EXAMPLES.resolve("home-lab").toString();
    private static final String SUBNET = "10.20.1.0/24";
    private static final String GATEWAY = "10.20.1.1";
    private static final int GUEST_PORT = 8080;

    private final InternetLab lab = InternetLab.open();
    private final Vnetc vnetc = Vnetc.in(lab.host());

    @BeforeEach
    void theInternet() {
        lab.answerAt("9.9.9.9/32");
        lab.answerAt("149.112.112.112/32");
        // So only the host can keep the internet out.
        lab.routeThroughHost(SUBNET);
    }

    @AfterEach
    void removeIt() {
        try (lab;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void a_guest_started_with_the_printed_arguments_has_what_it_needs_and_nothing_reaches_it_from_outside() {
        NamespaceSnapshot before = NamespaceSnapshot.of(lab.host());
        vnetc.done("apply", SOURCE, "--host", "homelab", "--yes");

        List<String> arguments = vnetc.done("qemu", "web", SOURCE).out().lines().toList();
        try (Guest web = Guest.boot(lab.host(), arguments)) {
            Lease lease = web.awaitLease();
            assertThat(lease.address()).matches("10\\.20\\.1\\.1[0-9][0-9]/24");
            assertThat(lease.router()).isEqualTo(GATEWAY);
            assertThat(lease.dns()).containsExactly(GATEWAY);
            assertThat(lease.domain()).isEqualTo("home.example");
            assertThat(lease.time()).isEqualTo(Duration.ofHours(12));

            assertThat(web.exec("nslookup files.home.example")).contains("10.20.1.11");
            assertThat(web.exec("nslookup " + InternetLab.NAME)).contains(InternetLab.NAME_ADDRESS);
            assertThat(web.exec("ping -c 1 -W 5 " + GATEWAY)).contains("1 packets received");
            assertThat(web.exec("nc -w 5 %s %d".formatted(InternetLab.INTERNET, InternetLab.PEER_PORT)))
                    .as("the address that a server on the internet sees")
                    .isEqualToIgnoringNewLines(InternetLab.HOST);

            nothingReaches(web, lease.ip());

            assertThat(vnetc.done("status").out()).contains(lease.ip());
            assertThat(vnetc.done("plan", SOURCE, "--host", "homelab", "--detailed-exitcode")
                            .exit())
                    .as("nothing to do, with a guest at work")
                    .isZero();
        }

        vnetc.done("destroy", "--yes");
        NamespaceSnapshot.of(lab.host()).since(before).requireNone("apply and destroy");
        assertThat(vnetc.paths().run().resolve("dnsmasq")).isEmptyDirectory();
    }

    private void nothingReaches(Guest web, String address) {
        web.exec("(while :; do echo hello | nc -l -p %d; done) &".formatted(GUEST_PORT));
        assertThat(web.exec("until nc -w 2 127.0.0.1 %d; do usleep 100000; done".formatted(GUEST_PORT)))
                .contains("hello");

        assertThat(lab.connect(address, GUEST_PORT)).isNotEqualTo(Reach.CONNECTED);
        assertThat(lab.connect(InternetLab.HOST, GUEST_PORT)).isEqualTo(Reach.REFUSED);
        assertThat(lab.ping(address)).isFalse();

        // The way is there and the guest answers: with a rule before ours it is reached.
        String[] permission = {"FORWARD", "-i", InternetLab.UPLINK, "-o", "vbr-home", "-j", "ACCEPT"};
        iptables("-I", permission);
        assertThat(lab.connect(address, GUEST_PORT)).isEqualTo(Reach.CONNECTED);
        assertThat(lab.ping(address)).isTrue();
        iptables("-D", permission);

        assertThat(lab.connect(address, GUEST_PORT)).isNotEqualTo(Reach.CONNECTED);
        assertThat(lab.ping(address)).isFalse();
    }

    private void iptables(String action, String... rule) {
        lab.host().exec("sh", "-c", "iptables -w " + action + " " + String.join(" ", rule));
    }
}
