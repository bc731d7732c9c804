// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.resolve.HostClaims.Role;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EStructuralFeature;

/** A host, its uplinks and the links that it makes. */
final class HostResolver {
    private final Resolution resolution;
    private final Claims claims;
    private final Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks = new HashMap<>();

    HostResolver(Resolution resolution, Claims claims) {
        this.resolution = resolution;
        this.claims = claims;
    }

    Host resolve(io.vnetc.dsl.vnet.Host host) {
        List<Uplink> found = new ArrayList<>();
        for (io.vnetc.dsl.vnet.Uplink uplink : host.getUplinks()) {
            Optional<InterfaceName> link =
                    resolution.values().interfaceName(uplink, VnetPackage.Literals.UPLINK__LINK, 0);
            link.ifPresent(name -> {
                Uplink resolved = new Uplink(
                        uplink.getName(),
                        name,
                        HostLinkResolver.mtu(resolution, uplink.getMtus()),
                        Resolution.only(uplink.getMacs()).flatMap(resolution.values()::mac),
                        resolution.origin(uplink));
                checkSettings(uplink, host);
                found.add(resolved);
                uplinks.put(uplink, resolved);
                claims.of(Placement.Scope.of(host.getName()))
                        .link(
                                name,
                                Role.UPLINK,
                                "the uplink `" + uplink.getName() + "`",
                                () -> resolution.place(uplink, VnetPackage.Literals.UPLINK__LINK));
            });
        }
        found.sort(Comparator.comparing(Uplink::role));
        List<HostLink> links =
                new HostLinkResolver(resolution, claims.of(Placement.Scope.of(host.getName()))).resolve(host, found);
        return new Host(host.getName(), found, links, qemu(host), resolution.origin(host));
    }

    /** What a link is set to that is made here is said where it is made. */
    private void checkSettings(io.vnetc.dsl.vnet.Uplink uplink, io.vnetc.dsl.vnet.Host host) {
        boolean isMade = host.getLinks().stream()
                .anyMatch(link -> uplink.getLink().equals(link.getName())
                        || uplink.getLink().equals(link.getPeer()));
        for (EStructuralFeature setting :
                List.of(VnetPackage.Literals.UPLINK__MTUS, VnetPackage.Literals.UPLINK__MACS)) {
            if (isMade && uplink.eIsSet(setting)) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(uplink, setting),
                        "the host makes `" + uplink.getLink() + "` itself, and sets it up there",
                        "write it in the block of `" + uplink.getLink() + "`");
            }
        }
    }

    private Optional<QemuVersion> qemu(io.vnetc.dsl.vnet.Host host) {
        return Resolution.only(host.getQemu()).flatMap(text -> {
            try {
                return Optional.of(QemuVersion.parse(text));
            } catch (LiteralException e) {
                resolution.error(
                        DiagnosticCode.QEMU_VERSION,
                        resolution.place(host, VnetPackage.Literals.HOST__QEMU),
                        e.getMessage(),
                        e.hint().orElse("write it as in 8.2"));
                return Optional.empty();
            }
        });
    }

    /** Those of all hosts that were resolved, by their declaration. */
    Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks() {
        return uplinks;
    }
}
