// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host where others live too: containers, libvirt, an administrator. Nothing of theirs ever changes. */
final class ForeignSurvivesTest {
    /** As Docker and libvirt leave them, with rules of an administrator before and after. */
    private static final String RULES4 = """
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD DROP [0:0]
            :DOCKER - [0:0]
            :DOCKER-USER - [0:0]
            :LIBVIRT_FWI - [0:0]
            :VNETWORK - [0:0]
            -A INPUT -i virbr0 -p udp -m udp --dport 53 -j ACCEPT
            -A FORWARD -j DOCKER-USER
            -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A FORWARD -o docker0 -j DOCKER
            -A FORWARD -j LIBVIRT_FWI
            -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
            -A DOCKER-USER -j RETURN
            -A LIBVIRT_FWI -o virbr0 -j REJECT --reject-with icmp-port-unreachable
            -A VNETWORK -m comment --comment "-j VNET-FORWARD" -j RETURN
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :DOCKER - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
            COMMIT
            *mangle
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -o virbr0 -p udp -m udp --dport 68 -j CHECKSUM --checksum-fill
            COMMIT
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -i eno2 -p udp -m udp --dport 7777 -j NOTRACK
            COMMIT
            """;

    private static final String RULES6 = """
            *filter
            :FORWARD DROP [0:0]
            :DOCKER-USER - [0:0]
            -A FORWARD -j DOCKER-USER
            -A DOCKER-USER -j RETURN
            COMMIT
            """;

    static List<Source> examples() {
        return Source.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_changes_nothing_of_theirs(Source example) {
        try (ExampleHost host = ExampleHost.open()) {
            populate(host.namespace());
            NamespaceSnapshot before = host.snapshot();
            List<StepWatch> watches = new ArrayList<>();
            List<Source> sources = new ArrayList<>(List.of(example));
            sources.addAll(Source.examples());
            for (Source source : sources) {
                StepWatch watch = new StepWatch(() -> before);
                host.apply(source, watch).requireExit(0, "apply " + source);
                watches.add(watch);
                var own =
                        watches.stream().flatMap(each -> each.steps().stream()).toList();
                host.snapshot().since(before).outside(Footprint.of(own)).requireNone("apply " + source);
            }
            host.destroy();
            host.snapshot().since(before).requireNone("destroy");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip link add vbr-home type bridge",
                "ip link add vt-web-eth0 type bridge",
                "ip link set eno2 alias 'a bridge of mine' && ip address add 10.20.1.77/24 dev eno2",
                "ip address add 10.20.1.1/32 dev eno2",
            })
    void what_is_in_the_way_stays_and_nothing_else_is_touched(String made) {
        try (ExampleHost host = ExampleHost.open()) {
            ExampleHost.shell(host.namespace(), made);
            NamespaceSnapshot before = host.snapshot();

            host.apply(Source.example("home-lab"), StepFault.NONE).requireExit(4, "apply after " + made);

            host.snapshot().since(before).requireNone("a refusal");
        }
    }

    @Test
    void what_somebody_put_on_a_bridge_of_ours_keeps_the_bridge() {
        Source lab = Source.example("home-lab");
        try (ExampleHost host = ExampleHost.open()) {
            host.apply(lab);
            ExampleHost.shell(host.namespace(), "ip address add 10.99.0.1/24 dev vbr-home");
            NamespaceSnapshot before = host.snapshot();

            host.requireNothingToDo(lab);
            assertThat(host.destroy(StepFault.NONE).requireExit(4, "destroy").err())
                    .contains("10.99.0.1/24");
            host.snapshot().since(before).requireNone("a refusal");
        }
    }

    private static void populate(NetworkNamespace host) {
        ExampleHost.shell(
                host,
                "ip link add docker0 type bridge",
                "ip link set docker0 up",
                "ip address add 172.17.0.1/16 dev docker0",
                "ip link add veth77 type veth peer name veth78",
                "ip link set veth77 master docker0 up",
                "bridge link set dev veth77 isolated on learning off cost 7",
                "bridge fdb add 02:42:ac:11:00:02 dev veth77 master static",
                "ip link add virbr0 type bridge stp_state 1 forward_delay 200 mcast_snooping 0",
                "ip link set virbr0 up alias 'libvirt default'",
                "ip address add 192.168.122.1/24 dev virbr0",
                "ip tuntap add dev tap7 mode tap",
                "ip link set tap7 master virbr0 up group 7",
                "ip address add 203.0.113.9/24 dev eno2",
                "ip address add 2001:db8:ffff:9::9/64 dev eno2 nodad",
                "ip route add 10.77.0.0/16 via 203.0.113.1 proto static metric 50",
                "ip route add 10.78.0.0/16 via 203.0.113.1 table 100",
                "ip rule add from 10.77.0.0/16 table 100 priority 1000",
                "ip -6 route add 2001:db8:77::/48 via 2001:db8:ffff:9::1 dev eno2",
                "ip neighbour add 203.0.113.50 lladdr 02:00:00:00:00:50 dev eno2 nud permanent",
                "tc qdisc add dev eno2 root handle 1: htb default 10",
                "tc class add dev eno2 parent 1: classid 1:10 htb rate 100mbit",
                "tc filter add dev eno2 parent 1: protocol ip prio 7 u32 match ip dport 22 0xffff flowid 1:10",
                "tc qdisc add dev eno1 clsact",
                "echo 2 >/proc/sys/net/ipv4/conf/eno2/rp_filter",
                "echo 1 >/proc/sys/net/ipv4/conf/docker0/forwarding",
                "echo 0 >/proc/sys/net/ipv6/conf/eno2/accept_ra",
                "dnsmasq --conf-file=/dev/null --pid-file= --user=root --no-resolv --no-hosts --interface=virbr0"
                        + " --except-interface=lo --bind-interfaces --dhcp-leasefile=/dev/null"
                        + " --dhcp-range=192.168.122.2,192.168.122.254");
        restore(host, "iptables-restore", RULES4);
        restore(host, "ip6tables-restore", RULES6);
    }

    private static void restore(NetworkNamespace host, String tool, String rules) {
        assertThat(host.tryExecWithInput(rules, tool).stderr()).as(tool).isEmpty();
    }
}
