// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds guests in the VLAN of the host, out of which guests of all VLANs of their network hear. */
final class VlanCheck {
    private static final Vlan OF_HOST = Vlan.access(1);

    private final Resolution resolution;

    VlanCheck(Resolution resolution) {
        this.resolution = resolution;
    }

    void run(List<Network> networks, List<Guest> guests) {
        Set<String> parted = new HashSet<>();
        Map<Origin, Nic> byOrigin = new HashMap<>();
        for (Guest guest : guests) {
            for (Nic nic : guest.nics()) {
                byOrigin.put(nic.origin(), nic);
                if (!isOfHost(nic)) {
                    nic.network().ifPresent(parted::add);
                }
            }
        }
        parted.retainAll(
                networks.stream().filter(VlanCheck::isHosted).map(Network::name).toList());
        if (parted.isEmpty()) {
            return;
        }
        for (io.vnetc.dsl.vnet.Guest guest : resolution.sources().declarations(io.vnetc.dsl.vnet.Guest.class)) {
            for (io.vnetc.dsl.vnet.Nic written : guest.getNics()) {
                Nic nic = byOrigin.get(resolution.origin(written));
                if (nic != null
                        && isOfHost(nic)
                        && nic.network().filter(parted::contains).isPresent()) {
                    resolution.warning(
                            DiagnosticCode.VLAN_OF_HOST,
                            resolution.name(written),
                            "`" + guest.getName()
                                    + "` is in the VLAN of the host: what it sends reaches the guests of all"
                                    + " VLANs of `" + nic.network().orElseThrow() + "`, which cannot answer",
                            "give it a VLAN as well");
                }
            }
        }
    }

    private static boolean isOfHost(Nic nic) {
        return nic.port().vlan().map(OF_HOST::equals).orElse(true);
    }

    private static boolean isHosted(Network network) {
        return !(network.forwarding() instanceof Forwarding.ExistingBridge)
                && network.subnets().stream()
                        .anyMatch(subnet -> subnet.gateway().isPresent());
    }
}
