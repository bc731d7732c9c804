// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.source.SourceFile;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML that may be hostile: no document type and so no entities but the five of XML itself, nothing is fetched, and
 * size and depth have bounds.
 */
public final class XmlReader {
    /** Of a text, in chars. */
    public static final int MOST_CHARS = 4 << 20;

    private static final int MOST_DEPTH = 64;
    private static final int MOST_ELEMENTS = 200_000;
    private static final int MOST_ATTRIBUTES = 64;

    private final SourceFile file;
    private final Deque<Open> open = new ArrayDeque<>();
    private XmlElement root;
    private int elements;

    private XmlReader(SourceFile file) {
        this.file = file;
    }

    /** An element whose end was not seen yet; its places are filled in when the whole text is known to be well-formed. */
    private record Open(XmlName name, List<XmlAttribute> attributes, List<XmlNode> content, int index) {}

    /**
     * Reads one document.
     *
     * @return its element
     * @throws XmlException where it is not well-formed, too large, or has a document type
     */
    public static XmlElement read(SourceFile file) throws XmlException {
        return new XmlReader(file).run();
    }

    private XmlElement run() throws XmlException {
        if (file.text().length() > MOST_CHARS) {
            throw new XmlException(
                    "the file is larger than 4 MiB", SourceRange.at(file.path(), 1, 1), "split it into several files");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(file.text()));
            try {
                while (reader.hasNext()) {
                    take(reader, reader.next());
                }
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new XmlException("this is no well-formed XML: " + words(e), place(e.getLocation()), "mend the XML");
        }
        return placed(root, StartTags.of(file).iterator());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    private void take(XMLStreamReader reader, int event) throws XmlException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                if (!open.isEmpty()) {
                    open.peek().content().add(new XmlNode.Text(reader.getText()));
                }
            }
            case XMLStreamConstants.DTD ->
                throw new XmlException(
                        "a document type is refused: it could define entities",
                        place(reader.getLocation()),
                        "remove the `<!DOCTYPE …>`; libvirt writes none");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new XmlException(
                        "the entity `" + reader.getLocalName() + "` is not one of XML's own five",
                        place(reader.getLocation()),
                        "write the characters themselves");
            default -> {}
        }
    }

    private void start(XMLStreamReader reader) throws XmlException {
        if (open.size() >= MOST_DEPTH) {
            throw refused(reader, "elements are nested more than " + MOST_DEPTH + " deep");
        }
        if (elements >= MOST_ELEMENTS) {
            throw refused(reader, "there are more than " + MOST_ELEMENTS + " elements");
        }
        if (reader.getAttributeCount() > MOST_ATTRIBUTES) {
            throw refused(reader, "an element has more than " + MOST_ATTRIBUTES + " attributes");
        }
        List<XmlAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            boolean plain = prefix == null || prefix.isEmpty();
            if (!plain && !prefix.equals("xml")) {
                attributes.add(new XmlAttribute(
                        XmlAttribute.NAMESPACE + prefix, reader.getAttributeNamespace(i), XmlElement.NOWHERE));
            }
            attributes.add(new XmlAttribute(
                    plain ? name : prefix + ":" + name, reader.getAttributeValue(i), XmlElement.NOWHERE));
        }
        open.push(new Open(
                new XmlName(orEmpty(reader.getNamespaceURI()), orEmpty(reader.getPrefix()), reader.getLocalName()),
                attributes,
                new ArrayList<>(),
                elements++));
    }

    private XmlException refused(XMLStreamReader reader, String message) {
        return new XmlException(message, place(reader.getLocation()), "no network of libvirt's is like that");
    }

    private void end() {
        Open closed = open.pop();
        XmlElement element = new XmlElement(closed.name(), closed.attributes(), closed.content(), XmlElement.NOWHERE);
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().content().add(element);
        }
    }

    /** The same element, and those in it, with their places: tags come in the order of the document. */
    private XmlElement placed(XmlElement element, Iterator<StartTags.Tag> tags) {
        StartTags.Tag tag = tags.next();
        List<XmlAttribute> attributes = element.attributes().stream()
                .map(attribute -> new XmlAttribute(attribute.name(), attribute.value(), place(tag, attribute.name())))
                .toList();
        List<XmlNode> content = new ArrayList<>();
        for (XmlNode node : element.content()) {
            content.add(node instanceof XmlElement child ? placed(child, tags) : node);
        }
        return new XmlElement(element.name(), attributes, content, tag.name());
    }

    private static SourceRange place(StartTags.Tag tag, String attribute) {
        return tag.attributes().stream()
                .filter(each -> each.name().equals(attribute))
                .map(StartTags.Attribute::place)
                .findFirst()
                .orElse(tag.name());
    }

    private SourceRange place(Location location) {
        return location == null
                ? SourceRange.at(file.path(), 1, 1)
                : SourceRange.at(
                        file.path(), Math.max(1, location.getLineNumber()), Math.max(1, location.getColumnNumber()));
    }

    /** Its sentence, without the place that stands before it, on one line. */
    private static String words(XMLStreamException e) {
        String text = String.valueOf(e.getMessage());
        int message = text.indexOf("Message: ");
        String plain = (message < 0 ? text : text.substring(message + "Message: ".length()))
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        String kept = plain.length() > 200 ? plain.substring(0, 200) + " …" : plain;
        return kept.endsWith(".") ? kept.substring(0, kept.length() - 1) : kept;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
