// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import io.vnetc.compiler.libvirt.xml.XmlName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an element may have.
 *
 * @param name of it
 * @param attributes by name
 * @param children by name, with how often each may stand
 * @param text what its text is; absent: it has none but space
 * @param anything whether it holds what others put there, which nobody here looks into
 */
public record ElementType(
        XmlName name,
        Map<String, Attribute> attributes,
        Map<String, Child> children,
        Optional<ValueType> text,
        boolean anything) {
    public ElementType {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** An attribute. */
    public record Attribute(ValueType type, boolean required) {}

    /** An element inside. */
    public record Child(ElementType type, boolean repeats, boolean required) {}

    static ElementType named(String name) {
        return named(XmlName.of(name));
    }

    static ElementType named(XmlName name) {
        return new ElementType(name, Map.of(), Map.of(), Optional.empty(), false);
    }

    ElementType has(String attribute, ValueType type) {
        return with(attribute, new Attribute(type, false));
    }

    ElementType needs(String attribute, ValueType type) {
        return with(attribute, new Attribute(type, true));
    }

    private ElementType with(String attribute, Attribute type) {
        Map<String, Attribute> more = new LinkedHashMap<>(attributes);
        more.put(attribute, type);
        return new ElementType(name, more, children, text, anything);
    }

    ElementType once(ElementType child) {
        return with(new Child(child, false, false));
    }

    ElementType exactlyOnce(ElementType child) {
        return with(new Child(child, false, true));
    }

    ElementType often(ElementType child) {
        return with(new Child(child, true, false));
    }

    ElementType atLeastOnce(ElementType child) {
        return with(new Child(child, true, true));
    }

    private ElementType with(Child child) {
        Map<String, Child> more = new LinkedHashMap<>(children);
        more.put(child.type().name().local(), child);
        return new ElementType(name, attributes, more, text, anything);
    }

    ElementType holding(ValueType type) {
        return new ElementType(name, attributes, children, Optional.of(type), anything);
    }

    ElementType holdingAnything() {
        return new ElementType(name, attributes, children, text, true);
    }
}
