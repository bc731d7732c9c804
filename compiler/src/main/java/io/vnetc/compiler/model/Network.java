// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * A segment that guests are plugged into.
 *
 * @param name unique on its host
 * @param host that runs it; absent: whichever host reads the source
 * @param forwarding how its packets leave it
 * @param bridge the link in the kernel
 * @param domain of its guests' names
 * @param domainIsLocal whether names in the domain are never asked for elsewhere
 * @param subnets of both families, sorted by address
 * @param routes over routers among the guests, sorted by destination and metric
 * @param dns what the resolver of the network knows
 * @param origin of the block
 */
public record Network(
        String name,
        Optional<String> host,
        Forwarding forwarding,
        Bridge bridge,
        Optional<DomainName> domain,
        boolean domainIsLocal,
        List<Subnet> subnets,
        List<StaticRoute> routes,
        Dns dns,
        Origin origin) {
    public Network {
        subnets = List.copyOf(subnets);
        routes = List.copyOf(routes);
    }

    public Owner owner() {
        return Owner.network(name);
    }
}
