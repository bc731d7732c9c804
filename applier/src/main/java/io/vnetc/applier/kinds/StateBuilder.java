// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what drivers see. */
public final class StateBuilder {
    private final List<Entry> entries = new ArrayList<>();
    private final Set<InterfaceName> held = new HashSet<>();
    private final SortedMap<InterfaceName, String> holders = new TreeMap<>();
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private Optional<Firewalld> firewalld = Optional.empty();
    private final SortedMap<String, RunningGuest> guests = new TreeMap<>();

    /** Something that vnetc made, by what is written on it. */
    public StateBuilder owned(Resource resource) {
        entries.add(Entry.observed(resource, Standing.OWNED));
        return this;
    }

    /** Somebody else's. What the ledger knows as borrowed becomes so afterwards; drivers need not look there. */
    public StateBuilder foreign(Resource resource) {
        entries.add(Entry.observed(resource, Standing.FOREIGN));
        return this;
    }

    /** A tap that a process has open. */
    public StateBuilder held(InterfaceName tap) {
        held.add(tap);
        return this;
    }

    /**
     * Who has a tap open.
     *
     * @param holder as "qemu-system-x86 (pid 4711)"
     */
    public StateBuilder held(InterfaceName tap, String holder) {
        held.add(tap);
        holders.put(tap, holder);
        return this;
    }

    /** Whether a process has a tap open, as far as was looked. */
    public boolean isHeld(InterfaceName tap) {
        return held.contains(tap);
    }

    /** Whose a resource is, as far as was looked. */
    public Optional<Standing> standing(ResourceAddress address) {
        return entries.stream()
                .filter(entry -> entry.resource().address().equals(address))
                .map(Entry::standing)
                .findFirst();
    }

    /** A guest that listens for commands. */
    public StateBuilder guest(String name, RunningGuest guest) {
        guests.put(name, guest);
        return this;
    }

    /** Something that this kernel can do. */
    public StateBuilder feature(Feature feature) {
        features.add(feature);
        return this;
    }

    /** What firewalld says of itself. */
    public StateBuilder firewalld(Firewalld seen) {
        firewalld = Optional.of(seen);
        return this;
    }

    /**
     * All of it.
     *
     * @throws IllegalArgumentException when two resources have one address
     */
    public ObservedHost build(String hostName, String kernel) {
        return new ObservedHost(
                HostState.of(entries), new HostFacts(hostName, kernel, held, holders, features, firewalld, guests));
    }
}
