// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.PortRange;
import java.util.Arrays;
import java.util.Optional;

/**
 * A rule of ebtables, for frames that a bridge hands from one port to another. Its text is what ebtables-save prints for it
 * (the nft variant, which comes with iptables). There is no connection tracking: answers are known by their ports.
 *
 * @param type absent: any frame
 * @param in the port that it came in by
 * @param out the port that it goes out by
 * @param protocol of IPv4 and IPv6 only
 * @param sourcePorts of TCP and UDP only
 * @param ports that it goes to; of TCP and UDP only
 * @param neighbours whether only neighbour solicitations and advertisements are meant; of ICMPv6 only
 * @param rate only so many in a time
 * @param target accept, drop or a jump
 */
public record FrameRule(
        Optional<EtherType> type,
        Optional<InterfaceName> in,
        Optional<InterfaceName> out,
        Optional<Protocol> protocol,
        Optional<PortRange> sourcePorts,
        Optional<PortRange> ports,
        boolean neighbours,
        Optional<PacketRate> rate,
        Target target)
        implements ChainLine {
    /** Neighbour solicitation and advertisement (RFC 4861), with any code. */
    private static final String NEIGHBOURS = "135:136/0:255";

    /** As ebtables-save names it. */
    public enum EtherType {
        ARP("ARP", ""),
        IPV4("IPv4", "--ip-"),
        IPV6("IPv6", "--ip6-");

        private final String text;
        private final String option;

        EtherType(String text, String option) {
            this.text = text;
            this.option = option;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public FrameRule {
        boolean isPacket = type.filter(EtherType.ARP::equals).isEmpty() && type.isPresent();
        if (protocol.isPresent() && !isPacket) {
            throw new IllegalArgumentException("only IP packets have a protocol");
        }
        if ((sourcePorts.isPresent() || ports.isPresent())
                && protocol.filter(Protocol::hasPorts).isEmpty()) {
            throw new IllegalArgumentException("only TCP and UDP have ports");
        }
        if (neighbours && protocol.filter(Protocol.ICMPV6::equals).isEmpty()) {
            throw new IllegalArgumentException("only ICMPv6 knows neighbours");
        }
    }

    /** A rule that meets every frame. */
    public static FrameRule to(Target target) {
        return new FrameRule(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                target);
    }

    public FrameRule type(EtherType wanted) {
        return new FrameRule(Optional.of(wanted), in, out, protocol, sourcePorts, ports, neighbours, rate, target);
    }

    public FrameRule in(InterfaceName port) {
        return new FrameRule(type, Optional.of(port), out, protocol, sourcePorts, ports, neighbours, rate, target);
    }

    public FrameRule out(InterfaceName port) {
        return new FrameRule(type, in, Optional.of(port), protocol, sourcePorts, ports, neighbours, rate, target);
    }

    public FrameRule protocol(Protocol wanted) {
        return new FrameRule(type, in, out, Optional.of(wanted), sourcePorts, ports, neighbours, rate, target);
    }

    public FrameRule fromPorts(PortRange range) {
        return new FrameRule(type, in, out, protocol, Optional.of(range), ports, neighbours, rate, target);
    }

    public FrameRule toPorts(PortRange range) {
        return new FrameRule(type, in, out, protocol, sourcePorts, Optional.of(range), neighbours, rate, target);
    }

    /** Of IPv6: asking who has an address, and telling. */
    public FrameRule ofNeighbours() {
        return new FrameRule(
                Optional.of(EtherType.IPV6),
                in,
                out,
                Optional.of(Protocol.ICMPV6),
                sourcePorts,
                ports,
                true,
                rate,
                target);
    }

    public FrameRule limited(PacketRate most) {
        return new FrameRule(type, in, out, protocol, sourcePorts, ports, neighbours, Optional.of(most), target);
    }

    public FrameRule target(Target other) {
        return new FrameRule(type, in, out, protocol, sourcePorts, ports, neighbours, rate, other);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        type.ifPresent(wanted -> text.append("-p ").append(wanted).append(' '));
        in.ifPresent(port -> text.append("-i ").append(port).append(' '));
        out.ifPresent(port -> text.append("-o ").append(port).append(' '));
        type.ifPresent(wanted -> {
            protocol.ifPresent(
                    it -> text.append(wanted.option).append("proto ").append(it).append(' '));
            sourcePorts.ifPresent(range -> ports(text, wanted.option + "sport ", range));
            ports.ifPresent(range -> ports(text, wanted.option + "dport ", range));
            if (neighbours) {
                text.append("--ip6-icmp-type ").append(NEIGHBOURS).append(' ');
            }
        });
        rate.ifPresent(most -> text.append(most.ebtables()).append(' '));
        return text.append("-j ").append(target).toString();
    }

    private static void ports(StringBuilder text, String option, PortRange range) {
        text.append(option).append(Rule.ports(range, ':')).append(' ');
    }

    /** Reads a line that ebtables-save printed; what is no such rule is kept as it is. */
    static ChainLine parse(String text) {
        try {
            FrameRule rule = new Parser(text).rule();
            return rule.text().equals(text) ? rule : new ChainLine.Unknown(text);
        } catch (IllegalArgumentException e) {
            return new ChainLine.Unknown(text);
        }
    }

    @Override
    public String toString() {
        return text();
    }

    private static final class Parser {
        private final String[] words;
        private int next;

        Parser(String text) {
            words = text.split(" ", -1);
        }

        FrameRule rule() {
            Optional<EtherType> type = option("-p").map(name -> among(EtherType.values(), name));
            Optional<InterfaceName> in = option("-i").map(InterfaceName::new);
            Optional<InterfaceName> out = option("-o").map(InterfaceName::new);
            String prefix = type.map(wanted -> wanted.option).orElse("");
            Optional<Protocol> protocol = option(prefix + "proto").map(name -> among(Protocol.values(), name));
            Optional<PortRange> sourcePorts = option(prefix + "sport").map(Parser::range);
            Optional<PortRange> ports = option(prefix + "dport").map(Parser::range);
            boolean neighbours =
                    option("--ip6-icmp-type").filter(NEIGHBOURS::equals).isPresent();
            Optional<PacketRate> rate = option("--limit")
                    .map(average ->
                            PacketRate.parse(average, option("--limit-burst").orElseThrow(Parser::unknown)));
            Target target = target(option("-j").orElseThrow(Parser::unknown));
            if (next != words.length) {
                throw unknown();
            }
            return new FrameRule(type, in, out, protocol, sourcePorts, ports, neighbours, rate, target);
        }

        private static Target target(String name) {
            return switch (name) {
                case "ACCEPT" -> new Target.Accept();
                case "DROP" -> new Target.Drop();
                case "RETURN" -> new Target.Return();
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

        private static <T> T among(T[] values, String name) {
            return Arrays.stream(values)
                    .filter(value -> value.toString().equals(name))
                    .findFirst()
                    .orElseThrow(Parser::unknown);
        }

        private static PortRange range(String text) {
            int colon = text.indexOf(':');
            int first = Integer.parseInt(colon < 0 ? text : text.substring(0, colon));
            return new PortRange(first, colon < 0 ? first : Integer.parseInt(text.substring(colon + 1)));
        }

        private static IllegalArgumentException unknown() {
            return new IllegalArgumentException("another rule");
        }
    }
}
