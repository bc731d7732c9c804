// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.resolve.Placement.Scope;
import java.util.HashMap;
import java.util.Map;

/** What the source wants of each host that the host has once. */
final class Claims {
    private final Map<Scope, HostClaims> byHost = new HashMap<>();

    HostClaims of(Scope host) {
        return byHost.computeIfAbsent(host, ignored -> new HostClaims());
    }

    /** Reports everything that is wanted twice. */
    void check(Resolution resolution) {
        byHost.values().forEach(claims -> claims.check(resolution));
    }
}
