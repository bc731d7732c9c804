// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An element.
 *
 * @param attributes in the order of the document, namespaces not among them
 * @param content texts and elements in the order of the document
 * @param place of the start tag's name, with the {@code <} before it
 */
public record XmlElement(XmlName name, List<XmlAttribute> attributes, List<XmlNode> content, SourceRange place)
        implements XmlNode {
    /** Where an element is that is in no file. */
    public static final SourceRange NOWHERE = SourceRange.at("", 1, 1);

    public XmlElement {
        attributes = List.copyOf(attributes);
        content = List.copyOf(content);
    }

    /** An element of no file, in no namespace, empty. */
    public static XmlElement of(String name) {
        return new XmlElement(XmlName.of(name), List.of(), List.of(), NOWHERE);
    }

    /** The same with one more attribute. */
    public XmlElement with(String attribute, Object value) {
        List<XmlAttribute> more = new ArrayList<>(attributes);
        more.add(new XmlAttribute(attribute, value.toString(), place));
        return new XmlElement(name, more, content, place);
    }

    /** The same with one more attribute where there is a value. */
    public XmlElement with(String attribute, Optional<?> value) {
        return value.isPresent() ? with(attribute, value.get()) : this;
    }

    /** The same with more in it. */
    public XmlElement with(List<? extends XmlNode> nodes) {
        List<XmlNode> more = new ArrayList<>(content);
        more.addAll(nodes);
        return new XmlElement(name, attributes, more, place);
    }

    /** The same with one more node in it. */
    public XmlElement with(XmlNode node) {
        return with(List.of(node));
    }

    /** The same with this text in it. */
    public XmlElement withText(String text) {
        return with(new Text(text));
    }

    /** The name without a prefix. */
    public String local() {
        return name.local();
    }

    /** The attribute of this name. */
    public Optional<XmlAttribute> attribute(String wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(wanted))
                .findFirst();
    }

    /** What an attribute says. */
    public Optional<String> value(String attribute) {
        return attribute(attribute).map(XmlAttribute::value);
    }

    /** Whether an attribute is there and says this. */
    public boolean says(String attribute, String value) {
        return value(attribute).filter(value::equals).isPresent();
    }

    /** The elements right in it. */
    public List<XmlElement> elements() {
        return content.stream()
                .filter(XmlElement.class::isInstance)
                .map(XmlElement.class::cast)
                .toList();
    }

    /** The elements of this name right in it, in no namespace. */
    public List<XmlElement> elements(String wanted) {
        return elements().stream()
                .filter(element -> element.local().equals(wanted)
                        && element.name().namespace().isEmpty())
                .toList();
    }

    /** The first element of this name right in it. */
    public Optional<XmlElement> element(String wanted) {
        return elements(wanted).stream().findFirst();
    }

    /** The texts right in it, put together. */
    public String text() {
        return content.stream()
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).value())
                .collect(Collectors.joining());
    }
}
