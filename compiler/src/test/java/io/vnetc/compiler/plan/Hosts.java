// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Short ways to hosts and wishes. */
public final class Hosts {
    public static final Origin ORIGIN = new Origin("lab.vnet", 7, 1);

    private Hosts() {}

    public static HostFacts facts(String... held) {
        return new HostFacts(
                "kvm1",
                "6.18.0",
                Arrays.stream(held).map(InterfaceName::new).collect(Collectors.toSet()),
                new TreeMap<>(),
                Set.of(Feature.values()));
    }

    public static ObservedHost observed(Collection<Entry> entries, String... held) {
        return new ObservedHost(HostState.of(entries), facts(held));
    }

    public static Entry ours(Resource resource) {
        return Entry.observed(resource, Standing.OWNED);
    }

    public static Entry foreign(Resource resource) {
        return Entry.observed(resource, Standing.FOREIGN);
    }

    public static Entry borrowed(Resource resource, Resource former) {
        return new Entry(resource, Standing.BORROWED, Optional.of(former), Optional.empty());
    }

    public static HostState wish(Resource... resources) {
        return HostState.of(
                Arrays.stream(resources).map(it -> Entry.owned(it, ORIGIN)).toList());
    }

    /** The host as it is when a wish came true on it, with the ledger of what was borrowed. */
    public static ObservedHost after(HostState wish, List<Entry> before, String... held) {
        Map<ResourceAddress, Entry> entries = new TreeMap<>();
        before.forEach(entry -> entries.put(entry.resource().address(), entry));
        for (Entry wanted : wish.entries().values()) {
            ResourceAddress address = wanted.resource().address();
            Optional<Entry> was = Optional.ofNullable(entries.get(address));
            boolean same = was.filter(it ->
                            it.standing() == Standing.FOREIGN && it.resource().equals(wanted.resource()))
                    .isPresent();
            if (!same) {
                entries.put(
                        address,
                        new Entry(
                                wanted.resource(),
                                wanted.standing(),
                                wanted.standing() == Standing.BORROWED ? was.map(Entry::resource) : Optional.empty(),
                                Optional.empty()));
            }
        }
        return observed(entries.values(), held);
    }
}
