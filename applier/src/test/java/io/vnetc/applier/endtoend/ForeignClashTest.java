// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.InternetLab;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.lab.SnapshotDifference.Change;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not vnetc's: in the way it is named and left alone, and elsewhere it outlives everything. */
final class ForeignClashTest {
    private static final String HOME = Vnetc.EXAMPLES.resolve("home-lab").toString();

    private final InternetLab lab = InternetLab.open();
    private final NetworkNamespace host = lab.host();
    private final Vnetc vnetc = Vnetc.in(lab.host());

    @AfterEach
    void removeIt() {
        try (lab;
                vnetc) {
            // Closed in reverse.
        }
    }

    static Stream<Arguments> clashes() {
        return Stream.of(
                clash("a bridge", "ip link add vbr-home type bridge", "vbr-home"),
                clash("a link of a tap's name", "ip link add vt-web-eth0 type veth peer name peer0", "vt-web-eth0"),
                clash("a tap of a tap's name", "ip tuntap add vt-web-eth0 mode tap", "vt-web-eth0"),
                clash("an address on the uplink", "ip address add 10.20.1.77/24 dev eno1", "10.20.1.77/24", "eno1"),
                clash("a wider subnet on the uplink", "ip address add 10.20.0.77/16 dev eno1", "10.20.0.77/16", "eno1"),
                clash(
                        "the gateway's address on another bridge",
                        "ip link add br9 type bridge && ip address add 10.20.1.1/24 dev br9",
                        "10.20.1.1/24",
                        "br9"),
                clash("a route", "ip route add 10.20.1.0/24 via 203.0.113.1", "10.20.1.0/24"),
                clash(
                        "a chain of a network's name",
                        "iptables -N VNET-IN-vbr-home && iptables -A VNET-IN-vbr-home -s 192.0.2.1 -j DROP",
                        "VNET-IN-vbr-home"),
                clash(
                        "a chain of ours with another's rules",
                        "iptables -N VNET-FORWARD && iptables -A VNET-FORWARD -s 192.0.2.1 -j DROP",
                        "VNET-FORWARD"),
                clash(
                        "a chain of the nat table",
                        "iptables -t nat -N VNET-POSTROUTING && iptables -t nat -A VNET-POSTROUTING -j ACCEPT",
                        "VNET-POSTROUTING"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clashes")
    void in_the_way_is_refused_by_name_and_left_as_it_is(String name, String making, List<String> named) {
        host.exec("sh", "-c", making);
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        Result apply = vnetc.run("apply", HOME, "--host", "homelab", "--yes");

        assertThat(apply.exit()).as(apply.out() + apply.err()).isEqualTo(4);
        assertThat(apply.err()).contains(named).contains("home-lab.vnet:", "nothing was touched");
        NamespaceSnapshot.of(host).since(before).requireNone("a refusal because of " + name);
        assertThat(vnetc.paths().run().resolve("dnsmasq")).doesNotExist();
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of(
                        "a DNS server on all addresses",
                        "dnsmasq --conf-file=/dev/null --pid-file= --user=root --no-resolv",
                        53),
                Arguments.of(
                        "a DHCP server on all addresses",
                        "dnsmasq --conf-file=/dev/null --pid-file= --user=root --port=0 --leasefile-ro"
                                + " --dhcp-range=192.168.77.10,192.168.77.20",
                        67));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void a_server_that_holds_the_port_is_named_before_the_first_step(String name, String making, int port) {
        host.exec("sh", "-c", making);
        assertThat(host.exec("ss", "-Hlnu", "sport = " + port)).isNotBlank();
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        Result apply = vnetc.run("apply", HOME, "--host", "homelab", "--yes");

        assertThat(apply.exit()).as(apply.out() + apply.err()).isEqualTo(12);
        assertThat(apply.err()).contains("port " + port, "nothing was touched");
        NamespaceSnapshot.of(host).since(before).requireNone("a refusal because of " + name);
        assertThat(host.exec("ss", "-Hlnu", "sport = " + port)).as("it goes on").isNotBlank();
    }

    @Test
    void elsewhere_it_outlives_apply_change_and_destroy() throws IOException {
        host.exec("sh", "-ec", """
                ip link add br9 type bridge
                ip link set br9 address 02:00:00:00:00:09 mtu 1400 up
                ip address add 192.168.9.1/24 dev br9
                ip address add 203.0.113.77/24 dev eno1
                ip route add 192.0.2.0/24 via 203.0.113.1
                iptables -N MINE
                iptables -A MINE -s 192.0.2.1 -j DROP
                iptables -A FORWARD -i br9 -j MINE
                iptables -A INPUT -p tcp --dport 22 -j ACCEPT
                iptables -P FORWARD DROP
                iptables -t nat -A POSTROUTING -s 192.168.9.0/24 -o eno1 -j MASQUERADE
                ip6tables -A FORWARD -i br9 -j DROP""");
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        vnetc.done("apply", HOME, "--host", "homelab", "--yes");
        foreignThingsAreThere(before, "apply");

        Path source = vnetc.copyOfExample("home-lab", "home-lab.vnet");
        Files.writeString(
                source,
                Files.readString(source).replace("mtu 1500", "mtu 1400").replace("nat via", "route via")
                        + "network more on homelab { forward nat subnet 10.20.2.0/24 { gateway .1  dhcp .2 .. .9 } }\n");
        vnetc.done("apply", source.toString(), "--host", "homelab", "--yes");
        foreignThingsAreThere(before, "a change");

        vnetc.done("destroy", "--yes");
        NamespaceSnapshot.of(host).since(before).requireNone("apply, a change and destroy");
    }

    /** Of what was there before, only what is borrowed is different, and chains only have a jump more. */
    private void foreignThingsAreThere(NamespaceSnapshot before, String occasion) {
        NamespaceSnapshot.of(host)
                .since(before)
                .outside(ForeignClashTest::isDeclared)
                .requireNone(occasion);
    }

    private static boolean isDeclared(Change change) {
        if (change.before().isEmpty()) {
            return true;
        }
        if (change.section().equals("sysctl")) {
            return change.key().matches(".*/eno1/forwarding");
        }
        return change.section().contains("tables-")
                && change.after().map(ForeignClashTest::withoutJumps).equals(change.before());
    }

    private static String withoutJumps(String chain) {
        return String.join(
                "\n", chain.lines().filter(line -> !line.contains("-j VNET-")).toList());
    }

    private static Arguments clash(String name, String making, String... named) {
        return Arguments.of(name, making, List.of(named));
    }
}
