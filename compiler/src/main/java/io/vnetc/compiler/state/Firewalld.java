// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.dsl.value.InterfaceName;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What firewalld says of itself, where it runs in this network namespace.
 *
 * @param defaultZone the zone of links that are put in none
 * @param zones all that there are
 * @param permanent the zones of links that its permanent configuration names; a name that ends in {@code +} is that of all
 *     links that begin so
 */
public record Firewalld(String defaultZone, SortedSet<String> zones, SortedMap<String, String> permanent) {
    private static final String ANY = "+";

    public Firewalld {
        zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
        permanent = Collections.unmodifiableSortedMap(new TreeMap<>(permanent));
    }

    /** The name in the permanent configuration that a link comes under; of several the longest one counts. */
    public Optional<String> permanentName(InterfaceName link) {
        return permanent.keySet().stream()
                .filter(name -> name.equals(link.text())
                        || (name.endsWith(ANY)
                                && link.text().startsWith(name.substring(0, name.length() - ANY.length()))))
                .max(Comparator.comparingInt(String::length));
    }
}
