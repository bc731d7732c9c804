// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a switch is told of a port.
 *
 * @param type {@code 802.1Qbg}, {@code 802.1Qbh}, {@code openvswitch}, {@code midonet}, or {@code any}
 * @param parameters by name, each checked for its type
 */
public record Virtualport(String type, SortedMap<String, String> parameters) {
    public Virtualport {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
}
