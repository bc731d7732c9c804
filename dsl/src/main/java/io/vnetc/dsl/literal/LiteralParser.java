// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.literal;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.Duid;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the text of a literal as the kind that is wanted. The lexer does not tell kinds apart; all that is known of their
 * spelling is here and in the values.
 */
public final class LiteralParser {
    private LiteralParser() {}

    /** A network; its host bits are zero. */
    public static Cidr cidr(String text) throws LiteralProblem {
        return parse(LiteralKind.NETWORK, text, Cidr::parse);
    }

    /** An address of an interface, with the length of its network's prefix. */
    public static InterfaceAddress interfaceAddress(String text) throws LiteralProblem {
        return parse(LiteralKind.INTERFACE_ADDRESS, text, InterfaceAddress::parse);
    }

    /**
     * An address, or the host part of one.
     *
     * @param within the network that {@code .10} and {@code ::10} are hosts of
     */
    public static IpAddress address(String text, Optional<Cidr> within) throws LiteralProblem {
        if (text.startsWith(".")) {
            return hostPart(text, within);
        }
        if (text.startsWith("::") && within.isPresent()) {
            return hostPart(text, within.get());
        }
        if (text.contains("/")) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_ADDRESS,
                    "`" + text + "` has a prefix length; an address is wanted here",
                    "write " + text.substring(0, text.indexOf('/')));
        }
        return parse(LiteralKind.ADDRESS, text, IpAddress::parse);
    }

    private static IpAddress hostPart(String text, Optional<Cidr> within) throws LiteralProblem {
        if (within.isEmpty()) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` is part of an address, and no network is known here",
                    "write the whole address");
        }
        Cidr network = within.get();
        if (network.family() != IpFamily.IPV4) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` is part of an IPv4 address, and `" + network + "` is IPv6",
                    "write it as in ::" + text.substring(1));
        }
        String[] base = network.base().toString().split("\\.", -1);
        String[] octets = text.substring(1).split("\\.", -1);
        if (octets.length > 3) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` has more than three octets",
                    "an address has no dot before it");
        }
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int own = i - (4 - octets.length);
            whole.append(i == 0 ? "" : ".").append(own < 0 ? base[i] : octets[own]);
        }
        IpAddress address;
        try {
            address = IpAddress.parse(whole.toString());
        } catch (LiteralException e) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART, "`" + text + "` is not part of an address: its numbers are 0 to 255", "");
        }
        return inside(text, address, network);
    }

    private static IpAddress hostPart(String text, Cidr network) throws LiteralProblem {
        IpAddress host = parse(LiteralKind.ADDRESS, text, IpAddress::parse);
        if (network.family() != IpFamily.IPV6) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` is part of an IPv6 address, and `" + network + "` is IPv4",
                    "write it as in .10");
        }
        IpAddress base = network.base();
        boolean fits = host.masked(network.length()).isUnspecified();
        if (!fits) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` has more than the host part of `" + network + "`",
                    "write the whole address");
        }
        return new IpAddress(IpFamily.IPV6, base.high() | host.high(), base.low() | host.low());
    }

    private static IpAddress inside(String text, IpAddress address, Cidr network) throws LiteralProblem {
        if (!network.contains(address)) {
            throw LiteralProblem.of(
                    DiagnosticCode.HOST_PART,
                    "`" + text + "` means " + address + " here, which is not in `" + network + "`",
                    "that network goes from " + network.first() + " to " + network.last());
        }
        return address;
    }

    /** An Ethernet address that an interface can have: neither a group's nor all zero. */
    public static MacAddress mac(String text) throws LiteralProblem {
        MacAddress mac = parse(LiteralKind.MAC, text, MacAddress::parse);
        if (mac.isMulticast()) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_MAC,
                    "`" + text + "` is a group's address, and no interface can have it",
                    "the second digit of an interface's address is even, as in 52:54:00:12:34:56");
        }
        if (mac.bits() == 0) {
            throw LiteralProblem.of(DiagnosticCode.BAD_MAC, "no interface can have the address `" + text + "`", "");
        }
        return mac;
    }

    /** A DHCP unique identifier. */
    public static Duid duid(String text) throws LiteralProblem {
        return parse(LiteralKind.DUID, text, Duid::parse);
    }

    /** A time. */
    public static Duration duration(String text) throws LiteralProblem {
        return parse(LiteralKind.TIME, text, Durations::parse);
    }

    /** A rate. */
    public static Rate rate(String text) throws LiteralProblem {
        return parse(LiteralKind.RATE, text, Rate::parse);
    }

    /** A size. */
    public static ByteSize size(String text) throws LiteralProblem {
        return parse(LiteralKind.SIZE, text, ByteSize::parse);
    }

    /**
     * A whole number.
     *
     * @param what the number is, with its article, as in "an MTU"
     */
    public static long integer(String text, long min, long max, String what) throws LiteralProblem {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            String is = LiteralKind.describe(text)
                    .map(kind -> "is " + kind + "; a number is wanted here")
                    .orElse("is not a number");
            throw LiteralProblem.of(
                    DiagnosticCode.WRONG_LITERAL,
                    "`" + text + "` " + is,
                    what + " is a number from " + min + " to " + max);
        }
        boolean tooLong = text.length() > 18;
        long number = tooLong ? Long.MAX_VALUE : Long.parseLong(text);
        if (tooLong || number < min || number > max) {
            throw LiteralProblem.of(
                    DiagnosticCode.OUT_OF_RANGE,
                    "`" + text + "` is too " + (number < min ? "small for " : "large for ") + what,
                    what + " is a number from " + min + " to " + max);
        }
        return number;
    }

    private static <T> T parse(LiteralKind kind, String text, Function<String, T> parser) throws LiteralProblem {
        try {
            return parser.apply(text);
        } catch (LiteralException e) {
            Optional<LiteralProblem> unit = Units.problem(kind, text);
            if (unit.isPresent()) {
                throw unit.get();
            }
            Optional<String> other = LiteralKind.describe(text);
            boolean near =
                    kind == LiteralKind.NETWORK && (text.contains("/") || other.equals(Optional.of("an address")));
            if (other.isPresent() && !near && !other.get().equals(kind.label())) {
                throw LiteralProblem.of(
                        DiagnosticCode.WRONG_LITERAL,
                        "`" + text + "` is " + other.get() + "; " + kind.label() + " is wanted here",
                        "as in " + kind.example());
            }
            String hint = e.hint()
                    .orElse(
                            kind == LiteralKind.NETWORK || kind == LiteralKind.ADDRESS
                                    ? ""
                                    : "as in " + kind.example());
            throw LiteralProblem.of(kind.code(), e.getMessage(), hint);
        }
    }
}
