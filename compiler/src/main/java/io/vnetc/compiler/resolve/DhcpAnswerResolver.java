// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.dnsmasq.ConfigurationLine;
import io.vnetc.compiler.dnsmasq.DhcpOptionKind;
import io.vnetc.compiler.dnsmasq.DhcpOptions;
import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Boot;
import io.vnetc.dsl.vnet.DhcpOption;
import io.vnetc.dsl.vnet.DhcpOptionValue;
import io.vnetc.dsl.vnet.VnetPackage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients are told beside their addresses: options, and what to boot from. */
final class DhcpAnswerResolver {
    /** RFC 2131 section 2: the field has 128 octets, the last of which is zero. */
    private static final int MOST_FILE_BYTES = 127;
    /** RFC 2132 section 2: an option has a length of one octet. */
    private static final int MOST_OPTION_BYTES = 255;
    /** RFC 791: what every host has to take. */
    private static final int LEAST_MTU = 68;

    private final Resolution resolution;
    private final OptionValues values;

    DhcpAnswerResolver(Resolution resolution) {
        this.resolution = resolution;
        this.values = new OptionValues(resolution);
    }

    /** What one or more blocks say together, which say each thing once. */
    Dhcp.Answer answer(List<io.vnetc.dsl.vnet.Dhcp> blocks, Cidr network) {
        List<Boot> boots =
                blocks.stream().flatMap(block -> block.getBoots().stream()).toList();
        if (boots.size() > 1) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.REPEATED_SETTING,
                            resolution.place(boots.get(1)),
                            "`boot` is given twice for the clients of " + network)
                    .withHint("keep one of them")
                    .withRelated(resolution.place(boots.get(0)), "the first one is here"));
        }
        Map<Integer, DhcpOption> first = new HashMap<>();
        List<Dhcp.Option> options = new ArrayList<>();
        for (io.vnetc.dsl.vnet.Dhcp block : blocks) {
            for (DhcpOption written : block.getOptions()) {
                option(written, network).ifPresent(option -> {
                    DhcpOption other = first.putIfAbsent(option.number(), written);
                    if (other == null) {
                        options.add(option);
                    } else {
                        twice(written, other, network);
                    }
                });
            }
        }
        options.sort(Comparator.comparing(Dhcp.Option::number));
        return new Dhcp.Answer(only(boots).flatMap(boot -> boot(boot, network)), options);
    }

    /** The block's own, and of the subnet's what the block does not say. */
    static Dhcp.Answer over(Dhcp.Answer own, Dhcp.Answer subnet) {
        List<Dhcp.Option> options = new ArrayList<>(own.options());
        subnet.options().stream()
                .filter(option -> own.option(option.number()).isEmpty())
                .forEach(options::add);
        options.sort(Comparator.comparing(Dhcp.Option::number));
        return new Dhcp.Answer(own.boot().or(subnet::boot), options);
    }

    private void twice(DhcpOption written, DhcpOption other, Cidr network) {
        resolution.report(Diagnostic.error(
                        DiagnosticCode.DHCP_OPTION_TWICE,
                        place(written),
                        "the option " + describe(written) + " is given twice for the clients of " + network)
                .withHint("keep one of them; several values stand in one line, with commas between them")
                .withRelated(place(other), "the first one is here"));
    }

    private Optional<Dhcp.Boot> boot(Boot boot, Cidr network) {
        if (network.family() == IpFamily.IPV6) {
            resolution.error(
                    DiagnosticCode.DHCP_FAMILY,
                    resolution.place(boot),
                    "`boot` is a part of DHCPv4, and " + network + " is IPv6",
                    "write `option boot-file-url \"http://…\"`");
            return Optional.empty();
        }
        String file = boot.getFile();
        if (!OptionValue.Text.isText(file) || file.getBytes(StandardCharsets.UTF_8).length > MOST_FILE_BYTES) {
            resolution.error(
                    DiagnosticCode.BOOT_FILE,
                    resolution.place(boot, VnetPackage.Literals.BOOT__FILE),
                    "the name of the boot file has to have 1 to " + MOST_FILE_BYTES
                            + " bytes of characters that are printed (RFC 2131)",
                    "shorten it, as in \"pxelinux.0\"");
            return Optional.empty();
        }
        Optional<IpAddress> server = Optional.ofNullable(boot.getServer())
                .flatMap(written ->
                        values.read(written, ValueType.ADDRESS, 0, Optional.of(network), Optional.of(IpFamily.IPV4)))
                .map(value -> ((OptionValue.Address) value).address());
        return Optional.of(new Dhcp.Boot(file, server));
    }

    private Optional<Dhcp.Option> option(DhcpOption written, Cidr network) {
        return written.getName() == null ? numbered(written, network) : named(written, network);
    }

    private Optional<Dhcp.Option> named(DhcpOption written, Cidr network) {
        IpFamily family = network.family();
        Optional<DhcpOptionKind> found = DhcpOptions.named(written.getName(), family);
        if (found.isEmpty()) {
            unknown(written, family);
            return Optional.empty();
        }
        DhcpOptionKind kind = found.get();
        if (written.isNone()) {
            if (!kind.sentAnyway()) {
                wrong(
                        written,
                        "`" + kind.name() + "` is not sent where nobody asks for it, so `none` says nothing",
                        "remove the line");
                return Optional.empty();
            }
            return Optional.of(new Dhcp.Option(kind.number(), List.of()));
        }
        return values(written, kind.type(), kind.many(), network)
                .map(read -> new Dhcp.Option(kind.number(), read))
                .filter(option -> isSound(written, kind, option))
                .filter(option -> fits(written, option, family));
    }

    private boolean isSound(DhcpOption written, DhcpOptionKind kind, Dhcp.Option option) {
        if (kind.family() == IpFamily.IPV4
                && kind.number() == DhcpOptions.MTU
                && option.values().get(0) instanceof OptionValue.Whole mtu
                && mtu.number() < LEAST_MTU) {
            wrong(written, "an MTU is at least " + LEAST_MTU + " (RFC 2132)", "write it as in 1400");
            return false;
        }
        if (kind.type() == ValueType.OCTETS
                && ((OptionValue.Octets) option.values().get(0)).text().length() < 5) {
            wrong(
                    written,
                    "dnsmasq takes two octets at least for `" + kind.name() + "`",
                    "write it as in \"01:04:0a:ff\"");
            return false;
        }
        return true;
    }

    private void unknown(DhcpOption written, IpFamily family) {
        IpFamily other = family == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4;
        boolean elsewhere = DhcpOptions.named(written.getName(), other).isPresent();
        resolution.error(
                DiagnosticCode.UNKNOWN_DHCP_OPTION,
                place(written),
                elsewhere
                        ? "`" + written.getName() + "` is an option of DHCPv" + (other == IpFamily.IPV4 ? 4 : 6)
                                + " only"
                        : "there is no option `" + written.getName() + "` of DHCPv" + (family == IpFamily.IPV4 ? 4 : 6),
                elsewhere
                        ? "move it to a subnet of that family"
                        : "write its number and the type of its values, as in `option 224 text \"hello\"`, or one of: "
                                + DhcpOptions.of(family).stream()
                                        .map(DhcpOptionKind::name)
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }

    private Optional<Dhcp.Option> numbered(DhcpOption written, Cidr network) {
        IpFamily family = network.family();
        int most = family == IpFamily.IPV4 ? 254 : 65_535;
        if (!written.getNumber().matches("[1-9][0-9]{0,4}") || Integer.parseInt(written.getNumber()) > most) {
            resolution.error(
                    DiagnosticCode.UNKNOWN_DHCP_OPTION,
                    place(written),
                    "`" + written.getNumber() + "` is not the number of an option: those go from 1 to " + most,
                    "write it as in `option 224 text \"hello\"`");
            return Optional.empty();
        }
        int number = Integer.parseInt(written.getNumber());
        Optional<String> taken = DhcpOptions.taken(number, family);
        if (taken.isPresent()) {
            resolution.error(
                    DiagnosticCode.DHCP_OPTION_TAKEN,
                    place(written),
                    "option " + number + " cannot be set: it is " + taken.get(),
                    "remove it");
            return Optional.empty();
        }
        Optional<DhcpOptionKind> kind = DhcpOptions.numbered(number, family);
        if (kind.isPresent()) {
            resolution.error(
                    DiagnosticCode.DHCP_OPTION_TAKEN,
                    place(written),
                    "option " + number + " has a name",
                    "write `option " + kind.get().name() + " "
                            + kind.get().type().example() + "`");
            return Optional.empty();
        }
        Optional<ValueType.NumberedType> type = ValueType.word(written.getType());
        if (type.isEmpty()) {
            resolution.error(
                    DiagnosticCode.OPTION_VALUE,
                    resolution.place(written, VnetPackage.Literals.DHCP_OPTION__TYPE),
                    "`" + written.getType() + "` is not a type of an option's values",
                    "choose from " + String.join(", ", ValueType.words()));
            return Optional.empty();
        }
        if (written.isNone()) {
            wrong(
                    written,
                    "option " + number + " is not sent where nobody asks for it, so `none` says nothing",
                    "remove it");
            return Optional.empty();
        }
        return values(written, type.get().type(), type.get().many(), network)
                .map(read -> new Dhcp.Option(number, read))
                .filter(option -> fits(written, option, family));
    }

    private Optional<List<OptionValue>> values(DhcpOption written, ValueType type, boolean many, Cidr network) {
        List<DhcpOptionValue> given = written.getValues();
        if (given.size() > 1 && !many) {
            wrong(written, "the option " + describe(written) + " has one value: " + type.description(), "keep one");
            return Optional.empty();
        }
        List<OptionValue> read = new ArrayList<>();
        for (DhcpOptionValue value : given) {
            value(value, type, network).ifPresent(read::add);
        }
        return read.size() == given.size() ? Optional.of(read) : Optional.empty();
    }

    private Optional<OptionValue> value(DhcpOptionValue value, ValueType type, Cidr network) {
        boolean pair = type == ValueType.WAY || type == ValueType.HOST_WAY;
        if (pair != (value.getGateway() != null)) {
            values.wrong(
                    pair ? value.getValue() : value.getGateway(),
                    pair ? "the route has no router" : "`via` belongs to routes, and this is " + type.description(),
                    pair ? "write it as in " + type.example() : "remove `via` and what comes behind it");
            return Optional.empty();
        }
        return pair
                ? values.way(value.getValue(), value.getGateway(), type == ValueType.HOST_WAY, network)
                : values.read(value.getValue(), type, type.most(), Optional.of(network), Optional.of(network.family()));
    }

    private boolean fits(DhcpOption written, Dhcp.Option option, IpFamily family) {
        int bytes = option.values().stream().mapToInt(DhcpAnswerResolver::bytes).sum();
        boolean fits = bytes <= MOST_OPTION_BYTES && ConfigurationLine.fits(ConfigurationLine.of(option, family, ""));
        if (!fits) {
            wrong(
                    written,
                    "the option " + describe(written) + " has " + bytes + " bytes, and at most " + MOST_OPTION_BYTES
                            + " are sent",
                    "shorten it");
        }
        return fits;
    }

    private static int bytes(OptionValue value) {
        if (value instanceof OptionValue.Address known) {
            return known.address().toBytes().length;
        } else if (value instanceof OptionValue.Way known) {
            return 1 + (known.destination().length() + 7) / 8 + 4;
        } else if (value instanceof OptionValue.Name known) {
            return known.name().text().length() + 2;
        } else if (value instanceof OptionValue.Text known) {
            return known.text().getBytes(StandardCharsets.UTF_8).length;
        } else if (value instanceof OptionValue.Octets known) {
            return (known.text().length() + 1) / 3;
        }
        return 4;
    }

    private void wrong(DhcpOption written, String message, String hint) {
        resolution.error(DiagnosticCode.OPTION_VALUE, place(written), message, hint);
    }

    private io.vnetc.dsl.diagnostic.SourceRange place(DhcpOption written) {
        return resolution.place(
                written,
                written.getName() == null
                        ? VnetPackage.Literals.DHCP_OPTION__NUMBER
                        : VnetPackage.Literals.DHCP_OPTION__NAME);
    }

    private static String describe(DhcpOption written) {
        return written.getName() == null ? written.getNumber() : "`" + written.getName() + "`";
    }
}
