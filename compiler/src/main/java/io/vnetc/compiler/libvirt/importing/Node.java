// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.xml.XmlAttribute;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/** An element with its path. */
record Node(XmlElement element, String path) {
    From from() {
        return new From(path, element.place());
    }

    /** Of an attribute that is there, else of the element. */
    From from(String attribute) {
        return element.attribute(attribute)
                .map(found -> new From(path + "/@" + attribute, found.place()))
                .orElseGet(this::from);
    }

    Optional<String> value(String attribute) {
        return element.attribute(attribute).map(XmlAttribute::value);
    }

    boolean has(String attribute) {
        return element.attribute(attribute).isPresent();
    }

    boolean says(String attribute, String value) {
        return element.says(attribute, value);
    }

    String text() {
        return element.text().strip();
    }

    Optional<Node> child(String name) {
        return element.element(name).map(this::inner);
    }

    List<Node> children(String name) {
        return element.elements(name).stream().map(this::inner).toList();
    }

    List<Node> children() {
        return element.elements().stream().map(this::inner).toList();
    }

    private Node inner(XmlElement child) {
        return new Node(child, path + "/" + child.name());
    }
}
