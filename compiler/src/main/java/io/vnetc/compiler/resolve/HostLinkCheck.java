// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.machine.MachinePackage.Literals;
import io.vnetc.dsl.value.InterfaceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the links of a host can be on each other and in each other as they are said to be. */
final class HostLinkCheck {
    private static final Set<Long> WITH_PRIMARY = Set.of(1L, 5L, 6L);

    private final Resolution resolution;
    private final Map<io.vnetc.dsl.machine.HostLink, HostLink> links;
    private final Map<InterfaceName, HostLink> byName = new HashMap<>();
    private final Map<InterfaceName, HostLink> bonds = new HashMap<>();
    private final Map<InterfaceName, Uplink> uplinks;
    private final Map<Object, SourceRange> seen = new HashMap<>();

    HostLinkCheck(Resolution resolution, Map<io.vnetc.dsl.machine.HostLink, HostLink> links, List<Uplink> uplinks) {
        this.resolution = resolution;
        this.links = links;
        this.uplinks = uplinks.stream().collect(Collectors.toMap(Uplink::link, uplink -> uplink, (one, same) -> one));
        links.values().forEach(link -> {
            byName.putIfAbsent(link.name(), link);
            link.peer().ifPresent(peer -> byName.putIfAbsent(peer, link));
        });
    }

    void run() {
        links.forEach(this::members);
        links.forEach((written, link) -> {
            primary(written, link);
            link.lower().ifPresent(lower -> lower(written, link, lower));
        });
    }

    private void members(io.vnetc.dsl.machine.HostLink written, HostLink bond) {
        for (int i = 0; i < bond.members().size(); i++) {
            InterfaceName member = bond.members().get(i);
            SourceRange place = resolution.sources().rangeOf(written, Literals.HOST_LINK__MEMBERS, i);
            HostLink other = bonds.putIfAbsent(member, bond);
            if (other != null) {
                report(
                        DiagnosticCode.BOND_MEMBER,
                        place,
                        "`" + member + "` is a member of `" + other.name() + "` already",
                        "name each link once");
            } else if (byName.containsKey(member)) {
                report(
                        DiagnosticCode.BOND_MEMBER,
                        place,
                        "`" + member + "` is made here, and a bond is of links that are there: it gives them its own"
                                + " address and MTU",
                        "name links of the machine");
            } else if (uplinks.containsKey(member)) {
                Uplink uplink = uplinks.get(member);
                report(
                        DiagnosticCode.BOND_MEMBER,
                        place,
                        "`" + member + "` is the uplink `" + uplink.role()
                                + "`, and what is a member of a bond carries nothing by itself",
                        "write `uplink " + uplink.role() + " = " + bond.name() + "`");
            }
        }
    }

    private void primary(io.vnetc.dsl.machine.HostLink written, HostLink bond) {
        if (bond.primary().isEmpty() || bond.type() != LinkType.BOND) {
            return;
        }
        SourceRange place = resolution.name(written);
        String primary = "`primary " + bond.primary().get() + "`";
        if (!bond.members().contains(bond.primary().get())) {
            report(
                    DiagnosticCode.BOND_MEMBER,
                    place,
                    primary + " names no member of `" + bond.name() + "`",
                    "choose one of "
                            + bond.members().stream().map(InterfaceName::text).collect(Collectors.joining(", ")));
        } else if (!WITH_PRIMARY.contains(bond.options().values().get("mode"))) {
            report(
                    DiagnosticCode.LINK_SETTING,
                    place,
                    primary + " means nothing in a mode that uses all members at once",
                    "remove it, or choose active-backup, balance-tlb or balance-alb");
        }
    }

    private void lower(io.vnetc.dsl.machine.HostLink written, HostLink link, InterfaceName lower) {
        SourceRange place = resolution.place(written, Literals.HOST_LINK__LOWER);
        HostLink below = byName.get(lower);
        if (isInCircle(link)) {
            report(
                    DiagnosticCode.LOWER_LINK,
                    place,
                    "`" + link.name() + "` is on itself, by way of what it is on",
                    "name another link");
        } else if (bonds.containsKey(lower)) {
            String bond = bonds.get(lower).name().text();
            report(
                    DiagnosticCode.LOWER_LINK,
                    place,
                    "`" + lower + "` is a member of `" + bond + "`, and nothing else can be on it",
                    "write `on " + bond + "`");
        } else if (below != null && !below.type().isEthernet()) {
            report(
                    DiagnosticCode.LOWER_LINK,
                    place,
                    "`" + lower + "` is a " + below.type() + ", which carries IP packets and no Ethernet frames",
                    "name an Ethernet link");
        } else if (below != null && family(link) != 0 && family(link) == family(below)) {
            report(
                    DiagnosticCode.LOWER_LINK,
                    place,
                    "a " + link.type() + " cannot be on a " + below.type() + ": the kernel puts it on `"
                            + below.lower().orElseThrow() + "`, beside that",
                    "write `on " + below.lower().orElseThrow() + "`");
        } else {
            beside(link, lower, place);
        }
    }

    /** The kernel's driver, of those that take all that a link receives. */
    private static int family(HostLink link) {
        return switch (link.type()) {
            case MACVLAN, MACVTAP -> 1;
            case IPVLAN -> 2;
            default -> 0;
        };
    }

    /** With others on the same link. */
    private void beside(HostLink link, InterfaceName lower, SourceRange place) {
        if (link.type() == LinkType.VLAN) {
            if (!link.options().values().containsKey("tag")) {
                return;
            }
            once(
                    List.of("vlan", lower, link.options().values()),
                    DiagnosticCode.VLAN_TWICE,
                    place,
                    "`" + lower + "` has that VLAN already",
                    "choose another `tag`");
            return;
        }
        Optional<HostLink> other = links.values().stream()
                .filter(each -> !each.name().equals(link.name())
                        && family(each) != 0
                        && each.lower().equals(Optional.of(lower)))
                .filter(each -> family(each) != family(link)
                        || (link.type() == LinkType.IPVLAN && !each.options().equals(link.options())))
                .findFirst();
        other.ifPresent(each -> report(
                DiagnosticCode.LOWER_LINK,
                place,
                family(each) == family(link)
                        ? "all ipvlans of one link have one `mode`, and `" + each.name() + "` has another"
                        : "`" + lower + "` cannot have ipvlans and macvlans, as `" + each.name() + "` is one",
                "choose the same for both, or put one of them on another link"));
    }

    private void once(Object key, DiagnosticCode code, SourceRange place, String message, String hint) {
        SourceRange first = seen.putIfAbsent(key, place);
        if (first != null) {
            resolution.report(
                    Diagnostic.error(code, place, message).withHint(hint).withRelated(first, "the other one"));
        }
    }

    private boolean isInCircle(HostLink link) {
        Set<InterfaceName> passed = new HashSet<>();
        Optional<InterfaceName> at = link.lower();
        while (at.isPresent() && passed.add(at.get())) {
            if (at.get().equals(link.name())) {
                return true;
            }
            at = Optional.ofNullable(byName.get(at.get())).flatMap(HostLink::lower);
        }
        return false;
    }

    private void report(DiagnosticCode code, SourceRange place, String message, String hint) {
        resolution.error(code, place, message, hint);
    }
}
