// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The MTU of each link: as it is said, else as the link that it is on, else 1500. None is larger than that of the link
 * that it is on, as far as that is known here; what is not, the plan looks at on the host.
 */
final class MtuChain {
    private static final int USUAL = 1500;

    private final Resolution resolution;
    private final Map<InterfaceName, Integer> uplinks = new HashMap<>();
    private final Map<InterfaceName, io.vnetc.dsl.machine.HostLink> written = new HashMap<>();
    private final Map<InterfaceName, HostLink> links = new HashMap<>();
    private final Map<InterfaceName, Integer> known = new HashMap<>();
    private final Set<InterfaceName> open = new HashSet<>();

    MtuChain(Resolution resolution, Map<io.vnetc.dsl.machine.HostLink, HostLink> resolved, List<Uplink> uplinks) {
        this.resolution = resolution;
        uplinks.forEach(uplink -> uplink.mtu().ifPresent(mtu -> this.uplinks.put(uplink.link(), mtu)));
        resolved.forEach((declaration, link) -> {
            links.putIfAbsent(link.name(), link);
            written.putIfAbsent(link.name(), declaration);
            link.peer().ifPresent(peer -> {
                links.putIfAbsent(peer, link);
                written.putIfAbsent(peer, declaration);
            });
        });
    }

    /** Of a link that the host makes. */
    int of(InterfaceName name) {
        Integer before = known.get(name);
        if (before != null) {
            return before;
        }
        HostLink link = links.get(name);
        if (!open.add(name)) {
            // A circle, which is reported where links are checked.
            return USUAL;
        }
        Optional<Integer> below = link.lower().flatMap(this::find);
        Optional<Integer> said =
                HostLinkResolver.mtu(resolution, written.get(name).getMtus());
        int mtu = said.or(() -> below).orElse(USUAL);
        if (below.isPresent() && mtu > below.get()) {
            tooLarge(link, mtu, below.get());
        }
        if (link.type() == LinkType.BOND) {
            members(link, mtu);
        }
        open.remove(name);
        known.put(name, mtu);
        return mtu;
    }

    private Optional<Integer> find(InterfaceName name) {
        return links.containsKey(name) ? Optional.of(of(name)) : Optional.ofNullable(uplinks.get(name));
    }

    private SourceRange place(HostLink link) {
        io.vnetc.dsl.machine.HostLink declaration = written.get(link.name());
        return Resolution.only(declaration.getMtus())
                .map(resolution::place)
                .orElseGet(() -> resolution.name(declaration));
    }

    private void tooLarge(HostLink link, int mtu, int below) {
        InterfaceName lower = link.lower().orElseThrow();
        Diagnostic error = Diagnostic.error(
                        DiagnosticCode.MTU,
                        place(link),
                        "the " + link.type() + " `" + link.name() + "` has an MTU of " + mtu
                                + ", and what it is on, `" + lower + "`, one of " + below
                                + " only: the kernel refuses it")
                .withHint(
                        "give `" + link.name() + "` an `mtu` of up to " + below + ", or `" + lower + "` one of " + mtu);
        HostLink other = links.get(lower);
        resolution.report(other == null ? error : error.withRelated(place(other), "the link below"));
    }

    /** A bond gives its members its own MTU. */
    private void members(HostLink bond, int mtu) {
        for (InterfaceName member : bond.members()) {
            Integer own = uplinks.get(member);
            if (own != null && own != mtu) {
                resolution.error(
                        DiagnosticCode.MTU,
                        place(bond),
                        "the bond `" + bond.name() + "` has an MTU of " + mtu + ", which its members get, and `"
                                + member + "` is to have " + own,
                        "give the bond `mtu " + own + "`, and remove that of `" + member + "`");
            }
        }
    }
}
