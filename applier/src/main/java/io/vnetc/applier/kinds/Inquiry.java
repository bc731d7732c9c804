// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.SocketPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which guests are asked what they have, and for which properties of their cards: QEMU has some hundred of each, and tells
 * of one at a time.
 *
 * @param sockets of the guests, by name
 * @param wanted cards, by address: all that is said of them is asked for
 * @param former cards as they were applied: what was said of them is asked for, and told where it is not QEMU's default
 */
public record Inquiry(
        SortedMap<String, SocketPath> sockets,
        SortedMap<ResourceAddress, Plug> wanted,
        SortedMap<ResourceAddress, Plug> former) {
    /** Nobody is asked. */
    public static final Inquiry NONE = new Inquiry(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public Inquiry {
        sockets = Collections.unmodifiableSortedMap(new TreeMap<>(sockets));
        wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
        former = Collections.unmodifiableSortedMap(new TreeMap<>(former));
    }

    /** Of a host whose name is known only when it is looked at. */
    @FunctionalInterface
    public interface Source {
        Inquiry of(String hostName);
    }

    /** About what was applied, where there is no source to tell what is wanted. */
    public static Inquiry about(Optional<HostState> applied) {
        return about(Set.of(), applied.orElse(HostState.EMPTY), Optional.empty());
    }

    /**
     * About a source. A guest that it has and says no socket of is not asked, whatever was applied; one that it has no
     * more is, to be left without its cards.
     *
     * @param guests that the source has
     * @param desired what it makes of the host
     */
    public static Inquiry about(Set<String> guests, HostState desired, Optional<HostState> applied) {
        List<Plug> former = new ArrayList<>(plugs(applied.orElse(HostState.EMPTY)));
        List<Plug> wanted = plugs(desired);
        TreeMap<String, SocketPath> sockets = new TreeMap<>();
        wanted.forEach(plug -> sockets.put(plug.guest(), plug.socket()));
        // Of two guests on one socket the one that is wanted is the one that is there: it was renamed.
        former.stream()
                .filter(plug -> !guests.contains(plug.guest()) && !sockets.containsValue(plug.socket()))
                .toList()
                .forEach(plug -> sockets.put(plug.guest(), plug.socket()));
        return new Inquiry(sockets, byAddress(wanted), byAddress(former));
    }

    /** About a plan that was made earlier. */
    public static Inquiry about(Plan plan, Optional<HostState> applied) {
        List<Plug> stepped = plan.steps().stream()
                .map(step -> step.resource())
                .filter(Plug.class::isInstance)
                .map(Plug.class::cast)
                .toList();
        Inquiry rest = about(applied);
        TreeMap<String, SocketPath> sockets = new TreeMap<>(rest.sockets);
        stepped.forEach(plug -> sockets.put(plug.guest(), plug.socket()));
        TreeMap<ResourceAddress, Plug> wanted = new TreeMap<>(rest.wanted);
        wanted.putAll(byAddress(stepped));
        return new Inquiry(sockets, wanted, rest.wanted);
    }

    private static List<Plug> plugs(HostState state) {
        List<Plug> plugs = new ArrayList<>();
        for (Entry entry : state.entries().values()) {
            Resource resource = entry.resource();
            if (resource instanceof Plug plug) {
                plugs.add(plug);
            }
        }
        return plugs;
    }

    private static SortedMap<ResourceAddress, Plug> byAddress(List<Plug> plugs) {
        TreeMap<ResourceAddress, Plug> byAddress = new TreeMap<>();
        plugs.forEach(plug -> byAddress.put(plug.address(), plug));
        return byAddress;
    }
}
