// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
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
        List<PortRange> ports = new ArrayList<>();
        Set<ConnectionState> states = EnumSet.noneOf(ConnectionState.class);
        while (true) {
            Optional<String> match = option("-m");
            if (match.isEmpty()) {
                break;
            }
            if (match.get().equals("conntrack")) {
                for (String state : required("--ctstate").split(",", -1)) {
                    states.add(ConnectionState.valueOf(state));
                }
            } else {
                for (String range : required("--dports").split(",", -1)) {
                    ports.add(ports(range, ':'));
                }
            }
        }
        Target target = target(required("-j"));
        if (next != words.length) {
            throw new IllegalArgumentException("more than a rule");
        }
        return new Rule(source, destination, in, out, protocol, ports, states, target);
    }

    private Target target(String name) {
        return switch (name) {
            case "ACCEPT" -> new Target.Accept();
            case "DROP" -> new Target.Drop();
            case "RETURN" -> new Target.Return();
            case "REJECT" -> new Target.Reject(required("--reject-with"));
            case "MASQUERADE" -> new Target.Masquerade(option("--to-ports").map(range -> ports(range, '-')));
            default -> new Target.Jump(name);
        };
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
