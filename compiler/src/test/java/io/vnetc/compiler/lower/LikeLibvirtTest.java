// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static io.vnetc.compiler.testing.Networks.FAST;
import static io.vnetc.compiler.testing.Networks.LAN;
import static io.vnetc.compiler.testing.Networks.isolated;
import static io.vnetc.compiler.testing.Networks.model;
import static io.vnetc.compiler.testing.Networks.nat;
import static io.vnetc.compiler.testing.Networks.network;
import static io.vnetc.compiler.testing.Networks.routed;
import static io.vnetc.compiler.testing.Networks.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.lower.Packet.Fate;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The same packets pass, are refused and are translated as under libvirt 11.3 with its iptables backend, for networks that
 * say the same. What is different on purpose is in {@link #isOnPurpose}. Besides: libvirt opens DHCP, DNS and TFTP in INPUT
 * and DHCP in OUTPUT for every network, here INPUT is opened for what the network's own dnsmasq does; libvirt fills in
 * checksums of DHCP answers in the mangle table, which guests of today do not need.
 */
class LikeLibvirtTest {
    private enum Sort {
        ISOLATED,
        NAT,
        NAT2,
        NAT_DEV,
        ROUTE,
        ROUTE2,
        ROUTE_DEV,
        OPEN;

        Forwarding forwarding() {
            return switch (this) {
                case ISOLATED -> isolated();
                case NAT, NAT2 -> nat();
                case NAT_DEV -> nat(LAN);
                case ROUTE, ROUTE2 -> routed();
                case ROUTE_DEV -> routed(LAN);
                case OPEN -> new Forwarding.Open();
            };
        }

        private int number() {
            return Arrays.asList(values()).indexOf(this);
        }

        String bridge() {
            return "vbr-" + plain();
        }

        String plain() {
            return "n" + number();
        }

        String block() {
            return "10.30." + number() + ".";
        }

        String prefix() {
            return block() + "0/24";
        }

        String dev(String option) {
            return forwarding().equals(nat(LAN)) || forwarding().equals(routed(LAN)) ? option + " eno1 " : "";
        }
    }

    /** The three chains in the order in which FORWARD asks them; of a network all rules stand before older networks'. */
    private static List<ChainLine> forward() {
        List<String> cross = new ArrayList<>();
        List<String> into = new ArrayList<>();
        List<String> outOf = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            String br = sort.bridge();
            if (sort.forwarding() instanceof Forwarding.Open) {
                continue;
            }
            String refuse = "-j REJECT --reject-with icmp-port-unreachable";
            cross.add("-i " + br + " -o " + br + " -j ACCEPT");
            if (!(sort.forwarding() instanceof Forwarding.Isolated)) {
                String answers = sort.forwarding() instanceof Forwarding.Nat
                        ? "-m conntrack --ctstate RELATED,ESTABLISHED "
                        : "";
                into.add("-d " + sort.prefix() + " " + sort.dev("-i") + "-o " + br + " " + answers + "-j ACCEPT");
                outOf.add("-s " + sort.prefix() + " -i " + br + " " + sort.dev("-o") + "-j ACCEPT");
            }
            into.add("-o " + br + " " + refuse);
            outOf.add("-i " + br + " " + refuse);
        }
        return Stream.of(cross, into, outOf)
                .flatMap(List::stream)
                .map(ChainLine::parse)
                .toList();
    }

    /** {@code ! -d PREFIX} of libvirt's rules is a rule of its own here. */
    private static List<ChainLine> postrouting() {
        List<String> lines = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            if (sort.forwarding() instanceof Forwarding.Nat) {
                String from = "-s " + sort.prefix() + " ";
                lines.add(from + "-d 224.0.0.0/24 -j RETURN");
                lines.add(from + "-d 255.255.255.255/32 -j RETURN");
                lines.add(from + "-d " + sort.prefix() + " -j RETURN");
                for (String protocol : List.of("tcp", "udp")) {
                    lines.add(from + sort.dev("-o") + "-p " + protocol + " -j MASQUERADE --to-ports 1024-65535");
                }
                lines.add(from + sort.dev("-o") + "-j MASQUERADE");
            }
        }
        return lines.stream().map(ChainLine::parse).toList();
    }

    private final List<Network> networks = Stream.of(Sort.values())
            .map(sort -> network(sort.plain(), sort.forwarding())
                    .subnet(subnet(sort.prefix(), sort.block() + "1"))
                    .build())
            .toList();

    @Test
    void theSamePacketsPassAndAreTranslated() {
        List<ChainLine> theirs = forward();
        List<ChainLine> theirTranslation = postrouting();
        Optional<FirewallTable> ours = table(Table.FILTER);
        Optional<FirewallTable> ourTranslation = table(Table.NAT);
        TreeMap<String, Integer> different = new TreeMap<>();
        int compared = 0;
        for (Packet packet : packets()) {
            Fate wanted = packet.in(theirs);
            Fate fate = packet.in(ours);
            String what = sort(packet.in()).map(Enum::name).orElse(packet.in()) + " to "
                    + sort(packet.out()).map(Enum::name).orElse(packet.out()) + " " + packet.state();
            if (isOnPurpose(packet)) {
                different.merge(what, 1, Integer::sum);
                continue;
            }
            assertThat(fate).as("%s: %s", what, packet).isEqualTo(wanted);
            if (fate != Fate.REFUSED) {
                assertThat(packet.in(ourTranslation, "POSTROUTING"))
                        .as("translation, %s: %s", what, packet)
                        .isEqualTo(packet.in(theirTranslation));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(different.size() * 10);
    }

    /**
     * Under libvirt a network that is entered from anywhere is entered from a bridge that nothing may leave by as well, and
     * with sources that are none of that bridge's, for the rules of the destination are asked first: a routed network by any
     * packet, a translated one by what passes for an answer. Whatever is answered to such a packet is refused there. Here
     * the packet itself is.
     */
    private static boolean isOnPurpose(Packet packet) {
        Optional<Sort> from = sort(packet.in());
        Optional<Sort> to = sort(packet.out());
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return false;
        }
        boolean shut = List.of(Sort.ISOLATED, Sort.NAT_DEV, Sort.ROUTE_DEV).contains(from.get());
        boolean forged = !packet.source().toString().startsWith(from.get().block());
        boolean taking = List.of(Sort.ROUTE, Sort.ROUTE2).contains(to.get())
                || (List.of(Sort.NAT, Sort.NAT2).contains(to.get()) && packet.state() == ConnectionState.ESTABLISHED);
        return taking && (shut || forged);
    }

    private static List<Packet> packets() {
        List<String> links = new ArrayList<>(List.of("eno1", "eno2", "docker0"));
        List<String> addresses = new ArrayList<>(List.of("198.51.100.7", "172.17.0.2"));
        for (Sort sort : Sort.values()) {
            links.add(sort.bridge());
            addresses.add(sort.block() + "7");
        }
        List<Packet> packets = new ArrayList<>();
        for (String in : links) {
            for (String out : links) {
                for (String from : addresses) {
                    for (String to : addresses) {
                        for (ConnectionState state :
                                List.of(ConnectionState.NEW, ConnectionState.ESTABLISHED, ConnectionState.INVALID)) {
                            packets.add(new Packet(in, out, IpAddress.parse(from), IpAddress.parse(to), state));
                        }
                    }
                }
            }
        }
        // What goes to a bridge goes to an address behind it.
        packets.removeIf(packet -> Stream.of(Sort.values())
                .anyMatch(sort -> sort.bridge().equals(packet.out())
                        != packet.destination().toString().startsWith(sort.block())));
        Collections.shuffle(packets, new java.util.Random(1));
        return packets;
    }

    private static Optional<Sort> sort(String link) {
        return Stream.of(Sort.values())
                .filter(sort -> sort.bridge().equals(link))
                .findFirst();
    }

    private Optional<FirewallTable> table(Table table) {
        return Lowering.lower(model("kvm1", List.of(LAN, FAST), networks), "kvm1", Surroundings.ASSUMED)
                .desired()
                .find(FirewallTable.address(IpFamily.IPV4, table))
                .map(entry -> (FirewallTable) entry.resource());
    }
}
