// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.About;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Metadata;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What is said of a network and changes nothing on a host. */
final class AboutResolver {
    private final Resolution resolution;

    AboutResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    About of(Network network) {
        return new About(uuid(network), only(network.getTitles()), description(network), metadata(network));
    }

    /** Each of its lines is a setting of its own. */
    private static Optional<String> description(Network network) {
        return network.getDescriptions().isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("\n", network.getDescriptions()));
    }

    private Optional<String> uuid(Network network) {
        Optional<String> written = only(network.getUuids());
        Optional<String> uuid = written.flatMap(VirtualportResolver::uuid);
        if (written.isPresent() && uuid.isEmpty()) {
            resolution.error(
                    DiagnosticCode.UUID_FORM,
                    resolution.place(network, Literals.NETWORK__UUIDS),
                    "`" + written.get() + "` is no UUID",
                    "write 32 hexadecimal digits, as in 5d3acde4-6b3a-4d6e-8bd1-2c5b0f9d1c11; uuidgen makes one");
        }
        return uuid;
    }

    private List<About.Metadata> metadata(Network network) {
        Map<String, Metadata> byNamespace = new LinkedHashMap<>();
        List<About.Metadata> all = new ArrayList<>();
        for (Metadata block : network.getMetadata()) {
            Metadata before = byNamespace.putIfAbsent(block.getUri(), block);
            if (before != null) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.METADATA,
                                resolution.place(block, Literals.METADATA__URI),
                                "there is metadata of `" + block.getUri() + "` already")
                        .withHint("keep one element for each namespace")
                        .withRelated(resolution.place(before, Literals.METADATA__URI), "the first one"));
                continue;
            }
            Optional<String> wrong = fault(block);
            if (wrong.isPresent()) {
                resolution.error(
                        DiagnosticCode.METADATA,
                        resolution.place(block, Literals.METADATA__XML),
                        wrong.get(),
                        "write one element that declares the namespace, as in <app:note xmlns:app='" + block.getUri()
                                + "'>…</app:note>");
            } else {
                all.add(new About.Metadata(block.getUri(), block.getXml()));
            }
        }
        return all;
    }

    /** What is wrong with an element of somebody else's, whose text nobody here has to trust. */
    private static Optional<String> fault(Metadata block) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(block.getXml()));
            boolean inside = false;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.of("metadata has no document type and no entities of its own");
                }
                if (event == XMLStreamConstants.START_ELEMENT && !inside) {
                    inside = true;
                    if (!block.getUri().equals(reader.getNamespaceURI())) {
                        return Optional.of("the element `" + reader.getLocalName() + "` is of the namespace `"
                                + Optional.ofNullable(reader.getNamespaceURI()).orElse("") + "`, and not of `"
                                + block.getUri() + "`");
                    }
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            // Its words are in the language of whoever runs it.
            int place = e.getLocation() == null ? -1 : e.getLocation().getCharacterOffset();
            return Optional.of("this is no well-formed XML element"
                    + (place < 0 ? "" : ", from character " + (place + 1) + " on"));
        }
    }
}
