// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule of iptables, with the matches that vnetc uses. Its text is what iptables-save and ip6tables-save 1.8 print for
 * it, the nft and the legacy variant alike. There are no comments: they would carry foreign text into the rules.
 *
 * @param source absent: any; a prefix of length 0 is any as well
 * @param destination absent: any
 * @param in the interface that it came in by
 * @param out the interface that it goes out by
 * @param protocol absent: any
 * @param matches what else is asked, one of each sort, sorted
 * @param target what is done with it
 */
public record Rule(
        Optional<Cidr> source,
        Optional<Cidr> destination,
        Optional<InterfaceName> in,
        Optional<InterfaceName> out,
        Optional<Protocol> protocol,
        List<Match> matches,
        Target target)
        implements ChainLine {
    /** The order in which iptables-save shows them is the one in which they were given: this one. */
    private static final List<Class<? extends Match>> ORDER = List.of(
            Match.Local.class,
            Match.Sender.class,
            Match.Icmpv6Type.class,
            Match.Ports.class,
            Match.SourcePorts.class,
            Match.Connection.class,
            Match.Limited.class,
            Match.Beyond.class);

    /** As iptables-save names it. */
    public enum Protocol {
        TCP("tcp", 6),
        UDP("udp", 17),
        ICMP("icmp", 1),
        ICMPV6("ipv6-icmp", 58);

        private final String text;
        private final int number;

        Protocol(String text, int number) {
            this.text = text;
            this.number = number;
        }

        /** Of the IANA registry of protocol numbers. */
        public int number() {
            return number;
        }

        boolean hasPorts() {
            return this == TCP || this == UDP;
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
        UNTRACKED,
        /** Its destination is translated; goes with each of the others. */
        DNAT
    }

    /** Of a packet in its connection. */
    public enum Direction {
        ORIGINAL,
        REPLY
    }

    public Rule {
        source = source.filter(cidr -> cidr.length() > 0);
        destination = destination.filter(cidr -> cidr.length() > 0);
        matches = sorted(matches);
        boolean hasPorts = protocol.filter(Protocol::hasPorts).isPresent();
        if (!hasPorts
                && (target.hasPorts()
                        || matches.stream()
                                .anyMatch(m -> m instanceof Match.Ports || m instanceof Match.SourcePorts))) {
            throw new IllegalArgumentException("only TCP and UDP have ports");
        }
        if (matches.stream().anyMatch(Match.Icmpv6Type.class::isInstance)
                && protocol.filter(Protocol.ICMPV6::equals).isEmpty()) {
            throw new IllegalArgumentException("only ICMPv6 has its types");
        }
    }

    private static List<Match> sorted(List<Match> matches) {
        if (matches.size() < 2) {
            return List.copyOf(matches);
        }
        List<Match> sorted =
                matches.stream().sorted(Comparator.comparingInt(Rule::place)).toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (place(sorted.get(i - 1)) == place(sorted.get(i))) {
                throw new IllegalArgumentException(
                        "asked twice: " + sorted.get(i).text());
            }
        }
        return sorted;
    }

    private static int place(Match match) {
        return ORDER.indexOf(match.getClass());
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
                target);
    }

    public static Rule accept() {
        return to(new Target.Accept());
    }

    public static Rule jump(String chain) {
        return to(new Target.Jump(chain));
    }

    public Rule from(Cidr network) {
        return new Rule(Optional.of(network), destination, in, out, protocol, matches, target);
    }

    public Rule into(Cidr network) {
        return new Rule(source, Optional.of(network), in, out, protocol, matches, target);
    }

    public Rule in(InterfaceName link) {
        return new Rule(source, destination, Optional.of(link), out, protocol, matches, target);
    }

    public Rule out(InterfaceName link) {
        return new Rule(source, destination, in, Optional.of(link), protocol, matches, target);
    }

    public Rule protocol(Protocol wanted, PortRange... destinationPorts) {
        Rule rule = new Rule(source, destination, in, out, Optional.of(wanted), matches, target);
        return destinationPorts.length == 0 ? rule : rule.with(new Match.Ports(List.of(destinationPorts)));
    }

    /** The same with one more match. */
    public Rule with(Match match) {
        List<Match> more = new ArrayList<>(matches);
        more.add(match);
        return new Rule(source, destination, in, out, protocol, more, target);
    }

    /** The same matches, with another outcome. */
    public Rule target(Target other) {
        return new Rule(source, destination, in, out, protocol, matches, other);
    }

    /** For packets that answer, or belong to, a connection that was let through. */
    public Rule answering() {
        return connection(Optional.empty(), ConnectionState.RELATED, ConnectionState.ESTABLISHED);
    }

    /** For packets of connections in one of some states, of either direction or of one. */
    public Rule connection(Optional<Direction> direction, ConnectionState first, ConnectionState... more) {
        return with(new Match.Connection(EnumSet.of(first, more), Optional.empty(), direction));
    }

    /** Destination ports; empty: any. */
    public List<PortRange> ports() {
        return matches.stream()
                .flatMap(match -> match instanceof Match.Ports ports ? ports.ranges().stream() : Stream.of())
                .toList();
    }

    /** Source ports; empty: any. */
    public List<PortRange> sourcePorts() {
        return matches.stream()
                .flatMap(match -> match instanceof Match.SourcePorts ports ? ports.ranges().stream() : Stream.of())
                .toList();
    }

    /** What is asked of the connection. */
    public Optional<Match.Connection> connection() {
        return matches.stream()
                .filter(Match.Connection.class::isInstance)
                .map(Match.Connection.class::cast)
                .findFirst();
    }

    /** States of the connection, one of which it is in; empty: any. */
    public Set<ConnectionState> states() {
        return connection().map(Match.Connection::states).orElse(Set.of());
    }

    /** Whether every packet that {@code other} meets is met by this rule, and the same is done with it. */
    public boolean covers(Rule other) {
        return target.equals(other.target)
                && wider(source, other.source)
                && wider(destination, other.destination)
                && (in.isEmpty() || in.equals(other.in))
                && (out.isEmpty() || out.equals(other.out))
                && (protocol.isEmpty() || protocol.equals(other.protocol))
                && matches.stream()
                        .allMatch(match -> other.matches.stream()
                                .anyMatch(its -> place(its) == place(match) && match.covers(its)));
    }

    private static boolean wider(Optional<Cidr> network, Optional<Cidr> other) {
        return network.isEmpty() || other.filter(network.get()::contains).isPresent();
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        source.ifPresent(cidr -> text.append("-s ").append(cidr).append(' '));
        destination.ifPresent(cidr -> text.append("-d ").append(cidr).append(' '));
        in.ifPresent(link -> text.append("-i ").append(link).append(' '));
        out.ifPresent(link -> text.append("-o ").append(link).append(' '));
        protocol.ifPresent(wanted -> text.append("-p ").append(wanted).append(' '));
        matches.forEach(match -> text.append(match.text()).append(' '));
        return text.append("-j ").append(target).toString();
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
