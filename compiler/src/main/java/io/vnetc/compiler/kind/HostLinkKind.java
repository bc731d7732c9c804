// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.HostLink.Speaking;
import io.vnetc.compiler.link.LinkOption;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is known of the host's own links. */
final class HostLinkKind implements Kind<HostLink> {
    private static final String ARP_TARGETS = "arp-targets";

    static Attributes describe(LinkType type, LinkOptions options) {
        Attributes.Builder attributes = Attributes.builder();
        for (LinkOption option : type.options()) {
            Long value = options.values().get(option.name());
            if (value != null) {
                attributes.text(option.name(), option.text(value));
            }
        }
        if (!options.arpTargets().isEmpty()) {
            attributes.lines(
                    ARP_TARGETS,
                    options.arpTargets().stream().map(IpAddress::toString).toList());
        }
        return attributes.build();
    }

    private static LinkOptions options(LinkType type, Attributes attributes) {
        Map<String, Long> values = new TreeMap<>();
        for (LinkOption option : type.options()) {
            attributes
                    .optionalText(option.name())
                    .ifPresent(text -> values.put(option.name(), Read.value(text, option::number)));
        }
        List<IpAddress> targets = attributes.optionalLines(ARP_TARGETS).orElse(List.of()).stream()
                .map(text -> Read.value(text, IpAddress::parse))
                .toList();
        LinkOptions options = LinkOptions.of(type, values, targets);
        if (!options.values().equals(values)) {
            throw new MalformedStateException("these are not the settings of a " + type);
        }
        return options;
    }

    @Override
    public String name() {
        return "host-link";
    }

    @Override
    public Class<HostLink> type() {
        return HostLink.class;
    }

    @Override
    public HostLink read(String name, Attributes attributes) {
        LinkType type = Read.value(attributes.text("type"), LinkType::parse);
        return new HostLink(
                Read.value(name, InterfaceName::new),
                Read.value(attributes.text("owner"), Owner::new),
                type,
                options(type, attributes.group("options")),
                link(attributes, "lower"),
                link(attributes, "peer"),
                attributes.optionalText("mac").map(text -> Read.value(text, MacAddress::parse)),
                Read.between("mtu", attributes.whole("mtu"), 0, Integer.MAX_VALUE),
                new Speaking(
                        attributes.flag("ipv4-forwarding"),
                        attributes.flag("ipv6"),
                        attributes.flag("ipv6-forwarding")),
                link(attributes, "bridge"),
                BridgePort.read(attributes),
                attributes.flag("up"));
    }

    private static Optional<InterfaceName> link(Attributes attributes, String name) {
        return attributes.optionalText(name).map(text -> Read.value(text, InterfaceName::new));
    }

    /** An address that was its own does not become that of the link below again while it is there. */
    @Override
    public boolean changesInPlace(HostLink before, HostLink after) {
        return before.type() == after.type()
                && before.lower().equals(after.lower())
                && before.peer().equals(after.peer())
                && (before.mac().isEmpty() || after.mac().isPresent())
                && before.options().changesInPlace(before.type(), after.options());
    }

    @Override
    public Optional<HostLink> without(HostLink link, ResourceAddress gone) {
        return link.bridge().map(Bridge::address).equals(Optional.of(gone))
                ? Optional.of(link.unplugged())
                : Optional.empty();
    }

    /** As of a bridge; and what is on it goes along with it, and has its MTU cut to that of the link. */
    @Override
    public boolean drags(HostLink before, Optional<HostLink> after, Resource other) {
        boolean down = before.up() && after.filter(HostLink::up).isEmpty();
        boolean silent = before.addressing().ipv6()
                && after.filter(now -> now.addressing().ipv6()).isEmpty();
        if (other instanceof BridgeAddress address && address.link().equals(before.name())) {
            return after.isEmpty() || ((down || silent) && address.inet().family() == IpFamily.IPV6);
        }
        if (other instanceof Route route && route.link().equals(before.name())) {
            return down || (silent && route.destination().family() == IpFamily.IPV6);
        }
        if (other instanceof HostLink upper && upper.lower().equals(Optional.of(before.name()))) {
            return after.isEmpty()
                    || (before.mtu() != after.get().mtu() && isCut(after.get().mtu(), upper));
        }
        return other instanceof Macvtap upper
                && upper.lower().equals(before.name())
                && (after.isEmpty() || upper.mtu() > after.get().mtu());
    }

    /** An ipvlan takes every new MTU of the link below (ipvlan_adjust_mtu()), others none that is larger. */
    static boolean isCut(int mtu, HostLink upper) {
        return switch (upper.type()) {
            case VETH -> false;
            case IPVLAN -> upper.mtu() != mtu;
            default -> upper.mtu() > mtu;
        };
    }

    @Override
    public Optional<Hindrance> hindrance(HostLink wish, Resource foreign) {
        if (foreign instanceof ForeignLink link && isOn(wish, link.name()) && !link.up()) {
            return Optional.of(new Hindrance(
                    "the link " + link.name() + " is down, and " + wish.name() + " on it cannot be up",
                    "ip link set dev " + link.name() + " up"));
        }
        if (foreign instanceof LinkSetting setting
                && setting.key() == LinkSetting.Key.MTU
                && isOn(wish, setting.link().text())
                && wish.mtu() > Integer.parseInt(setting.value())) {
            return Optional.of(new Hindrance(
                    "the link " + setting.link() + " has an MTU of " + setting.value() + ", and " + wish.name()
                            + " on it cannot have " + wish.mtu(),
                    "give " + wish.name() + " an `mtu` of up to " + setting.value() + ", or declare `uplink ROLE = "
                            + setting.link() + " { mtu " + wish.mtu() + " }`"));
        }
        return Optional.empty();
    }

    private static boolean isOn(HostLink link, String lower) {
        return link.lower().filter(name -> name.text().equals(lower)).isPresent();
    }

    @Override
    public Effect effect(Optional<HostLink> before, Optional<HostLink> after) {
        if (before.isEmpty()) {
            return Effect.NONE;
        }
        HostLink old = before.get();
        if (after.isEmpty()) {
            return effect(old, Severity.OUTAGE, "the " + old.type() + " is taken away");
        }
        HostLink now = after.get();
        if (old.up() && !now.up()) {
            return effect(old, Severity.OUTAGE, "the " + old.type() + " goes down");
        }
        if (old.bridge().isPresent() && !old.bridge().equals(now.bridge())) {
            return effect(old, Severity.OUTAGE, "the " + old.type() + " is taken out of the bridge");
        }
        if (now.mtu() < old.mtu()) {
            return effect(
                    old, Severity.BRIEF, "packets over " + now.mtu() + " bytes are dropped until senders know it");
        }
        return Effect.NONE;
    }

    private static Effect effect(HostLink link, Severity severity, String why) {
        return new Effect(severity, Set.of(link.bridge().orElse(link.name())), why);
    }

    @Override
    public List<String> commands(Optional<HostLink> before, Optional<HostLink> after) {
        return HostLinkCommands.of(before, after);
    }

    @Override
    public String title(HostLink link) {
        return link.type() + " " + link.name()
                + link.peer().map(peer -> " with the other end " + peer).orElse("")
                + link.lower()
                        .map(lower -> (link.isSecondEnd() ? ", the other end of " : " on ") + lower)
                        .orElse("");
    }

    @Override
    public int rank(HostLink resource) {
        return 45;
    }
}
