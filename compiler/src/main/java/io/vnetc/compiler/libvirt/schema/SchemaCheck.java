// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import io.vnetc.compiler.libvirt.xml.XmlAttribute;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlNode;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.scoping.Similar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Holds an element against the table, and leaves out of it what the table does not have. */
public final class SchemaCheck {
    private final Consumer<Problem> problems;

    private SchemaCheck(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /**
     * What the table does not have.
     *
     * @param path of the element or attribute, as in {@code network/ip/@address}
     * @param diagnostic that says so
     */
    public record Problem(String path, Diagnostic diagnostic) {}

    /**
     * What is left of an element when all that is unknown or has a wrong value is taken out of it; empty where what it
     * cannot be without is missing.
     *
     * @param problems takes what was taken out
     */
    public static Optional<XmlElement> checked(XmlElement element, ElementType type, Consumer<Problem> problems) {
        return new SchemaCheck(problems).check(element, type, element.local());
    }

    private Optional<XmlElement> check(XmlElement element, ElementType type, String path) {
        if (type.anything()) {
            return Optional.of(element);
        }
        Optional<List<XmlAttribute>> attributes = attributes(element, type, path);
        Optional<List<XmlNode>> content = content(element, type, path);
        return attributes.flatMap(
                kept -> content.map(nodes -> new XmlElement(element.name(), kept, nodes, element.place())));
    }

    private Optional<List<XmlAttribute>> attributes(XmlElement element, ElementType type, String path) {
        List<XmlAttribute> kept = new ArrayList<>();
        for (XmlAttribute attribute : element.attributes()) {
            ElementType.Attribute known = type.attributes().get(attribute.name());
            String where = path + "/@" + attribute.name();
            if (attribute.isNamespace()) {
                continue;
            }
            if (known == null) {
                report(
                        where,
                        DiagnosticCode.XML_UNKNOWN,
                        attribute.place(),
                        "`" + path + "` has no attribute `" + attribute.name() + "` in libvirt's XML",
                        Similar.to(
                                        attribute.name(),
                                        List.copyOf(type.attributes().keySet()))
                                .map(similar -> "did you mean `" + similar + "`?")
                                .orElse("remove it"));
            } else if (!known.type().accepts(attribute.value())) {
                report(
                        where,
                        DiagnosticCode.XML_VALUE,
                        attribute.place(),
                        "`" + where + "` is " + known.type() + ", and `" + shortened(attribute.value()) + "` is not",
                        "write what libvirt takes");
            } else {
                kept.add(attribute);
            }
        }
        boolean complete = true;
        for (var known : type.attributes().entrySet()) {
            if (known.getValue().required() && element.attribute(known.getKey()).isEmpty()) {
                report(
                        path + "/@" + known.getKey(),
                        DiagnosticCode.XML_MISSING,
                        element.place(),
                        "`" + path + "` has no `" + known.getKey() + "`",
                        "add it: it is " + known.getValue().type());
            }
            complete &= !known.getValue().required()
                    || kept.stream().anyMatch(attribute -> attribute.name().equals(known.getKey()));
        }
        return complete ? Optional.of(kept) : Optional.empty();
    }

    private Optional<List<XmlNode>> content(XmlElement element, ElementType type, String path) {
        List<XmlNode> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (XmlElement child : element.elements()) {
            child(child, type, path, seen).ifPresent(kept::add);
        }
        boolean complete = true;
        for (var known : type.children().entrySet()) {
            boolean missing = known.getValue().required()
                    && kept.stream()
                            .noneMatch(node -> node instanceof XmlElement child
                                    && child.local().equals(known.getKey()));
            if (missing && !seen.contains(known.getKey())) {
                report(
                        path + "/" + known.getKey(),
                        DiagnosticCode.XML_MISSING,
                        element.place(),
                        "`" + path + "` has no `" + known.getKey() + "`",
                        "add it");
            }
            complete &= !missing;
        }
        complete &= text(element, type, path, kept);
        return complete ? Optional.of(kept) : Optional.empty();
    }

    private Optional<XmlElement> child(XmlElement child, ElementType type, String path, Set<String> seen) {
        ElementType.Child known = type.children().get(child.local());
        String where = path + "/" + child.name();
        if (known == null
                || !known.type().name().namespace().equals(child.name().namespace())) {
            report(
                    where,
                    DiagnosticCode.XML_UNKNOWN,
                    child.place(),
                    "`" + path + "` has no element `" + child.name() + "` in libvirt's XML",
                    Similar.to(child.local(), List.copyOf(type.children().keySet()))
                            .filter(similar -> !similar.equals(child.local()))
                            .map(similar -> "did you mean `" + similar + "`?")
                            .orElse("remove it"));
            return Optional.empty();
        }
        if (!seen.add(child.local()) && !known.repeats()) {
            report(
                    where,
                    DiagnosticCode.XML_VALUE,
                    child.place(),
                    "`" + path + "` has more than one `" + child.local() + "`",
                    "keep one of them");
            return Optional.empty();
        }
        return check(child, known.type(), where);
    }

    private boolean text(XmlElement element, ElementType type, String path, List<XmlNode> kept) {
        String text = element.text();
        if (type.text().isEmpty()) {
            if (!text.isBlank()) {
                report(
                        path,
                        DiagnosticCode.XML_UNKNOWN,
                        element.place(),
                        "`" + path + "` has no text in libvirt's XML, and this has `" + shortened(text.strip()) + "`",
                        "remove it");
            }
            return true;
        }
        if (!type.text().get().accepts(text.strip())) {
            report(
                    path,
                    DiagnosticCode.XML_VALUE,
                    element.place(),
                    "`" + path + "` is " + type.text().get() + ", and `" + shortened(text.strip()) + "` is not",
                    "write what libvirt takes");
            return false;
        }
        kept.add(new XmlNode.Text(text));
        return true;
    }

    private void report(String path, DiagnosticCode code, SourceRange place, String message, String hint) {
        problems.accept(new Problem(path, Diagnostic.error(code, place, message).withHint(hint)));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
