// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import java.util.HashMap;
import java.util.Map;

/** Writes elements as libvirt does: two spaces a level, attributes in single quotes. */
public final class XmlWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean indents;
    private final boolean oneLine;

    private XmlWriter(boolean indents, boolean oneLine) {
        this.indents = indents;
        this.oneLine = oneLine;
    }

    /** With a line for each element; an element that has text is written as it is, so that the text stays the same. */
    public static String document(XmlElement element) {
        XmlWriter writer = new XmlWriter(true, false);
        writer.write(element, 0, Map.of());
        return writer.text.toString();
    }

    /** On one line, and standing for itself: with all namespaces that it uses. Line ends are written as references. */
    public static String line(XmlElement element) {
        XmlWriter writer = new XmlWriter(false, true);
        writer.write(element, 0, Map.of());
        return writer.text.toString();
    }

    private void write(XmlElement element, int level, Map<String, String> known) {
        indent(level);
        Map<String, String> namespaces = new HashMap<>(known);
        text.append('<').append(element.name());
        String prefix = element.name().prefix();
        declare(prefix, element.name().namespace(), namespaces);
        for (XmlAttribute attribute : element.attributes()) {
            if (attribute.isNamespace()) {
                declare(attribute.name().substring(XmlAttribute.NAMESPACE.length()), attribute.value(), namespaces);
            } else {
                attribute(attribute.name(), attribute.value());
            }
        }
        if (element.content().isEmpty()) {
            text.append("/>");
        } else {
            text.append('>');
            content(element, level, namespaces);
            text.append("</").append(element.name()).append('>');
        }
        newLine();
    }

    private void declare(String prefix, String namespace, Map<String, String> known) {
        if (!known.getOrDefault(prefix, "").equals(namespace)) {
            known.put(prefix, namespace);
            attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
        }
    }

    private void attribute(String name, String value) {
        text.append(' ').append(name).append("='");
        escape(value, true);
        text.append('\'');
    }

    private void content(XmlElement element, int level, Map<String, String> namespaces) {
        boolean mixed = element.content().stream().anyMatch(XmlNode.Text.class::isInstance);
        XmlWriter inner = mixed && indents ? new XmlWriter(false, oneLine) : this;
        if (inner == this) {
            newLine();
        }
        for (XmlNode node : element.content()) {
            if (node instanceof XmlElement child) {
                inner.write(child, level + 1, namespaces);
            } else if (node instanceof XmlNode.Text characters) {
                inner.escape(characters.value(), false);
            }
        }
        if (inner == this) {
            indent(level);
        } else {
            text.append(inner.text);
        }
    }

    private void indent(int level) {
        if (indents) {
            text.append("  ".repeat(level));
        }
    }

    private void newLine() {
        if (indents) {
            text.append('\n');
        }
    }

    private void escape(String value, boolean attribute) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\'' -> text.append(attribute ? "&apos;" : "'");
                case '"' -> text.append(attribute ? "&quot;" : "\"");
                case '\n', '\t', '\r' -> {
                    if (attribute || oneLine || c == '\r') {
                        text.append("&#").append((int) c).append(';');
                    } else {
                        text.append(c);
                    }
                }
                default -> text.append(c);
            }
        }
    }
}
