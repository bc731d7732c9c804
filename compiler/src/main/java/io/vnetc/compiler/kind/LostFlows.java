// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.Direction;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * Connections that were let through and are no more.
 *
 * @param source of them; absent: any
 * @param destination of them, where they really go; absent: any, but one of the two is there
 * @param protocol absent: any
 * @param ports of the destination; empty: any
 * @param eitherWay whether those that were opened from the other side are meant as well
 */
public record LostFlows(
        Optional<Cidr> source,
        Optional<Cidr> destination,
        Optional<Protocol> protocol,
        List<PortRange> ports,
        boolean eitherWay) {
    public LostFlows {
        ports = List.copyOf(ports);
    }

    /** What a rule that lets through took with it; absent where it was for answers, or says nothing of addresses. */
    static Optional<LostFlows> of(Rule rule, boolean eitherWay) {
        boolean isAnswer = !rule.sourcePorts().isEmpty()
                || rule.connection()
                        .flatMap(Match.Connection::direction)
                        .filter(Direction.REPLY::equals)
                        .isPresent();
        return isAnswer || (rule.source().isEmpty() && rule.destination().isEmpty())
                ? Optional.empty()
                : Optional.of(
                        new LostFlows(rule.source(), rule.destination(), rule.protocol(), rule.ports(), eitherWay));
    }

    /**
     * Whether a connection is one of them.
     *
     * @param number of the protocol
     * @param from who opened it, with its port
     * @param to who got it, with its port
     */
    public boolean hold(int number, End from, End to) {
        return protocol.filter(wanted -> wanted.number() != number).isEmpty()
                && (meets(from, to) || (eitherWay && meets(to, from)));
    }

    private boolean meets(End from, End to) {
        return source.filter(network -> !network.contains(from.address())).isEmpty()
                && destination
                        .filter(network -> !network.contains(to.address()))
                        .isEmpty()
                && (ports.isEmpty()
                        || ports.stream().anyMatch(range -> range.first() <= to.port() && to.port() <= range.last()));
    }

    /**
     * One end of a connection.
     *
     * @param port 0 where the protocol has none
     */
    public record End(IpAddress address, int port) {}
}
