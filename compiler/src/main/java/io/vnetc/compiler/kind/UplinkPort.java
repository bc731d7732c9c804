// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A link of somebody else's as a port of a bridge of ours: borrowed, and taken out again when nobody wants it there. A port
 * takes no part in addresses and routes: those of the host go with it into the bridge, and back, in the same step.
 *
 * @param link that is or could be a port
 * @param bridge that it is a port of
 * @param port how it is set as one; where it is none, as by default
 * @param up whether it is up, without which it would carry nothing
 * @param carried the host's addresses and routes that go where the link's packets go: of a port they are on the bridge, if
 *     that says that it {@link Bridge#carries} those of this link
 */
public record UplinkPort(
        InterfaceName link, Optional<InterfaceName> bridge, BridgePort port, boolean up, Carried carried)
        implements Resource {
    public static final Kind<UplinkPort> KIND = new UplinkPortKind();

    /** A link that the host has no address on. */
    public UplinkPort(InterfaceName link, Optional<InterfaceName> bridge, BridgePort port, boolean up) {
        this(link, bridge, port, up, Carried.NONE);
    }

    /** Where the port that {@code link} is stands in a state. */
    public static ResourceAddress address(InterfaceName link) {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public ResourceAddress address() {
        return address(link);
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        Attributes.Builder attributes = Attributes.builder().text("bridge", bridge);
        port.describe(attributes);
        attributes.flag("up", up);
        carried.describe(attributes);
        return attributes.build();
    }

    /** Where what it carries is. */
    public InterfaceName place() {
        return bridge.orElse(link);
    }

    @Override
    public Set<Claim> needs() {
        Set<Claim> needs = new HashSet<>(Set.of(Claim.interfaceName(link.text())));
        bridge.ifPresent(name -> {
            needs.add(Claim.interfaceName(name.text()));
            if (port.hasVlans()) {
                needs.add(Claim.vlanFiltering(name.text()));
            }
        });
        return needs;
    }

    @Override
    public Set<Claim> claims() {
        return bridge.isPresent() ? Set.of() : Set.of(Claim.freeLink(link.text()));
    }

    @Override
    public Optional<InterfaceName> master() {
        return bridge;
    }

    private static final class UplinkPortKind implements Kind<UplinkPort> {
        @Override
        public String name() {
            return "port";
        }

        @Override
        public Class<UplinkPort> type() {
            return UplinkPort.class;
        }

        @Override
        public UplinkPort read(String name, Attributes attributes) {
            return new UplinkPort(
                    Read.value(name, InterfaceName::new),
                    attributes.optionalText("bridge").map(link -> Read.value(link, InterfaceName::new)),
                    BridgePort.read(attributes),
                    attributes.flag("up"),
                    Carried.read(attributes));
        }

        @Override
        public Optional<UplinkPort> without(UplinkPort resource, ResourceAddress gone) {
            return Optional.of(
                    new UplinkPort(resource.link, Optional.empty(), BridgePort.DEFAULT, resource.up, resource.carried));
        }

        /** What the host has on the bridge by now goes back, whatever it was that came along. */
        @Override
        public UplinkPort givenBack(UplinkPort former, UplinkPort now) {
            return new UplinkPort(former.link, former.bridge, former.port, former.up, now.carried);
        }

        @Override
        public boolean takesAlong(UplinkPort before, UplinkPort after, Resource other) {
            if (before.place().equals(after.place())) {
                return false;
            }
            if (other instanceof BridgeAddress address) {
                return address.link().equals(before.place()) && before.carried.has(address.inet());
            }
            return other instanceof Route route && route.link().equals(before.place()) && before.carried.has(route);
        }

        @Override
        public Optional<Hindrance> hindrance(UplinkPort wish, Resource foreign) {
            String link = wish.link.text();
            if (wish.bridge.isEmpty()) {
                return Optional.empty();
            }
            String why = ", and as a port of " + wish.bridge.get() + " it would no longer be reached by ";
            if (foreign instanceof BridgeAddress address
                    && address.link().text().equals(link)
                    && !wish.carried.has(address.inet())) {
                return Optional.of(new Hindrance(
                        "the uplink " + link + " has the address " + address.inet() + why + "it",
                        "make it a lasting one: only such addresses go with the uplink into the bridge, those of one"
                                + " uplink into one bridge. Let a DHCP client run on " + wish.bridge.get()
                                + " instead, or take the address off"));
            }
            if (foreign instanceof Route route && route.link().text().equals(link) && !wish.carried.has(route)) {
                return Optional.of(new Hindrance(
                        "the route to " + route.destination() + " leads over the uplink " + link + why + "that way",
                        "take the route away, or make it a lasting one of an uplink that has an address: those go with"
                                + " it into the bridge"));
            }
            if (foreign instanceof ForeignLink other
                    && other.name().equals(link)
                    && other.master().filter(wish.bridge.get()::equals).isEmpty()
                    && other.master().isPresent()) {
                return Optional.of(new Hindrance(
                        "the uplink " + link + " is a port of " + other.master().get() + " already",
                        "take it out there, or use that: `forward bridge` with `bridge "
                                + other.master().get() + "` where it is a bridge"));
            }
            return Optional.empty();
        }

        @Override
        public Effect effect(Optional<UplinkPort> before, Optional<UplinkPort> after) {
            Optional<InterfaceName> old = before.flatMap(UplinkPort::bridge);
            if (old.isEmpty()) {
                return Effect.NONE;
            }
            if (!old.equals(after.flatMap(UplinkPort::bridge))) {
                return new Effect(Severity.OUTAGE, Set.of(old.get()), "the uplink is taken out of the bridge");
            }
            if (before.get().up && !after.get().up) {
                return new Effect(Severity.OUTAGE, Set.of(old.get()), "the uplink goes down");
            }
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<UplinkPort> before, Optional<UplinkPort> after) {
            List<String> lines = new ArrayList<>();
            if (after.isEmpty()) {
                return lines;
            }
            UplinkPort now = after.get();
            Optional<InterfaceName> old = before.flatMap(UplinkPort::bridge);
            StringBuilder changes = new StringBuilder();
            if (!old.equals(now.bridge)) {
                changes.append(now.bridge.map(name -> " master " + name).orElse(" nomaster"));
            }
            if (before.map(UplinkPort::up).filter(up -> up == now.up).isEmpty()) {
                changes.append(now.up ? " up" : " down");
            }
            if (!changes.isEmpty()) {
                lines.add("ip link set dev " + now.link + changes);
            }
            before.filter(was -> !was.place().equals(now.place())).ifPresent(was -> carry(was, now, lines));
            if (now.bridge.isPresent()) {
                BridgePort from = old.equals(now.bridge) ? before.orElseThrow().port : BridgePort.DEFAULT;
                lines.addAll(BridgePort.commands(now.link, from, now.port));
            }
            return lines;
        }

        private static void carry(UplinkPort was, UplinkPort now, List<String> lines) {
            was.carried
                    .addresses()
                    .forEach(address -> lines.add("ip address del " + address.inet() + " dev " + was.place()));
            now.carried.addresses().forEach(address -> lines.add("ip address add " + address + " dev " + now.place()));
            now.carried.routes().forEach(route -> lines.add("ip route replace " + route + " dev " + now.place()));
        }

        @Override
        public String title(UplinkPort resource) {
            List<CarriedAddress> addresses = resource.carried.addresses();
            String with = addresses.isEmpty()
                    ? ""
                    : ", with " + addresses.get(0).inet()
                            + (addresses.size() == 1 ? "" : " and " + (addresses.size() - 1) + " more");
            return "uplink " + resource.link
                    + resource.bridge
                            .map(name -> " as a port of " + name + with)
                            .orElse("");
        }

        @Override
        public int rank(UplinkPort resource) {
            return 75;
        }
    }
}
