// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.PortRange;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule of iptables, with the matches that vnetc uses. Its text is what iptables-save and ip6tables-save 1.8 print for
 * it, the nft and the legacy variant alike. There are no comments: they would carry foreign text into the rules.
 *
 * @param source absent: any; a prefix of length 0 is any as well
 * @param destination absent: any
 * @param in the interface that it came in by
 * @param out the interface that it goes out by
 * @param protocol absent: any
 * @param ports destination ports, sorted; only with TCP or UDP, and 15 numbers at most, a range being two
 * @param states of the connection that it belongs to; empty: any
 * @param target what is done with it
 */
public record Rule(
        Optional<Cidr> source,
        Optional<Cidr> destination,
        Optional<InterfaceName> in,
        Optional<InterfaceName> out,
        Optional<Protocol> protocol,
        List<PortRange> ports,
        Set<ConnectionState> states,
        Target target)
        implements ChainLine {
    /** XT_MULTI_PORTS of linux/netfilter/xt_multiport.h. */
    private static final int MULTIPORT_NUMBERS = 15;

    /** As iptables-save names it. */
    public enum Protocol {
        TCP("tcp"),
        UDP("udp"),
        ICMP("icmp"),
        ICMPV6("ipv6-icmp");

        private final String text;

        Protocol(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Of a connection, in the order in which iptables-save prints them. */
    public enum ConnectionState {
        INVALID,
        NEW,
        RELATED,
        ESTABLISHED,
        UNTRACKED
    }

    public Rule {
        source = source.filter(cidr -> cidr.length() > 0);
        destination = destination.filter(cidr -> cidr.length() > 0);
        ports = ports.size() < 2 ? List.copyOf(ports) : ports.stream().sorted().toList();
        states = states.isEmpty() ? Set.of() : Set.copyOf(states);
        boolean hasPorts =
                protocol.filter(p -> p == Protocol.TCP || p == Protocol.UDP).isPresent();
        if (!hasPorts
                && (!ports.isEmpty()
                        || (target instanceof Target.Masquerade masquerade
                                && masquerade.ports().isPresent()))) {
            throw new IllegalArgumentException("only TCP and UDP have ports");
        }
        if (numbers(ports) > MULTIPORT_NUMBERS) {
            throw new IllegalArgumentException("multiport takes " + MULTIPORT_NUMBERS + " ports at most");
        }
    }

    private static int numbers(List<PortRange> ports) {
        int numbers = 0;
        for (PortRange range : ports) {
            numbers += range.first() == range.last() ? 1 : 2;
        }
        return numbers;
    }

    /** A rule that meets every packet. */
    public static Rule to(Target target) {
        return new Rule(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                target);
    }

    public static Rule accept() {
        return to(new Target.Accept());
    }

    public static Rule jump(String chain) {
        return to(new Target.Jump(chain));
    }

    public Rule from(Cidr network) {
        return new Rule(Optional.of(network), destination, in, out, protocol, ports, states, target);
    }

    public Rule into(Cidr network) {
        return new Rule(source, Optional.of(network), in, out, protocol, ports, states, target);
    }

    public Rule in(InterfaceName link) {
        return new Rule(source, destination, Optional.of(link), out, protocol, ports, states, target);
    }

    public Rule out(InterfaceName link) {
        return new Rule(source, destination, in, Optional.of(link), protocol, ports, states, target);
    }

    public Rule protocol(Protocol wanted, PortRange... destinationPorts) {
        return new Rule(source, destination, in, out, Optional.of(wanted), List.of(destinationPorts), states, target);
    }

    /** The same matches, with another outcome. */
    public Rule target(Target other) {
        return new Rule(source, destination, in, out, protocol, ports, states, other);
    }

    /** For packets that answer, or belong to, a connection that was let through. */
    public Rule answering() {
        return new Rule(
                source,
                destination,
                in,
                out,
                protocol,
                ports,
                EnumSet.of(ConnectionState.RELATED, ConnectionState.ESTABLISHED),
                target);
    }

    /** Whether every packet that {@code other} meets is met by this rule, and the same is done with it. */
    public boolean covers(Rule other) {
        return target.equals(other.target)
                && wider(source, other.source)
                && wider(destination, other.destination)
                && (in.isEmpty() || in.equals(other.in))
                && (out.isEmpty() || out.equals(other.out))
                && (protocol.isEmpty() || protocol.equals(other.protocol))
                && (ports.isEmpty()
                        || (!other.ports.isEmpty() && other.ports.stream().allMatch(this::hasPorts)))
                && (states.isEmpty() || (!other.states.isEmpty() && states.containsAll(other.states)));
    }

    private static boolean wider(Optional<Cidr> network, Optional<Cidr> other) {
        return network.isEmpty() || other.filter(network.get()::contains).isPresent();
    }

    private boolean hasPorts(PortRange wanted) {
        return ports.stream().anyMatch(range -> range.first() <= wanted.first() && wanted.last() <= range.last());
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        source.ifPresent(cidr -> text.append("-s ").append(cidr).append(' '));
        destination.ifPresent(cidr -> text.append("-d ").append(cidr).append(' '));
        in.ifPresent(link -> text.append("-i ").append(link).append(' '));
        out.ifPresent(link -> text.append("-o ").append(link).append(' '));
        protocol.ifPresent(wanted -> text.append("-p ").append(wanted).append(' '));
        if (!ports.isEmpty()) {
            // Also for one port: a thousand --dport rules take iptables-restore six times as long to load.
            text.append("-m multiport --dports ").append(ports(ports)).append(' ');
        }
        if (!states.isEmpty()) {
            String list = states.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
            text.append("-m conntrack --ctstate ").append(list).append(' ');
        }
        return text.append("-j ").append(target).toString();
    }

    private static String ports(Collection<PortRange> ranges) {
        return ranges.stream().map(range -> ports(range, ':')).collect(Collectors.joining(","));
    }

    static String ports(PortRange range, char between) {
        return range.first() == range.last()
                ? Integer.toString(range.first())
                : range.first() + String.valueOf(between) + range.last();
    }

    @Override
    public String toString() {
        return text();
    }
}
