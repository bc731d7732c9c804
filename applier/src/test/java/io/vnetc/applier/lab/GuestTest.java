// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.testing.NetworkNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuestTest {
    private NetworkNamespace host;

    @BeforeEach
    void makeABridgeWithTwoTapsByHand() {
        host = NetworkNamespace.create();
        shell("ip link set lo up; ip link add br0 type bridge && ip link set br0 up");
        shell("ip address add 10.5.0.1/24 dev br0 && ip address add fd05::1/64 dev br0 nodad");
        shell("for n in 1 2; do ip tuntap add tap$n mode tap && ip link set tap$n master br0 up; done");
    }

    @AfterEach
    void removeIt() {
        host.close();
    }

    @Test
    void twoGuestsGetTheirLeasesResolveNamesAndTalk() {
        serve();
        try (Guest web = Guest.boot(host, nic("tap1", "52:54:00:00:00:01"));
                Guest database = Guest.boot(host, nic("tap2", "52:54:00:00:00:02"))) {
            Lease lease = web.awaitLease();
            assertThat(lease)
                    .isEqualTo(new Lease(
                            "10.5.0.10/24",
                            "10.5.0.1",
                            List.of("10.5.0.1"),
                            "lab.example",
                            "web",
                            Duration.ofHours(12),
                            "10.5.0.1",
                            List.of(),
                            ""));
            assertThat(web.exec("ip route show default")).startsWith("default via 10.5.0.1 dev eth0");
            assertThat(web.exec("nslookup nas.lab.example")).contains("10.5.0.99");
            assertThat(web.exec("ping -c 1 -W 5 nas"))
                    .as("its own resolver too")
                    .contains("(10.5.0.99)");

            String other = database.awaitLease().ip();
            assertThat(other).isNotEqualTo(lease.ip()).startsWith("10.5.0.");
            web.exec("ping -c 1 -W 5 " + other);
            web.exec("until ip -6 addr show dev eth0 | grep fd05:; do usleep 100000; done");
            assertThat(web.exec("ping -c 1 -W 5 fd05::1"))
                    .as("by router advertisement")
                    .contains("1 packets received");

            database.exec("(while :; do echo hello | nc -l -p 80; done) &");
            assertThat(web.exec("until nc -w 2 %s 80; do usleep 100000; done".formatted(other)))
                    .contains("hello");
        }
        assertThat(host.exec("ip", "netns", "pids", host.name()))
                .as("QEMU is gone")
                .doesNotContain("qemu");
    }

    @Test
    void aCommandGivesItsOutputAndStatusWhateverItPrints() {
        try (Guest guest = Guest.boot(host, nic("tap1", "52:54:00:00:00:01"))) {
            assertThat(guest.run("echo out; echo err >&2; exit 3")).isEqualTo(new Guest.Output(3, "out\nerr\n"));
            assertThat(guest.run("true")).isEqualTo(new Guest.Output(0, ""));
            String odd = "2 0 -\nready 0 -\r\t'\"$x \\ é\n\n";
            assertThat(guest.exec("cat <<'END'\n" + odd + "END\n")).isEqualTo(odd);
            assertThat(guest.exec("seq 1 20000")).hasLineCount(20_000).endsWith("\n20000\n");
            assertThat(guest.run("cat").text()).as("there is no input").isEmpty();

            Guest.Output ended = guest.run("echo begun; sleep 60", Duration.ofSeconds(1));
            assertThat(ended.status()).isEqualTo(143);
            assertThat(ended.text()).startsWith("begun\n");
            assertThat(guest.exec("echo goes on")).isEqualTo("goes on\n");

            assertThatThrownBy(() -> guest.exec("echo why; false"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("'echo why; false' ended with status 1", "why\n", "--- console");
            assertThatThrownBy(() -> guest.awaitLease("eth0", Duration.ofSeconds(1)))
                    .as("nobody serves")
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no lease for eth0", "udhcpc: broadcasting discover");
        }
    }

    @Test
    void argumentsThatQemuRefusesAreShownWithItsWords() {
        try (Guest guest = Guest.boot(host, nic("br0", "52:54:00:00:00:01"))) {
            assertThatThrownBy(guest::awaitReady)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("QEMU ended with status 1")
                    .hasMessageContaining("could not configure /dev/net/tun (br0)");
        }
    }

    private void serve() {
        host.exec(
                "dnsmasq",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--user=root",
                "--leasefile-ro",
                "--no-resolv",
                "--no-hosts",
                "--interface=br0",
                "--bind-interfaces",
                "--domain=lab.example",
                "--local=/lab.example/",
                "--host-record=nas.lab.example,10.5.0.99",
                "--dhcp-host=52:54:00:00:00:01,10.5.0.10,web,12h",
                "--dhcp-range=10.5.0.100,10.5.0.199,1h",
                "--dhcp-range=fd05::,ra-only",
                "--enable-ra");
        shell("ip address add 10.5.0.99/32 dev lo");
    }

    private static List<String> nic(String tap, String mac) {
        return List.of(
                "-netdev",
                "{\"type\":\"tap\",\"id\":\"net0\",\"ifname\":\"%s\",\"script\":\"no\",\"downscript\":\"no\"}"
                        .formatted(tap),
                "-device",
                "{\"driver\":\"virtio-net-pci\",\"netdev\":\"net0\",\"mac\":\"%s\"}".formatted(mac));
    }

    private void shell(String commands) {
        host.exec("sh", "-c", commands);
    }
}
