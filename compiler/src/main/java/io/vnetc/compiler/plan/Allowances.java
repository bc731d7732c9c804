// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Resource;
import java.util.Set;

/**
 * What a plan may do because somebody said so. Things are named by their owner, {@code vm/web/eth0}, by an owner of
 * several, {@code vm/web}, or by their address, {@code tap/vt-web-eth0}.
 *
 * @param destroy protected things that may be taken away, or made again
 * @param recreate links that may be made again while a guest has them open
 */
public record Allowances(Set<String> destroy, Set<String> recreate) {
    private static final String ALL_THINGS = "*";

    /** Nothing is said. */
    public static final Allowances NONE = new Allowances(Set.of(), Set.of());

    /** For plans that are only to tell what differs, and for what is thrown away anyhow. */
    public static final Allowances ALL = new Allowances(Set.of(ALL_THINGS), Set.of(ALL_THINGS));

    public Allowances {
        destroy = Set.copyOf(destroy);
        recreate = Set.copyOf(recreate);
    }

    boolean destroys(Resource resource) {
        return covers(destroy, resource);
    }

    boolean recreates(Resource resource) {
        return covers(recreate, resource);
    }

    private static boolean covers(Set<String> names, Resource resource) {
        if (names.contains(ALL_THINGS) || names.contains(resource.address().toString())) {
            return true;
        }
        String owner = resource.owner().path();
        return names.stream().anyMatch(name -> owner.equals(name) || owner.startsWith(name + "/"));
    }
}
