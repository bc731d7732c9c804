// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a move takes from others that are there now. */
final class Losses {
    private Losses() {}

    /** The claims that are given up by the move and needed by others. */
    static List<Claim> givenUp(HostIndex index, Move move) {
        List<Claim> givenUp = new ArrayList<>();
        for (Claim claim : move.givenUp()) {
            if (!index.needers(claim).isEmpty()) {
                givenUp.add(claim);
            }
        }
        givenUp.sort(Comparator.naturalOrder());
        return givenUp;
    }

    /** What the kernel takes away or changes because of the move, by address. */
    static Collection<Entry> dragged(KindTable kinds, HostIndex index, Move move) {
        return dragged(kinds, index, move.before(), move.after());
    }

    static Collection<Entry> dragged(
            KindTable kinds, HostIndex index, Optional<Resource> before, Optional<Resource> after) {
        if (before.isEmpty()) {
            return List.of();
        }
        Resource resource = before.get();
        Map<ResourceAddress, Entry> dragged = new TreeMap<>();
        for (Set<Claim> claims : List.of(resource.claims(), resource.needs())) {
            for (Claim claim : claims) {
                for (Entry other : index.needers(claim)) {
                    if (kinds.drags(resource, after, other.resource())
                            && !other.resource().address().equals(resource.address())) {
                        dragged.put(other.resource().address(), other);
                    }
                }
            }
        }
        return dragged.values();
    }
}
