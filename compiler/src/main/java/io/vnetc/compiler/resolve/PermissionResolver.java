// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.kind.ByteRate;
import io.vnetc.compiler.kind.PacketRate;
import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.Permission.PacketLimit;
import io.vnetc.compiler.model.Permission.Protocol;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.PermissionAction;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all rules have in common, be they between networks or between guests of one. */
final class PermissionResolver {
    private static final Pattern LIMIT = Pattern.compile("([0-9]{1,9})/(s|sec|second|m|min|minute|h|hour|d|day)");

    private final Resolution resolution;
    private final EndpointResolver endpoints;

    PermissionResolver(Resolution resolution, EndpointResolver endpoints) {
        this.resolution = resolution;
        this.endpoints = endpoints;
    }

    Optional<Permission> resolve(io.vnetc.dsl.vnet.Permission written) {
        Optional<Endpoint> from = endpoints.resolve(written.getFrom(), place(written, true));
        Optional<Endpoint> to = endpoints.resolve(written.getTo(), place(written, false));
        boolean allow = written.getAction() == PermissionAction.ALLOW;
        Optional<Protocol> protocol = protocol(written);
        List<PortRange> ports = written.getPorts().stream()
                .flatMap(port -> resolution.values().portRange(port).stream())
                .toList();
        checkPorts(written, protocol);
        Optional<PacketLimit> limit = Optional.ofNullable(written.getLimit()).flatMap(this::limit);
        Optional<Rate> rate = Optional.ofNullable(written.getRate()).flatMap(this::rate);
        if (!allow) {
            refuseOfDenial(written.getLimit(), "limit");
            refuseOfDenial(written.getRate(), "rate");
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Permission(
                allow,
                from.get(),
                to.get(),
                written.isBoth(),
                protocol,
                ports,
                limit,
                rate,
                resolution.origin(written)));
    }

    SourceRange place(io.vnetc.dsl.vnet.Permission written, boolean from) {
        return resolution.place(written, from ? Literals.PERMISSION__FROM : Literals.PERMISSION__TO);
    }

    private static Optional<Protocol> protocol(io.vnetc.dsl.vnet.Permission written) {
        return only(written.getProtocols()).map(protocol -> Protocol.valueOf(protocol.getName()));
    }

    private void checkPorts(io.vnetc.dsl.vnet.Permission written, Optional<Protocol> protocol) {
        if (!written.getPorts().isEmpty()
                && protocol.filter(Protocol.ICMP::equals).isPresent()) {
            resolution.error(
                    DiagnosticCode.RULE_SETTING,
                    resolution.place(written, Literals.PERMISSION__PORTS),
                    "ICMP has no ports",
                    "remove them");
        }
    }

    private void refuseOfDenial(Expression written, String setting) {
        if (written != null) {
            resolution.error(
                    DiagnosticCode.RULE_SETTING,
                    resolution.place(written),
                    "what is denied has no `" + setting + "`",
                    "remove it, or write `allow`: what is beyond its " + setting + " is dropped");
        }
    }

    private Optional<PacketLimit> limit(Expression written) {
        Optional<String> text = resolution
                .values()
                .evaluate(written)
                .flatMap(value -> value instanceof Value.Word word ? Optional.of(word.text()) : Optional.empty());
        Matcher matcher = LIMIT.matcher(text.orElse(""));
        if (!matcher.matches()) {
            resolution.error(
                    DiagnosticCode.PACKET_LIMIT,
                    resolution.place(written),
                    "this is not a number of packets in a time",
                    "write it as in 100/s, 10/minute, 5/hour or 1/day");
            return Optional.empty();
        }
        PacketLimit.Unit unit = switch (matcher.group(2).charAt(0)) {
            case 's' -> PacketLimit.Unit.SECOND;
            case 'm' -> PacketLimit.Unit.MINUTE;
            case 'h' -> PacketLimit.Unit.HOUR;
            default -> PacketLimit.Unit.DAY;
        };
        int packets = Integer.parseInt(matcher.group(1));
        if (packets < 1 || packets > PacketRate.MOST_PER_SECOND) {
            resolution.error(
                    DiagnosticCode.PACKET_LIMIT,
                    resolution.place(written),
                    "the kernel counts from 1 to " + PacketRate.MOST_PER_SECOND + " packets, not " + packets,
                    "choose another number, or another time");
            return Optional.empty();
        }
        return Optional.of(new PacketLimit(packets, unit));
    }

    private Optional<Rate> rate(Expression written) {
        Optional<Rate> rate = resolution.values().rate(written);
        if (rate.filter(value -> value.compareTo(ByteRate.LEAST_RATE) < 0 || value.compareTo(ByteRate.MOST_RATE) > 0)
                .isPresent()) {
            resolution.error(
                    DiagnosticCode.RULE_SETTING,
                    resolution.place(written),
                    "a rule's rate is from " + ByteRate.LEAST_RATE + " to " + ByteRate.MOST_RATE,
                    "choose one in between");
            return Optional.empty();
        }
        return rate;
    }
}
