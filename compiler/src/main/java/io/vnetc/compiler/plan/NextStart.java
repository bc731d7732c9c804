// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.RunningGuest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What guests that run take at their next start only, and is left as it is until then: a card for which there is no room
 * on a bus, one that keeps its place on the bus, and another kind of card in the place of one. Plugging that in again cuts
 * the guest off, which nobody wants by accident: it is done where the card is named among what may be made again.
 *
 * @param desired what can be reached while the guests run
 * @param notices what is left, and why
 */
public record NextStart(HostState desired, List<String> notices) {
    public NextStart {
        notices = List.copyOf(notices);
    }

    /** What of a desired state waits, as the host is now. */
    public static NextStart of(HostState desired, ObservedHost now, Allowances allowances) {
        return new Sorting(desired, now, allowances).sorted();
    }

    private static final class Sorting {
        private final HostState desired;
        private final ObservedHost now;
        private final Allowances allowances;
        private final TreeMap<ResourceAddress, Entry> entries;
        private final List<String> notices = new ArrayList<>();
        private final Map<String, Integer> room = new HashMap<>();

        Sorting(HostState desired, ObservedHost now, Allowances allowances) {
            this.desired = desired;
            this.now = now;
            this.allowances = allowances;
            this.entries = new TreeMap<>(desired.entries());
        }

        NextStart sorted() {
            for (Map.Entry<String, RunningGuest> guest : now.facts().guests().entrySet()) {
                String name = guest.getKey();
                room.put(name, guest.getValue().room());
                guest.getValue()
                        .silence()
                        .ifPresent(why -> notices.add("the guest `" + name + "` does not answer on "
                                + guest.getValue().socket() + ": " + why
                                + ". Its cards are left as they are; it gets the others at its next start"));
            }
            now.state().entries().values().forEach(this::leaving);
            for (Entry wish : desired.entries().values()) {
                if (wish.resource() instanceof Plug plug && now.facts().answers(plug.guest())) {
                    wish(wish, plug);
                }
            }
            return new NextStart(new HostState(entries), notices);
        }

        private void leaving(Entry entry) {
            if (!(entry.resource() instanceof Plug plug)
                    || desired.find(plug.address()).isPresent()) {
                return;
            }
            if (plug.fixed()) {
                notices.add("the card `" + plug.nic() + "` of `" + plug.guest()
                        + "` cannot be unplugged while the guest runs, and stays until its next start: "
                        + (plug.isHanded() ? "nobody could give it back" : "its bus does not let go of it"));
            } else {
                room.merge(plug.guest(), 1, Integer::sum);
            }
        }

        private void wish(Entry wish, Plug plug) {
            Optional<Plug> there = RunningGuests.find(plug, now);
            Optional<Plug> renamed = there.isPresent() ? Optional.empty() : predecessor(plug);
            if (renamed.isPresent()) {
                Plug is = renamed.get().linked(plug.up());
                entries.remove(plug.address());
                entries.put(is.address(), new Entry(is, wish.standing(), wish.former(), wish.origin()));
                notices.add("the card `" + plug.nic() + "` of `" + plug.guest() + "` is called `" + is.nic()
                        + "` in its QEMU until the guest's next start");
                return;
            }
            if (there.isEmpty() && (plug.isHanded() || plug.device().isEmpty())) {
                entries.remove(plug.address());
                notices.add("the card `" + plug.nic() + "` of `" + plug.guest()
                        + "` is there at the guest's next start: what it is on has to be handed to QEMU then");
                return;
            }
            if (there.isEmpty()) {
                if (room.merge(plug.guest(), -1, Integer::sum) < 0) {
                    entries.remove(plug.address());
                    notices.add(
                            "the card `" + plug.nic() + "` of `" + plug.guest()
                                    + "` is there at the guest's next start: no bus of it has room for a card while it runs."
                                    + " A machine of the type q35 has room in each free pcie-root-port that it was started with");
                }
                return;
            }
            Plug is = there.get();
            if (Plug.KIND.changesInPlace(is, RunningGuests.placed(plug, now)) || isBroken(is, plug)) {
                return;
            }
            if (!is.fixed() && allowances.recreates(plug)) {
                notices.add("the card `" + plug.nic() + "` of `" + plug.guest()
                        + "` is unplugged and plugged in again because --allow-recreate says so");
                return;
            }
            entries.put(plug.address(), new Entry(is.linked(plug.up()), wish.standing(), wish.former(), wish.origin()));
            notices.add("the card `" + plug.nic() + "` of `" + plug.guest()
                    + "` changes at the guest's next start, for a card stays as it was plugged in"
                    + (is.fixed()
                            ? ""
                            : "; or at once, unplugged and plugged in again: --allow-recreate " + plug.owner()));
        }

        /** The card on the same tap that had another name, and is not wanted by that any more. */
        private Optional<Plug> predecessor(Plug plug) {
            return plugs(now.state())
                    .filter(is -> is.guest().equals(plug.guest())
                            && is.tap().isPresent()
                            && is.tap().equals(plug.tap())
                            && !is.detached()
                            && desired.find(is.address()).isEmpty())
                    .findFirst();
        }

        private static Stream<Plug> plugs(HostState state) {
            return state.entries().values().stream()
                    .map(Entry::resource)
                    .filter(Plug.class::isInstance)
                    .map(Plug.class::cast);
        }

        /** What the guest has nothing of any more is mended where it can be, with nothing lost. */
        private static boolean isBroken(Plug is, Plug wish) {
            return !is.fixed()
                    && (is.detached()
                            || is.netdev().isEmpty() != wish.netdev().isEmpty()
                            || is.device().isEmpty() != wish.device().isEmpty());
        }
    }
}
