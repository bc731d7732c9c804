// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Direction;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads rules in the spelling of {@link Rule#text}; every other spelling, and every other match, is refused. */
final class RuleParser {
    private final String[] words;
    private int next;

    private RuleParser(String text) {
        words = text.split(" ", -1);
    }

    /** The rule whose text this is; absent where there is none. */
    static Optional<Rule> parse(String text) {
        try {
            Rule rule = new RuleParser(text).rule();
            return rule.text().equals(text) ? Optional.of(rule) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Rule rule() {
        Optional<Cidr> source = option("-s").map(Cidr::parse);
        Optional<Cidr> destination = option("-d").map(Cidr::parse);
        Optional<InterfaceName> in = option("-i").map(InterfaceName::new);
        Optional<InterfaceName> out = option("-o").map(InterfaceName::new);
        Optional<Protocol> protocol = option("-p").map(RuleParser::protocol);
        List<Match> matches = new ArrayList<>();
        for (Optional<String> module = option("-m"); module.isPresent(); module = option("-m")) {
            matches.add(match(module.get()));
        }
        Target target = target(required("-j"));
        if (next != words.length) {
            throw new IllegalArgumentException("more than a rule");
        }
        return new Rule(source, destination, in, out, protocol, matches, target);
    }

    private Match match(String module) {
        return switch (module) {
            case "addrtype" -> {
                required("--dst-type");
                yield new Match.Local();
            }
            case "mac" -> new Match.Sender(MacAddress.parse(required("--mac-source")));
            case "icmp6" -> new Match.Icmpv6Type(Integer.parseInt(required("--icmpv6-type")));
            case "multiport" ->
                option("--sports")
                        .<Match>map(text -> new Match.SourcePorts(portList(text)))
                        .orElseGet(() -> new Match.Ports(portList(required("--dports"))));
            case "conntrack" -> {
                Set<ConnectionState> states = EnumSet.noneOf(ConnectionState.class);
                option("--ctstate")
                        .ifPresent(text -> Arrays.stream(text.split(",", -1))
                                .map(ConnectionState::valueOf)
                                .forEach(states::add));
                Optional<PortRange> asked = option("--ctorigdstport").map(range -> ports(range, ':'));
                yield new Match.Connection(states, asked, option("--ctdir").map(Direction::valueOf));
            }
            case "limit" -> {
                String average = required("--limit");
                yield new Match.Limited(option("--limit-burst")
                        .map(burst -> PacketRate.parse(average, burst))
                        .orElseGet(() -> PacketRate.parse(average)));
            }
            case "hashlimit" ->
                new Match.Beyond(ByteRate.parse(required("--hashlimit-above"), required("--hashlimit-name")));
            default -> throw new IllegalArgumentException("another match");
        };
    }

    private static List<PortRange> portList(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(range -> ports(range, ':'))
                .toList();
    }

    private Target target(String name) {
        return switch (name) {
            case "ACCEPT" -> new Target.Accept();
            case "DROP" -> new Target.Drop();
            case "RETURN" -> new Target.Return();
            case "REJECT" -> new Target.Reject(required("--reject-with"));
            case "MASQUERADE" -> new Target.Masquerade(option("--to-ports").map(range -> ports(range, '-')));
            case "SNAT" -> sourceTo(required("--to-source"));
            case "DNAT" -> destinationTo(required("--to-destination"));
            default -> new Target.Jump(name);
        };
    }

    /** {@code a}, {@code a-b}, and with ports {@code a-b:1-2} or, of IPv6, {@code [a-b]:1-2}. */
    private static Target sourceTo(String text) {
        int end = endOfAddress(text);
        String range = text.substring(0, end).replace("[", "").replace("]", "");
        int dash = range.indexOf('-');
        IpAddress first = IpAddress.parse(dash < 0 ? range : range.substring(0, dash));
        IpAddress last = dash < 0 ? first : IpAddress.parse(range.substring(dash + 1));
        return new Target.SourceTo(
                new AddressRange(first, last),
                end == text.length() ? Optional.empty() : Optional.of(ports(text.substring(end + 1), '-')));
    }

    private static Target destinationTo(String text) {
        int end = endOfAddress(text);
        IpAddress address =
                IpAddress.parse(text.substring(0, end).replace("[", "").replace("]", ""));
        if (end == text.length()) {
            return new Target.DestinationTo(address, Optional.empty());
        }
        String shift = text.substring(end + 1);
        int slash = shift.indexOf('/');
        PortRange to = ports(slash < 0 ? shift : shift.substring(0, slash), '-');
        int from = slash < 0 ? 0 : Integer.parseInt(shift.substring(slash + 1));
        return new Target.DestinationTo(address, Optional.of(new Target.Shift(to, from)));
    }

    /** Where the colon before the ports is, or where the text ends. */
    private static int endOfAddress(String text) {
        int bracket = text.indexOf(']');
        if (bracket >= 0) {
            return bracket + 1;
        }
        int colon = text.indexOf(':');
        return colon < 0 || text.indexOf(':', colon + 1) >= 0 ? text.length() : colon;
    }

    private Optional<String> option(String name) {
        if (next + 1 < words.length && words[next].equals(name)) {
            next += 2;
            return Optional.of(words[next - 1]);
        }
        return Optional.empty();
    }

    private String required(String name) {
        return option(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    private static Protocol protocol(String text) {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("another protocol"));
    }

    private static PortRange ports(String text, char between) {
        int split = text.indexOf(between);
        int first = Integer.parseInt(split < 0 ? text : text.substring(0, split));
        return new PortRange(first, split < 0 ? first : Integer.parseInt(text.substring(split + 1)));
    }
}
