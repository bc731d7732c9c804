// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All links of a namespace at one moment, in the kernel's order, by name and by index. */
public final class LinkTable {
    private final Map<String, LinkInfo> byName = new LinkedHashMap<>();
    private final Map<Integer, LinkInfo> byIndex = new HashMap<>();

    LinkTable(List<LinkInfo> links) {
        for (LinkInfo link : links) {
            byName.put(link.name(), link);
            byIndex.put(link.index(), link);
        }
    }

    /** All of them. */
    public Collection<LinkInfo> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The link of this name. */
    public Optional<LinkInfo> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The link with this index. */
    public Optional<LinkInfo> find(int index) {
        return Optional.ofNullable(byIndex.get(index));
    }

    /** The name of the link with this index; {@code #7} where there is none. */
    public String name(int index) {
        LinkInfo link = byIndex.get(index);
        return link == null ? "#" + index : link.name();
    }

    /** The bridge or bond that a link is a port of. */
    public Optional<LinkInfo> master(LinkInfo link) {
        return link.masterIndex().isPresent() ? find(link.masterIndex().getAsInt()) : Optional.empty();
    }
}
