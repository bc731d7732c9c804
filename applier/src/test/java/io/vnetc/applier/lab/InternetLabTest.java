// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.InternetLab.Reach;
import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InternetLabTest {
    private static final int PORT = 8080;

    private InternetLab lab;
    private NetworkNamespace inside;
    private PeerServer server;

    @BeforeEach
    void makeALabWithAMachineBehindTheHost() {
        lab = InternetLab.open();
        inside = NetworkNamespace.create();
        lab.host().cable("in0", inside, "eth0");
        lab.host().exec("ip", "address", "add", "10.5.0.1/24", "dev", "in0");
        lab.host().exec("ip", "address", "add", "fd05::1/64", "dev", "in0", "nodad");
        inside.exec("ip", "address", "add", "10.5.0.2/24", "dev", "eth0");
        inside.exec("ip", "address", "add", "fd05::2/64", "dev", "eth0", "nodad");
        inside.exec("ip", "route", "add", "default", "via", "10.5.0.1");
        inside.exec("ip", "-6", "route", "add", "default", "via", "fd05::1");
        host("echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
        server = PeerServer.start(inside, PORT);
    }

    @AfterEach
    void removeIt() {
        server.close();
        inside.close();
        lab.close();
    }

    /** IPv6 needs a second or two after a link came up. */
    private void awaitPing(String address) {
        for (int tries = 0; !lab.ping(address); tries++) {
            assertThat(tries).as("unanswered pings of " + address).isLessThan(10);
        }
    }

    @Test
    void theServerTellsWhetherThereIsNat() {
        lab.routeThroughHost("10.5.0.0/24");
        lab.routeThroughHost("fd05::/64");
        assertThat(peer(InternetLab.INTERNET)).isEqualTo("10.5.0.2");
        assertThat(peer(InternetLab.INTERNET6)).isEqualTo("fd05:0:0:0:0:0:0:2");

        host(
                "iptables -t nat -A POSTROUTING -o eno1 -j MASQUERADE; ip6tables -t nat -A POSTROUTING -o eno1 -j MASQUERADE");
        assertThat(peer(InternetLab.INTERNET)).isEqualTo(InternetLab.HOST);
        assertThat(peer(InternetLab.INTERNET6)).isEqualTo("2001:db8:ffff:0:0:0:0:2");
    }

    @Test
    void theInternetReachesInsideUnlessTheHostForbidsIt() {
        assertThat(lab.connect("10.5.0.2", PORT)).as("no route").isEqualTo(Reach.UNREACHABLE);
        lab.routeThroughHost("10.5.0.0/24");
        lab.routeThroughHost("fd05::/64");
        awaitPing("10.5.0.2");
        awaitPing("fd05::2");
        assertThat(lab.connect("10.5.0.2", PORT)).isEqualTo(Reach.CONNECTED);
        assertThat(lab.connect("fd05::2", PORT)).isEqualTo(Reach.CONNECTED);
        assertThat(lab.connect("10.5.0.2", PORT + 1)).isEqualTo(Reach.REFUSED);

        host("iptables -A FORWARD -i eno1 -p tcp -j REJECT; ip6tables -A FORWARD -i eno1 -p tcp -j REJECT");
        assertThat(lab.connect("10.5.0.2", PORT)).as("port unreachable").isEqualTo(Reach.REFUSED);
        assertThat(lab.connect("fd05::2", PORT)).as("port unreachable").isEqualTo(Reach.REFUSED);
        host("iptables -F; iptables -A FORWARD -i eno1 -p tcp -j REJECT --reject-with icmp-admin-prohibited");
        assertThat(lab.connect("10.5.0.2", PORT)).as("prohibited").isEqualTo(Reach.UNREACHABLE);
        host("iptables -F; iptables -A FORWARD -i eno1 -j DROP");
        assertThat(lab.connect("10.5.0.2", PORT)).as("dropped").isEqualTo(Reach.SILENT);
        assertThat(lab.ping("10.5.0.2")).isFalse();
    }

    @Test
    void itsNameServerKnowsOneNameAndAnswersAtOtherAddressesToo() {
        lab.answerAt("9.9.9.9/32");
        for (String resolver : new String[] {InternetLab.INTERNET, "9.9.9.9"}) {
            assertThat(lab.host().exec("busybox", "nslookup", InternetLab.NAME, resolver))
                    .contains(InternetLab.NAME_ADDRESS, InternetLab.NAME_ADDRESS6);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        InternetLab other = InternetLab.open();
        String processes =
                other.internet().exec("ip", "netns", "pids", other.internet().name());
        assertThat(processes).as("dnsmasq at least").isNotBlank();
        other.close();
        assertThat(other.host().path()).doesNotExist();
        assertThat(other.internet().path()).doesNotExist();
        for (String process : processes.lines().toList()) {
            awaitEnd(process);
        }
    }

    /** A process that ended may still be listed for its parent, but has no command line any more. */
    private static void awaitEnd(String process) throws Exception {
        Path line = Path.of("/proc", process, "cmdline");
        long end = System.nanoTime() + 5_000_000_000L;
        while (!process.equals(Long.toString(ProcessHandle.current().pid()))
                && Files.exists(line)
                && !Files.readString(line).isEmpty()) {
            assertThat(System.nanoTime())
                    .as("%s is still there", Files.readString(line))
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    private String peer(String address) {
        return inside.exec("busybox", "nc", "-w", "5", address, Integer.toString(InternetLab.PEER_PORT))
                .strip();
    }

    private void host(String commands) {
        lab.host().exec("sh", "-c", commands);
    }
}
