// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import io.vnetc.dsl.diagnostic.SourceRange;

/**
 * An attribute. Namespaces are declared by attributes only for the sake of other attributes; elements know their own.
 *
 * @param name with its prefix, if it has one
 * @param value with its references resolved
 * @param place of its name and value
 */
public record XmlAttribute(String name, String value, SourceRange place) {
    static final String NAMESPACE = "xmlns:";

    /** Whether it says what a prefix means. */
    public boolean isNamespace() {
        return name.startsWith(NAMESPACE);
    }
}
