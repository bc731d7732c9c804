// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rule asks of a packet beyond its addresses, links and protocol. A rule has one of each sort at most, in the order
 * in which they stand here.
 */
public sealed interface Match {
    /** XT_MULTI_PORTS of linux/netfilter/xt_multiport.h: a range counts as two. */
    int MULTIPORT_NUMBERS = 15;

    /** What iptables-save prints for it. */
    String text();

    /** Whether every packet that {@code other}, of the same sort, meets is met by this. */
    boolean covers(Match other);

    /** The host itself is meant. */
    record Local() implements Match {
        @Override
        public String text() {
            return "-m addrtype --dst-type LOCAL";
        }

        @Override
        public boolean covers(Match other) {
            return true;
        }
    }

    /** Who sent the frame that brought it. */
    record Sender(MacAddress mac) implements Match {
        @Override
        public String text() {
            return "-m mac --mac-source " + mac;
        }

        @Override
        public boolean covers(Match other) {
            return equals(other);
        }
    }

    /**
     * The type of an ICMPv6 message; with that protocol only.
     *
     * @param number 0 to 255
     */
    record Icmpv6Type(int number) implements Match {
        public Icmpv6Type {
            if (number < 0 || number > 255) {
                throw new IllegalArgumentException("not a type of ICMPv6: " + number);
            }
        }

        @Override
        public String text() {
            return "-m icmp6 --icmpv6-type " + number;
        }

        @Override
        public boolean covers(Match other) {
            return equals(other);
        }
    }

    /**
     * Destination ports; of TCP and UDP only.
     *
     * @param ranges sorted; {@link #MULTIPORT_NUMBERS} numbers at most, a range being two
     */
    record Ports(List<PortRange> ranges) implements Match {
        public Ports {
            ranges = checked(ranges);
        }

        // Also for one port: a thousand --dport rules take iptables-restore six times as long to load.
        @Override
        public String text() {
            return "-m multiport --dports " + list(ranges);
        }

        @Override
        public boolean covers(Match other) {
            return other instanceof Ports ports && hold(ranges, ports.ranges);
        }
    }

    /**
     * Source ports, by which answers are known; of TCP and UDP only.
     *
     * @param ranges as of {@link Ports}
     */
    record SourcePorts(List<PortRange> ranges) implements Match {
        public SourcePorts {
            ranges = checked(ranges);
        }

        @Override
        public String text() {
            return "-m multiport --sports " + list(ranges);
        }

        @Override
        public boolean covers(Match other) {
            return other instanceof SourcePorts ports && hold(ranges, ports.ranges);
        }
    }

    private static List<PortRange> checked(List<PortRange> ranges) {
        if (ranges.isEmpty() || ranges.stream().mapToInt(Match::numbers).sum() > MULTIPORT_NUMBERS) {
            throw new IllegalArgumentException("multiport takes 1 to " + MULTIPORT_NUMBERS + " ports");
        }
        return ranges.stream().sorted().toList();
    }

    /** How many of the numbers that multiport has room for a range takes. */
    static int numbers(PortRange range) {
        return range.first() == range.last() ? 1 : 2;
    }

    private static boolean hold(List<PortRange> ranges, List<PortRange> others) {
        return others.stream()
                .allMatch(wanted -> ranges.stream()
                        .anyMatch(range -> range.first() <= wanted.first() && wanted.last() <= range.last()));
    }

    private static String list(Collection<PortRange> ranges) {
        return ranges.stream().map(range -> Rule.ports(range, ':')).collect(Collectors.joining(","));
    }

    /**
     * What connection tracking says of the connection.
     *
     * @param states one of which it is in; empty: any
     * @param asked the ports that were asked for before they were translated
     * @param direction that the packet goes in
     */
    record Connection(Set<Rule.ConnectionState> states, Optional<PortRange> asked, Optional<Rule.Direction> direction)
            implements Match {
        public Connection {
            states = states.isEmpty() ? Set.of() : Set.copyOf(states);
            if (states.isEmpty() && asked.isEmpty() && direction.isEmpty()) {
                throw new IllegalArgumentException("nothing is asked of the connection");
            }
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("-m conntrack");
            if (!states.isEmpty()) {
                text.append(" --ctstate ")
                        .append(states.stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
            }
            asked.ifPresent(range -> text.append(" --ctorigdstport ").append(Rule.ports(range, ':')));
            direction.ifPresent(way -> text.append(" --ctdir ").append(way));
            return text.toString();
        }

        @Override
        public boolean covers(Match other) {
            return other instanceof Connection connection
                    && (states.isEmpty() || (!connection.states.isEmpty() && states.containsAll(connection.states)))
                    && (asked.isEmpty() || asked.equals(connection.asked))
                    && (direction.isEmpty() || direction.equals(connection.direction));
        }
    }

    /** Only so many packets in a time. */
    record Limited(PacketRate rate) implements Match {
        @Override
        public String text() {
            return "-m limit " + rate.iptables();
        }

        @Override
        public boolean covers(Match other) {
            return equals(other);
        }
    }

    /** What is more than so many bytes in a second, of all packets that any rule with the same meter sees. */
    record Beyond(ByteRate rate) implements Match {
        @Override
        public String text() {
            return "-m hashlimit " + rate.text();
        }

        @Override
        public boolean covers(Match other) {
            return equals(other);
        }
    }
}
