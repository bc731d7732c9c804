// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.hostsource;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs on a host beside its links and was not made by vnetc.
 *
 * @param byLink remarks by the name of the link that they are about, each a line
 */
public record HostFinds(SortedMap<String, List<String>> byLink) {
    public HostFinds {
        TreeMap<String, List<String>> copy = new TreeMap<>();
        byLink.forEach((link, remarks) -> copy.put(link, List.copyOf(remarks)));
        byLink = Collections.unmodifiableSortedMap(copy);
    }

    List<String> of(String link) {
        return byLink.getOrDefault(link, List.of());
    }
}
