// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;
import java.util.Optional;

/**
 * What is said of a network and changes nothing on a host; it is kept for those who exchange it with libvirt.
 *
 * @param uuid in lower case (RFC 9562)
 * @param title on one line
 * @param description free text
 * @param metadata of other programs
 */
public record About(
        Optional<String> uuid, Optional<String> title, Optional<String> description, List<Metadata> metadata) {
    public static final About NOTHING = new About(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public About {
        metadata = List.copyOf(metadata);
    }

    /**
     * An element of another program.
     *
     * @param namespace its URI
     * @param xml the element, well-formed
     */
    public record Metadata(String namespace, String xml) {}
}
