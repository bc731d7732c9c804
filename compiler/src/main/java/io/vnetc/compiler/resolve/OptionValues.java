// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.dnsmasq.Tags;
import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.vnet.Expression;
import java.util.Locale;
import java.util.Optional;

/** Values of DHCP options and of dnsmasq's settings, each of the type that is wanted. */
final class OptionValues {
    private final Resolution resolution;

    OptionValues(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * The value, where it is of the type; what is wrong is reported at it.
     *
     * @param within the subnet that {@code .10} is a host of
     * @param family of addresses; empty: any
     */
    Optional<OptionValue> read(
            Expression written, ValueType type, long greatest, Optional<Cidr> within, Optional<IpFamily> family) {
        return switch (type) {
            case ADDRESS -> address(written, within, family).map(OptionValue.Address::new);
            case NETWORK -> resolution.values().cidr(written).map(OptionValue.Network::new);
            case NUMBER, NUMBER8, NUMBER16, NUMBER32, PORT ->
                resolution
                        .values()
                        .integer(written, type == ValueType.PORT ? 1 : 0, greatest, "a number")
                        .map(number -> new OptionValue.Whole(number, type.octets()));
            case TIME -> time(written, greatest);
            case FLAG -> flag(written);
            case NAME -> name(written);
            case TEXT ->
                text(written, "a text")
                        .filter(text -> is(
                                written,
                                OptionValue.Text.isText(text),
                                text,
                                "1 to 255 bytes of characters that are printed"))
                        .map(OptionValue.Text::new);
            case OCTETS ->
                text(written, "octets")
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(text -> is(
                                written,
                                text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){0,254}"),
                                text,
                                "pairs of hexadecimal digits with colons between them"))
                        .map(OptionValue.Octets::new);
            case WILDCARD_NAME ->
                text(written, "a name")
                        .filter(text -> is(
                                written, Tags.isWildcardName(text), text, "a domain name, with perhaps `*.` before it"))
                        .map(text -> new OptionValue.Text(text.toLowerCase(Locale.ROOT)));
            case TAG ->
                text(written, "a tag")
                        .filter(text -> is(written, Tags.isTag(text), text, "letters, digits, `-` and `_`"))
                        .map(OptionValue.Text::new);
            case TAGS ->
                text(written, "tags")
                        .filter(text -> is(
                                written,
                                Tags.areTags(text),
                                text,
                                "tags of letters, digits, `-` and `_`, with `+` between them"))
                        .map(OptionValue.Text::new);
            case WAY, HOST_WAY -> throw new IllegalArgumentException("a way has two parts");
        };
    }

    /** A destination and the router to it. */
    Optional<OptionValue> way(Expression destination, Expression gateway, boolean host, Cidr within) {
        Optional<Cidr> target = host
                ? address(destination, Optional.of(within), Optional.of(IpFamily.IPV4))
                        .map(address -> new Cidr(address, IpFamily.IPV4.bits()))
                : resolution.values().cidr(destination).filter(network -> hasFamily(destination, network.family()));
        Optional<IpAddress> router = address(gateway, Optional.of(within), Optional.of(IpFamily.IPV4));
        return target.flatMap(to -> router.map(via -> new OptionValue.Way(to, via)));
    }

    private boolean hasFamily(Expression written, IpFamily family) {
        if (family == IpFamily.IPV6) {
            wrong(written, "an IPv6 network in an option of DHCPv4", "write an IPv4 network, as in 10.0.0.0/8");
        }
        return family == IpFamily.IPV4;
    }

    private Optional<IpAddress> address(Expression written, Optional<Cidr> within, Optional<IpFamily> family) {
        return resolution.values().address(written, within).filter(address -> {
            boolean fits = family.isEmpty() || family.get() == address.family();
            if (!fits) {
                String wanted = family.get() == IpFamily.IPV4 ? "IPv4" : "IPv6";
                wrong(
                        written,
                        "the address " + address + " stands in an option of DHCPv"
                                + (family.get() == IpFamily.IPV4 ? 4 : 6),
                        "write an " + wanted + " address, or put the option into the `dhcp` of the other subnet");
            }
            return fits;
        });
    }

    private Optional<OptionValue> time(Expression written, long greatest) {
        return resolution.values().duration(written).flatMap(time -> {
            if (time.toMillisPart() != 0 || time.toSeconds() > greatest) {
                wrong(
                        written,
                        "the time has to be whole seconds, and at most " + greatest + "s",
                        "write it as in 30s, 5m or 1h");
                return Optional.empty();
            }
            return Optional.of(new OptionValue.Time(time));
        });
    }

    private Optional<OptionValue> flag(Expression written) {
        Optional<Value> value = resolution.values().evaluate(written);
        if (value.isPresent() && value.get() instanceof Value.Truth truth) {
            return Optional.of(new OptionValue.Flag(truth.holds()));
        }
        value.ifPresent(other -> wrong(written, "`true` or `false` is wanted here", "write one of them"));
        return Optional.empty();
    }

    private Optional<OptionValue> name(Expression written) {
        return text(written, "a domain name").flatMap(text -> {
            try {
                return Optional.of(new OptionValue.Name(DomainName.parse(text)));
            } catch (LiteralException e) {
                resolution.error(
                        DiagnosticCode.NAME_FORM,
                        resolution.place(written),
                        e.getMessage(),
                        e.hint().orElse("a domain name has labels of letters, digits and `-`, with dots between them"));
                return Optional.empty();
            }
        });
    }

    /** What stands in quotes. */
    Optional<String> text(Expression written, String what) {
        Optional<Value> value = resolution.values().evaluate(written);
        if (value.isPresent() && value.get() instanceof Value.Quoted quoted) {
            return Optional.of(quoted.text());
        }
        // What cannot be evaluated has been reported.
        value.ifPresent(other -> resolution.error(
                DiagnosticCode.QUOTES,
                resolution.place(written),
                what + " is written in quotes",
                other instanceof Value.Word word ? "write it as in \"" + word.text() + "\"" : "put it in quotes"));
        return Optional.empty();
    }

    private boolean is(Expression written, boolean right, String text, String wanted) {
        if (!right) {
            wrong(written, "`" + shown(text) + "` is not " + wanted, "write " + wanted);
        }
        return right;
    }

    private static String shown(String text) {
        String clean = text.codePoints()
                .limit(60)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.length() < text.length() ? clean + "…" : clean;
    }

    void wrong(Expression written, String message, String hint) {
        resolution.error(DiagnosticCode.OPTION_VALUE, resolution.place(written), message, hint);
    }
}
