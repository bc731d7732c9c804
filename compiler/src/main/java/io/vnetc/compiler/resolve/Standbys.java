// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Card;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.Nic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cards that take over for a device of the host while it is away (VIRTIO_NET_F_STANDBY of the virtio specification): the
 * two have one address.
 */
final class Standbys {
    private final Resolution resolution;

    Standbys(Resolution resolution) {
        this.resolution = resolution;
    }

    /** The cards of one guest, each that stands in for another marked so. */
    List<Nic> applied(Guest written, List<Nic> nics) {
        Map<String, Nic> byName = nics.stream().collect(Collectors.toMap(Nic::name, nic -> nic, (one, same) -> one));
        Map<String, Nic> primaries = new HashMap<>();
        for (Nic nic : nics) {
            nic.card().standby().ifPresent(standby -> {
                Optional<String> obstacle = obstacle(Optional.ofNullable(byName.get(standby)), standby)
                        .or(() -> Optional.ofNullable(primaries.put(standby, nic))
                                .map(other -> "`" + standby + "` stands in for `" + other.name() + "` already"));
                obstacle.ifPresent(message -> report(written, nic, message));
            });
        }
        Set<String> standbys = primaries.keySet();
        return nics.stream()
                .map(nic -> standbys.contains(nic.name()) ? nic.with(nic.card().standby(true)) : nic)
                .map(nic -> nic.card()
                        .standby()
                        .flatMap(standby -> Optional.ofNullable(byName.get(standby)))
                        .map(standby -> nic.with(standby.mac()))
                        .orElse(nic))
                .toList();
    }

    private static Optional<String> obstacle(Optional<Nic> standby, String name) {
        if (standby.isEmpty()) {
            return Optional.of("the guest has no NIC `" + name + "`");
        }
        Card card = standby.get().card();
        return card.model().isVirtio()
                        && card.model().bus() == CardModel.Bus.PCI
                        && card.standby().isEmpty()
                        && card.hub().isEmpty()
                ? Optional.empty()
                : Optional.of("`" + name + "` is no virtio card, and no other can stand in");
    }

    private void report(Guest written, Nic nic, String message) {
        written.getNics().stream()
                .filter(each -> each.getName().equals(nic.name()))
                .findFirst()
                .ifPresent(each -> resolution.error(
                        DiagnosticCode.FAILOVER,
                        resolution.place(each, Literals.NIC__FAILOVERS),
                        message,
                        "name a virtio NIC of the same guest"));
    }
}
