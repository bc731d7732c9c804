// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.testing.NetworkNamespace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamespaceSnapshotTest {
    private static NetworkNamespace host;

    @BeforeAll
    static void makeAHostWithABridge() {
        host = NetworkNamespace.create();
        shell("ip link set lo up");
        // Timers and groups of their own accord: a bridge with STP, up, and a cable plugged into it.
        shell("ip link add br0 address 02:00:00:00:00:01 type bridge && ip link set br0 up");
        shell("ip link add v0 type veth peer name v1 && ip link set v0 master br0 up && ip link set v1 up");
        shell("ip address add 10.0.0.1/24 dev br0 && ip address add fd00::1/64 dev br0 nodad");
        shell("tc qdisc add dev v1 root handle 1: htb default 1");
        shell("tc class add dev v1 parent 1: classid 1:1 htb rate 1mbit");
    }

    @AfterAll
    static void removeIt() {
        host.close();
    }

    /** A change made by hand, how to take it back, and the item that it is seen at. */
    record Deed(String make, String undo, String item) {
        @Override
        public String toString() {
            return make;
        }
    }

    static List<Deed> deeds() {
        return List.of(
                new Deed("ip link add br9 type bridge", "ip link del br9", "link br9"),
                new Deed("ip tuntap add tap9 mode tap user 7", "ip link del tap9", "link tap9"),
                new Deed("ip link set v1 alias theirs", "ip link set v1 alias ''", "link v1"),
                new Deed("ip link set v1 mtu 1400", "ip link set v1 mtu 1500", "link v1"),
                new Deed("ip link set v1 group 77", "ip link set v1 group default", "link v1"),
                new Deed(
                        "ip link set br0 address 02:00:00:00:00:02",
                        "ip link set br0 address 02:00:00:00:00:01",
                        "link br0"),
                new Deed(
                        "ip link set br0 type bridge ageing_time 2000",
                        "ip link set br0 type bridge ageing_time 30000",
                        "link br0"),
                new Deed("bridge link set dev v0 isolated on", "bridge link set dev v0 isolated off", "port v0"),
                new Deed(
                        "ip link set v0 type bridge_slave cost 9",
                        "ip link set v0 type bridge_slave cost 2",
                        "link v0"),
                new Deed("ip link set v1 down", "ip link set v1 up", "link v1"),
                new Deed(
                        "bridge fdb add 02:00:00:00:00:99 dev v0 master static",
                        "bridge fdb del 02:00:00:00:00:99 dev v0 master",
                        "fdb v0 02:00:00:00:00:99 master"),
                new Deed(
                        "ip address add 10.9.0.1/24 dev br0",
                        "ip address del 10.9.0.1/24 dev br0",
                        "address br0 10.9.0.1/24"),
                new Deed(
                        "ip address add fd09::1/64 dev br0",
                        "ip address del fd09::1/64 dev br0",
                        "address br0 fd09::1/64"),
                new Deed(
                        "ip route add 10.8.0.0/16 via 10.0.0.9",
                        "ip route del 10.8.0.0/16",
                        "route4 10.8.0.0/16 dev br0 table main"),
                new Deed(
                        "ip route add blackhole 10.7.0.0/16 table 99",
                        "ip route del 10.7.0.0/16 table 99",
                        "route4 10.7.0.0/16 table 99"),
                new Deed(
                        "ip -6 route add fd08::/64 via fd00::9",
                        "ip -6 route del fd08::/64",
                        "route6 fd08::/64 dev br0 metric 1024 table main"),
                new Deed("ip rule add from 10.5.0.0/16 lookup 99 priority 55", "ip rule del priority 55", "rule4 55"),
                new Deed(
                        "ip -6 rule add from fd05::/64 lookup 99 priority 55",
                        "ip -6 rule del priority 55",
                        "rule6 55"),
                new Deed(
                        "ip neighbour add 10.0.0.77 lladdr 02:00:00:00:00:77 dev br0",
                        "ip neighbour del 10.0.0.77 dev br0",
                        "neighbour br0 10.0.0.77"),
                new Deed(
                        "tc qdisc add dev v0 root handle 5: tbf rate 1mbit burst 10kb latency 50ms",
                        "tc qdisc del dev v0 root",
                        "qdisc v0 5:"),
                new Deed(
                        "tc class change dev v1 parent 1: classid 1:1 htb rate 2mbit",
                        "tc class change dev v1 parent 1: classid 1:1 htb rate 1mbit",
                        "class v1 1:1"),
                new Deed(
                        "tc filter add dev v1 parent 1: prio 3 protocol ip u32 match ip dst 10.1.2.3 flowid 1:1",
                        "tc filter del dev v1 parent 1: prio 3",
                        "filter v1 1: 3 ip 800::800"),
                new Deed(
                        "tc qdisc add dev v0 ingress && tc filter add dev v0 ingress prio 3 protocol all u32 match u32 0 0 action mirred egress redirect dev v1",
                        "tc qdisc del dev v0 ingress",
                        "filter v0 ingress 3 all 800::800"),
                new Deed(
                        "iptables-nft -A FORWARD -s 10.0.0.0/24 -j DROP",
                        "iptables-nft -F FORWARD",
                        "iptables-nft filter FORWARD"),
                new Deed("iptables-nft -t nat -N THEIRS", "iptables-nft -t nat -X THEIRS", "iptables-nft nat THEIRS"),
                new Deed("iptables-nft -P INPUT DROP", "iptables-nft -P INPUT ACCEPT", "iptables-nft filter INPUT"),
                new Deed(
                        "ip6tables-nft -A INPUT -p tcp --dport 22 -j ACCEPT",
                        "ip6tables-nft -F",
                        "ip6tables-nft filter INPUT"),
                new Deed(
                        "iptables-legacy -A INPUT -p tcp --dport 22 -j ACCEPT",
                        "iptables-legacy -F",
                        "iptables-legacy filter INPUT"),
                new Deed("ip6tables-legacy -N THEIRS", "ip6tables-legacy -X THEIRS", "ip6tables-legacy filter THEIRS"),
                new Deed(
                        "echo 1 >/proc/sys/net/ipv4/conf/v1/forwarding",
                        "echo 0 >/proc/sys/net/ipv4/conf/v1/forwarding",
                        "sysctl net/ipv4/conf/v1/forwarding"),
                new Deed(
                        "echo 0 >/proc/sys/net/ipv6/conf/v1/accept_ra",
                        "echo 1 >/proc/sys/net/ipv6/conf/v1/accept_ra",
                        "sysctl net/ipv6/conf/v1/accept_ra"),
                new Deed(
                        "echo 1 >/proc/sys/net/ipv4/ip_forward",
                        "echo 0 >/proc/sys/net/ipv4/ip_forward",
                        "sysctl net/ipv4/ip_forward"));
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void seesAChangeAndThatItWasTakenBack(Deed deed) {
        NamespaceSnapshot before = snapshot();
        shell(deed.make());
        NamespaceSnapshot during = snapshot();
        assertThat(during.since(before).items()).contains(deed.item());
        shell(deed.undo());
        snapshot().since(before).requireNone("'%s' and '%s'".formatted(deed.make(), deed.undo()));
    }

    @Test
    void seesAProcessAndItsEnd() throws InterruptedException {
        NamespaceSnapshot before = snapshot();
        Process dnsmasq =
                host.start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--pid-file=");
        try {
            awaitProcess(dnsmasq);
            assertThat(snapshot().since(before).items())
                    .singleElement()
                    .asString()
                    .startsWith("process dnsmasq --keep-in-foreground --conf-file=/dev/null");
        } finally {
            dnsmasq.destroyForcibly().waitFor();
        }
        snapshot().since(before).requireNone("dnsmasq came and went");
    }

    @Test
    void doesNotSeeWhatHappensByItself() {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            host.cable("w0", other, "w1");
            shell("ip link add br1 type bridge && ip link set br1 up && ip link set w0 master br1");
            shell("ip address add 10.1.0.1/24 dev br1");
            NamespaceSnapshot before = snapshot();
            other.exec("ip", "address", "add", "10.1.0.2/24", "dev", "w1");
            other.exec("busybox", "ping", "-c", "2", "-W", "2", "10.1.0.1");
            assertThat(host.exec("bridge", "fdb")).as("learned").contains(mac(other, "w1"));
            snapshot().since(before).requireNone("traffic, learning and a neighbour entry");
            other.exec("ip", "link", "set", "w1", "down");
            snapshot().since(before).requireNone("the loss of carrier");
            shell("ip link del br1; ip link del w0");
        }
    }

    @Test
    void aTapThatAGuestHoldsIsTheSameTap() throws InterruptedException {
        shell("ip tuntap add tap8 mode tap multi_queue && ip link set tap8 master br0 up");
        NamespaceSnapshot before = snapshot();
        Process holder = host.start(
                "qemu-system-x86_64",
                "-accel",
                "tcg",
                "-nodefaults",
                "-display",
                "none",
                "-S",
                "-netdev",
                "{\"type\":\"tap\",\"id\":\"n\",\"ifname\":\"tap8\",\"script\":\"no\",\"downscript\":\"no\",\"queues\":2}",
                "-device",
                "{\"driver\":\"virtio-net-pci\",\"netdev\":\"n\",\"mq\":true}");
        try {
            shell("timeout 10 sh -c 'until ip link show tap8 | grep -q LOWER_UP; do sleep 0.05; done'");
            assertThat(snapshot().since(before).items())
                    .singleElement()
                    .asString()
                    .startsWith("process qemu");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        snapshot().since(before).requireNone("a guest held a tap");
        shell("ip link del tap8");
    }

    @Test
    void saysWhatChangedLineByLine() {
        NamespaceSnapshot before = snapshot();
        shell("ip address add 10.9.0.1/24 dev br0 label br0:x && iptables-nft -A INPUT -s 10.9.9.9 -j DROP");
        SnapshotDifference difference = snapshot().since(before);
        shell("ip address del 10.9.0.1/24 dev br0; iptables-nft -F INPUT");

        assertThat(difference.toString())
                .contains("address br0 10.9.0.1/24 appeared", "+  \"label\": \"br0:x\",")
                .contains("iptables-nft filter INPUT appeared", "+-A INPUT -s 10.9.9.9/32 -j DROP");
        assertThatThrownBy(() -> difference.requireNone("this"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("after this the namespace is not as before:");
        assertThat(difference
                        .outside(change -> change.section().equals("address"))
                        .items())
                .containsExactly("iptables-nft filter INPUT");
    }

    @Test
    void rulesThatIptablesCannotReadAreNotTakenForNone() {
        assertThat(RuleSet.parse(List.of("# Table `filter' is incompatible, use 'nft' tool.")))
                .hasSize(1);
    }

    private static NamespaceSnapshot snapshot() {
        return NamespaceSnapshot.of(host);
    }

    private static void shell(String commands) {
        host.exec("sh", "-c", commands);
    }

    private static String mac(NetworkNamespace namespace, String link) {
        return namespace.exec("cat", "/sys/class/net/" + link + "/address").strip();
    }

    private static void awaitProcess(Process process) throws InterruptedException {
        // `ip netns exec` becomes the command in a moment.
        for (int i = 0; i < 100 && !process.info().commandLine().orElse("").contains("bin/dnsmasq"); i++) {
            Thread.sleep(20);
        }
    }
}
