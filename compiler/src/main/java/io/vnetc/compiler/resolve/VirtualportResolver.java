// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Virtualport;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.VirtualportParameter;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a switch is told of a port: 802.1Qbg (VEPA with VDP), 802.1Qbh (VN-Link), Open vSwitch or MidoNet. The values are
 * kept as {@code linux/if_link.h} has them: {@code PORT_PROFILE_MAX}, {@code ifla_port_vsi}.
 */
final class VirtualportResolver {
    private static final String ANY = "any";

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Map<String, Parameter> PARAMETERS = Map.of(
            "manager", new Whole(255),
            "type", new Whole(0xff_ffff),
            "type-version", new Whole(255),
            "instance", new Uuid(),
            "interface", new Uuid(),
            "profile", new Profile());

    /** By type, which parameters it has, and which of them it cannot do without. */
    private static final Map<String, Type> TYPES = Map.of(
            "802.1Qbg",
            new Type(List.of("manager", "type", "type-version", "instance"), 3),
            "802.1Qbh",
            new Type(List.of("profile"), 1),
            "openvswitch",
            new Type(List.of("interface", "profile"), 0),
            "midonet",
            new Type(List.of("interface"), 1),
            ANY,
            new Type(List.of("manager", "type", "type-version", "instance", "interface", "profile"), 0));

    private final Resolution resolution;

    VirtualportResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * A type of virtualport.
     *
     * @param parameters that it may have
     * @param needed how many of these, from the first, it must have
     */
    private record Type(List<String> parameters, int needed) {}

    /** The values that a parameter can have. */
    private sealed interface Parameter {
        /** The canonical text, or empty where it is none. */
        Optional<String> canonical(String text);

        String words();
    }

    private record Whole(int most) implements Parameter {
        private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,8}|0x[0-9a-fA-F]{1,6}");

        @Override
        public Optional<String> canonical(String text) {
            return FORM.matcher(text).matches() && Integer.decode(text) <= most
                    ? Optional.of(Integer.decode(text).toString())
                    : Optional.empty();
        }

        @Override
        public String words() {
            return "a number from 0 to " + most;
        }
    }

    private record Uuid() implements Parameter {
        @Override
        public Optional<String> canonical(String text) {
            return uuid(text);
        }

        @Override
        public String words() {
            return "a UUID";
        }
    }

    private record Profile() implements Parameter {
        /** PORT_PROFILE_MAX with its NUL. */
        private static final Pattern FORM = Pattern.compile("[!-~]{1,39}");

        @Override
        public Optional<String> canonical(String text) {
            return Optional.of(text).filter(one -> FORM.matcher(one).matches());
        }

        @Override
        public String words() {
            return "1 to 39 letters, digits and signs";
        }
    }

    /** In lower case; empty where the text is no UUID (RFC 9562 section 4). */
    static Optional<String> uuid(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Empty where its type does not exist, which is reported. */
    Optional<Virtualport> resolve(io.vnetc.dsl.vnet.Virtualport block) {
        Type type = TYPES.get(block.getType());
        if (type == null) {
            resolution.error(
                    DiagnosticCode.VIRTUALPORT_TYPE,
                    resolution.place(block, VnetPackage.Literals.VIRTUALPORT__TYPE),
                    "there is no virtualport `" + block.getType() + "`",
                    "write `802.1Qbg`, `802.1Qbh`, `openvswitch`, `midonet` or `any`");
            return Optional.empty();
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        for (VirtualportParameter parameter : block.getParameters()) {
            parameter(block.getType(), type, parameter, parameters);
        }
        return Optional.of(new Virtualport(block.getType(), parameters));
    }

    private void parameter(
            String typeName, Type type, VirtualportParameter written, SortedMap<String, String> parameters) {
        String name = written.getName();
        if (!type.parameters().contains(name)) {
            resolution.error(
                    DiagnosticCode.VIRTUALPORT_PARAMETER,
                    resolution.place(written),
                    "a virtualport `" + typeName + "` has no parameter `" + name + "`",
                    "it has: `" + String.join("`, `", type.parameters()) + "`");
            return;
        }
        Parameter form = PARAMETERS.get(name);
        Optional<String> value = form.canonical(written.getValue());
        if (value.isEmpty()) {
            resolution.error(
                    DiagnosticCode.VIRTUALPORT_PARAMETER,
                    resolution.place(written, VnetPackage.Literals.VIRTUALPORT_PARAMETER__VALUE),
                    "`" + name + "` cannot be `" + written.getValue() + "`",
                    "write " + form.words());
        } else if (parameters.putIfAbsent(name, value.get()) != null) {
            resolution.error(
                    DiagnosticCode.REPEATED_SETTING,
                    resolution.place(written),
                    "`" + name + "` is given twice",
                    "keep one of them");
        }
    }

    /**
     * Both together: what one leaves open the other says.
     *
     * @param block the more special one, at which a contradiction is reported
     * @param general what it is added to
     * @param whose the general one is, as "the network `office`"
     */
    Virtualport merge(io.vnetc.dsl.vnet.Virtualport block, Virtualport special, Virtualport general, String whose) {
        if (!isAny(special) && !isAny(general) && !special.type().equals(general.type())) {
            conflict(block, "is `" + special.type() + "`", "`" + general.type() + "`", whose);
        } else {
            special.parameters().forEach((name, value) -> {
                String other = general.parameters().getOrDefault(name, value);
                if (!other.equals(value)) {
                    conflict(block, "has `" + name + " = " + value + "`", "`" + other + "`", whose);
                }
            });
        }
        return union(special, general);
    }

    /** Whether its kind is left to who knows. */
    static boolean isAny(Virtualport port) {
        return port.type().equals(ANY);
    }

    /** Both together, where they do not contradict each other. */
    static Virtualport union(Virtualport special, Virtualport general) {
        SortedMap<String, String> parameters = new TreeMap<>(general.parameters());
        parameters.putAll(special.parameters());
        return new Virtualport(isAny(special) ? general.type() : special.type(), parameters);
    }

    private void conflict(io.vnetc.dsl.vnet.Virtualport block, String says, String other, String whose) {
        resolution.report(Diagnostic.error(
                        DiagnosticCode.VIRTUALPORT_CONFLICT,
                        resolution.place(block),
                        "this virtualport " + says + ", and that of " + whose + " has " + other)
                .withHint("let both say the same, or only one of them"));
    }

    /** The parameters that a merged one cannot do without and nobody has said. */
    static List<String> missing(Virtualport merged) {
        Type type = TYPES.get(merged.type());
        return type.parameters().subList(0, type.needed()).stream()
                .filter(name -> !merged.parameters().containsKey(name))
                .toList();
    }
}
