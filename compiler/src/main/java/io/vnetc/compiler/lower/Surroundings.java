// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.render.qemu.QemuHost;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lowering has to know of the host.
 *
 * @param looked whether anybody looked; if not, what is not known is named in a notice and left out
 * @param features of its kernel
 * @param firewalld what it says of itself, where it runs
 * @param defaultRouteLinks the links that its default routes lead over; they are the uplinks where none is declared
 * @param uplinks the links of the host that can be ports of bridges, by name
 * @param advertisedLinks the links that take router advertisements and would stop to with IPv6 forwarding (accept_ra 1)
 * @param asked the version of QEMU that the program itself says; absent: as the source has it
 * @param vhost whether the kernel moves packets of guests (vhost-net)
 * @param accounts of the users and groups that the source names
 * @param paths of its files
 */
public record Surroundings(
        boolean looked,
        Set<Feature> features,
        Optional<Firewalld> firewalld,
        Set<String> defaultRouteLinks,
        SortedMap<InterfaceName, UplinkSight> uplinks,
        Set<String> advertisedLinks,
        Optional<QemuVersion> asked,
        boolean vhost,
        Accounts accounts,
        Paths paths) {
    /** A host that nobody looked at: with a kernel that has all features. */
    public static final Surroundings ASSUMED =
            new Surroundings(false, Set.of(Feature.values()), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);

    /** A host without firewalld, of whose links nothing is known. */
    public Surroundings(
            boolean looked,
            Set<Feature> features,
            Set<String> defaultRouteLinks,
            Set<String> advertisedLinks,
            Accounts accounts,
            Paths paths) {
        this(
                looked,
                features,
                Optional.empty(),
                defaultRouteLinks,
                new TreeMap<>(),
                advertisedLinks,
                Optional.empty(),
                false,
                accounts,
                paths);
    }

    /**
     * A host that nobody looked at, but for its QEMU.
     *
     * @param asked the version that the program says, where it was asked
     * @param vhost whether the kernel moves packets of guests (vhost-net)
     */
    public static Surroundings assumed(Optional<QemuVersion> asked, boolean vhost) {
        return new Surroundings(
                ASSUMED.looked,
                ASSUMED.features,
                ASSUMED.firewalld,
                ASSUMED.defaultRouteLinks,
                ASSUMED.uplinks,
                ASSUMED.advertisedLinks,
                asked,
                vhost,
                ASSUMED.accounts,
                ASSUMED.paths);
    }

    public Surroundings {
        features = Set.copyOf(features);
        defaultRouteLinks = Set.copyOf(defaultRouteLinks);
        uplinks = Collections.unmodifiableSortedMap(new TreeMap<>(uplinks));
        advertisedLinks = Set.copyOf(advertisedLinks);
    }

    /** What arguments of QEMU depend on. */
    QemuHost qemu(Optional<Host> declared) {
        return new QemuHost(asked.or(() -> declared.flatMap(Host::qemu)).orElse(QemuVersion.DEFAULT), vhost);
    }
}
