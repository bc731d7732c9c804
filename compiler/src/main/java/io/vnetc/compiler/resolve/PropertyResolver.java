// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Property;
import io.vnetc.dsl.vnet.Switch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings that are a table's. */
final class PropertyResolver {
    private final Resolution resolution;
    private final OptionValues values;

    PropertyResolver(Resolution resolution) {
        this.resolution = resolution;
        this.values = new OptionValues(resolution);
    }

    /**
     * What is written, by the language's words for it; what is wrong is reported at it and left out.
     *
     * @param what these are properties of, as a message names it
     */
    PropertySet resolve(List<Property> written, List<PropertyKind> kinds, String what) {
        SortedMap<String, List<OptionValue>> map = new TreeMap<>();
        Map<String, Property> first = new HashMap<>();
        for (Property property : written) {
            Property other = first.putIfAbsent(property.getName(), property);
            if (other != null) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.REPEATED_SETTING,
                                resolution.place(property),
                                "`" + property.getName() + "` is given twice")
                        .withHint("keep one of them")
                        .withRelated(resolution.place(other), "the first one is here"));
                continue;
            }
            kinds.stream()
                    .filter(kind -> kind.name().equals(property.getName()))
                    .findFirst()
                    .ifPresentOrElse(
                            kind -> read(property, kind).ifPresent(value -> map.put(property.getName(), value)),
                            () -> unknown(property, kinds, what));
        }
        return new PropertySet(map);
    }

    private void unknown(Property property, List<PropertyKind> kinds, String what) {
        List<String> names = kinds.stream().map(PropertyKind::name).sorted().toList();
        resolution.error(
                DiagnosticCode.UNKNOWN_PROPERTY,
                resolution.place(property),
                what + " has no setting `" + property.getName() + "`",
                Similar.to(property.getName(), names)
                        .map(similar -> "did you mean `" + similar + "`?")
                        .orElseGet(() -> names.isEmpty()
                                ? "remove it"
                                : "choose from " + names.stream().collect(Collectors.joining(", "))));
    }

    private Optional<List<OptionValue>> read(Property property, PropertyKind kind) {
        boolean isSwitch = kind.type() == ValueType.FLAG;
        if (isSwitch && property.getValues().isEmpty()) {
            return Optional.of(List.of(new OptionValue.Flag(property.getState() == Switch.ON)));
        }
        List<Expression> given = property.getValues();
        if (isSwitch || given.isEmpty() || given.size() > kind.most()) {
            wrong(
                    property,
                    isSwitch
                            ? "`" + kind.name() + "` is `on` or `off`"
                            : "`" + kind.name() + "` takes "
                                    + (kind.most() == 1 ? "one value" : "up to " + kind.most() + " values"),
                    kind);
            return Optional.empty();
        }
        List<OptionValue> read = new ArrayList<>();
        for (Expression each : given) {
            value(each, kind).ifPresent(read::add);
        }
        return read.size() < given.size() ? Optional.empty() : Optional.of(read);
    }

    private Optional<OptionValue> value(Expression written, PropertyKind kind) {
        if (kind.form() instanceof PropertyKind.Form.Whole number) {
            return resolution
                    .values()
                    .integer(written, number.least(), number.greatest(), "`" + kind.name() + "`")
                    .filter(value -> is(
                            written,
                            number.rule().test(value),
                            "`" + kind.name() + "` has to be " + number.words(),
                            kind))
                    .map(value -> new OptionValue.Whole(value, 0));
        }
        return values.read(written, kind.type(), kind.type().most(), Optional.empty(), Optional.empty())
                .filter(value -> hasForm(written, value, kind));
    }

    private boolean hasForm(Expression written, OptionValue value, PropertyKind kind) {
        if (!(value instanceof OptionValue.Text text)) {
            return true;
        }
        if (kind.form() instanceof PropertyKind.Form.Path) {
            return is(
                    written,
                    text.text().startsWith("/"),
                    "the path of `" + kind.name() + "` has to begin at the root",
                    kind);
        }
        if (kind.form() instanceof PropertyKind.Form.Program) {
            return is(
                    written,
                    text.text().startsWith("/") && text.text().chars().noneMatch(Character::isWhitespace),
                    "the path of the program `" + kind.name()
                            + "` has to begin at the root, and to have no white space",
                    kind);
        }
        return !(kind.form() instanceof PropertyKind.Form.Choice choice)
                || is(
                        written,
                        choice.words().contains(text.text()),
                        "`" + kind.name() + "` is one of "
                                + choice.words().stream().sorted().collect(Collectors.joining(", ")),
                        kind);
    }

    private boolean is(Expression written, boolean right, String message, PropertyKind kind) {
        if (!right) {
            values.wrong(written, message, "write it as in `" + kind.example() + "`");
        }
        return right;
    }

    private void wrong(Property property, String message, PropertyKind kind) {
        resolution.error(
                DiagnosticCode.OPTION_VALUE,
                resolution.place(property),
                message,
                "write it as in `" + kind.example() + "`");
    }
}
