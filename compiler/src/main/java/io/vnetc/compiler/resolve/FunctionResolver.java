// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.resolve.Placement.Scope;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.Switch;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Cards that are a device of a pool: by the NIC's own word, or by that of its network. */
final class FunctionResolver {
    /** What a card of the host's is set by, and a device that the guest has itself is not. */
    private static final Map<EStructuralFeature, String> OF_LINKS = Map.of(
            Literals.NIC__MTUS, "the guest's own driver sets its MTU",
            Literals.NIC__QUEUES, "the guest's own driver sets up its queues",
            Literals.NIC__TAPS, "it has no link on the host",
            Literals.NIC__OWNERS, "whoever starts the guest has to be let at the device itself",
            Literals.NIC__GROUPS, "whoever starts the guest has to be let at the device itself",
            Literals.NIC__PORTGROUPS, "portgroups are those of a network");

    private static final Map<EStructuralFeature, String> OF_FUNCTIONS =
            Map.of(Literals.NIC__RATES, "rate", Literals.NIC__SPOOF_CHECKS, "spoof-check");

    private final Resolution resolution;
    private final Placement placement;
    private final Map<String, Pool> pools;
    private final PoolMembers members;

    FunctionResolver(Resolution resolution, Placement placement, Map<String, Pool> pools) {
        this.resolution = resolution;
        this.placement = placement;
        this.pools = pools;
        this.members = new PoolMembers(resolution);
    }

    /**
     * What all guests of one declaration have in common.
     *
     * @param scope whose devices these are
     */
    record Settings(Pool pool, Optional<Scope> scope, Optional<Rate> rate, Optional<Boolean> spoofCheck) {}

    /** The pool that a card is of: its own, or its network's. */
    static Optional<io.vnetc.dsl.vnet.Pool> poolOf(Nic nic) {
        return only(nic.getPools()).or(() -> only(nic.getNetworks()).flatMap(FunctionResolver::poolOf));
    }

    /** The pool whose devices the guests of a network are given. */
    static Optional<io.vnetc.dsl.vnet.Pool> poolOf(Network network) {
        return only(network.getForwards()).map(Forward::getPool);
    }

    /** Reads them; refuses what does not go with what the card is. */
    Optional<Settings> settings(Nic nic) {
        Optional<io.vnetc.dsl.vnet.Pool> written = poolOf(nic);
        if (written.isEmpty()) {
            OF_FUNCTIONS.forEach((feature, word) -> refuse(
                    nic,
                    feature,
                    "`" + word + "` is kept by a card for a function of its own, and the NIC `" + nic.getName()
                            + "` is of no pool",
                    word.equals("rate") ? "write `qos { … }`, which the host keeps" : "remove it"));
            return Optional.empty();
        }
        if (!nic.getPools().isEmpty() && !nic.getNetworks().isEmpty()) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SETTING_NOT_HERE,
                            resolution.place(nic, Literals.NIC__POOLS),
                            "the NIC `" + nic.getName() + "` is plugged in twice: into a network, and as a device")
                    .withHint("remove one of them, or make two NICs")
                    .withRelated(resolution.place(nic, Literals.NIC__NETWORKS), "the network"));
        }
        OF_LINKS.forEach((feature, why) -> {
            if (feature != Literals.NIC__PORTGROUPS || nic.getNetworks().isEmpty()) {
                refuse(nic, feature, "this cannot be set for a device that the guest is given: " + why, "remove it");
            }
        });
        if (nic.getNetworks().isEmpty() && !nic.getQos().isEmpty()) {
            resolution.error(
                    DiagnosticCode.QOS_NOT_HERE,
                    resolution.place(nic, Literals.NIC__QOS),
                    "`qos` of the NIC `" + nic.getName() + "` cannot be kept: its packets never pass the host's kernel",
                    "give it a `rate`, which the card keeps");
        }
        return Optional.ofNullable(pools.get(written.get().getName()))
                .map(pool -> new Settings(
                        pool,
                        placement.of(written.get()),
                        only(nic.getRates()).flatMap(resolution.values()::rate),
                        only(nic.getSpoofChecks()).map(value -> value == Switch.ON)));
    }

    /** The device of one guest; empty where none is left, which is reported. */
    Optional<Attachment> of(String guest, NicResolver.Settings card, Settings settings) {
        return members.choose(settings.pool(), guest + "." + card.name(), card.where())
                .map(member -> new Attachment.Function(
                        settings.pool().name(), member, settings.rate(), settings.spoofCheck()));
    }

    private void refuse(Nic nic, EStructuralFeature feature, String message, String hint) {
        if (nic.eIsSet(feature)) {
            resolution.error(DiagnosticCode.SETTING_NOT_HERE, resolution.place(nic, feature), message, hint);
        }
    }
}
