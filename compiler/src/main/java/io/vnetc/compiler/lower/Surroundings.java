// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.HostFacts.Feature;
import java.util.Optional;
import java.util.Set;

/**
 * What lowering has to know of the host.
 *
 * @param looked whether anybody looked; if not, what is not known is named in a notice and left out
 * @param features of its kernel
 * @param firewalld what it says of itself, where it runs
 * @param defaultRouteLinks the links that its default routes lead over; they are the uplinks where none is declared
 * @param advertisedLinks the links that take router advertisements and would stop to with IPv6 forwarding (accept_ra 1)
 * @param accounts of the users and groups that the source names
 * @param paths of its files
 */
public record Surroundings(
        boolean looked,
        Set<Feature> features,
        Optional<Firewalld> firewalld,
        Set<String> defaultRouteLinks,
        Set<String> advertisedLinks,
        Accounts accounts,
        Paths paths) {
    /** A host that nobody looked at: with a kernel that has all features. */
    public static final Surroundings ASSUMED =
            new Surroundings(false, Set.of(Feature.values()), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);

    /** A host without firewalld. */
    public Surroundings(
            boolean looked,
            Set<Feature> features,
            Set<String> defaultRouteLinks,
            Set<String> advertisedLinks,
            Accounts accounts,
            Paths paths) {
        this(looked, features, Optional.empty(), defaultRouteLinks, advertisedLinks, accounts, paths);
    }

    public Surroundings {
        features = Set.copyOf(features);
        defaultRouteLinks = Set.copyOf(defaultRouteLinks);
        advertisedLinks = Set.copyOf(advertisedLinks);
    }
}
