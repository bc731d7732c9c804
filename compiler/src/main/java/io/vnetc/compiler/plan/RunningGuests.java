// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a state concerns guests as they run. A guest that does not run, or does not answer, has nothing to be changed:
 * it is started with its cards. A card that keeps its place until then is neither moved nor taken away.
 */
final class RunningGuests {
    private RunningGuests() {}

    /** What can be wanted: nothing in guests that take no commands, and each card where it is on the bus. */
    static HostState wanted(HostState desired, ObservedHost now) {
        TreeMap<ResourceAddress, Entry> entries = new TreeMap<>(desired.entries());
        entries.values()
                .removeIf(entry -> entry.resource()
                        .inGuest()
                        .filter(guest -> !now.facts().answers(guest))
                        .isPresent());
        entries.replaceAll((address, entry) -> entry.resource() instanceof Plug plug
                ? new Entry(placed(plug, now), entry.standing(), entry.former(), entry.origin())
                : entry);
        return new HostState(entries);
    }

    static Plug placed(Plug wish, ObservedHost now) {
        return find(wish, now).map(there -> placed(wish, there)).orElse(wish);
    }

    /** What QEMU does not tell of the host's end is taken to be as it is said. */
    private static Plug placed(Plug wish, Plug there) {
        Plug placed = wish.placed(there.fixed());
        return wish.toldOfEnd().equals(there.toldOfEnd()) ? placed.onEndOf(there) : placed;
    }

    /** What there is to be changed: cards that keep their place, and that nobody wants, are left out. */
    static ObservedHost seen(HostState desired, ObservedHost now) {
        TreeMap<ResourceAddress, Entry> entries = new TreeMap<>(now.state().entries());
        entries.values()
                .removeIf(entry -> entry.resource() instanceof Plug plug
                        && plug.fixed()
                        && desired.find(plug.address()).isEmpty());
        return new ObservedHost(new HostState(entries), now.facts());
    }

    /** The card as it is in the guest. */
    static Optional<Plug> find(Plug wish, ObservedHost now) {
        return now.state()
                .find(wish.address())
                .map(Entry::resource)
                .filter(Plug.class::isInstance)
                .map(Plug.class::cast);
    }
}
