// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.validation.SettingCounts;
import io.vnetc.dsl.vnet.Backend;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What does not go together in a NIC that is plugged into no network of the host's. */
final class BackendChecks {
    private static final Set<EStructuralFeature> OF_NETWORKS = Set.of(
            Literals.NIC__PORTGROUPS,
            Literals.NIC__TAPS,
            Literals.NIC__OWNERS,
            Literals.NIC__GROUPS,
            Literals.NIC__QOS,
            Literals.PORT_SETTING__ISOLATED,
            Literals.PORT_SETTING__VLANS,
            Literals.PORT_SETTING__VIRTUALPORTS,
            Literals.PORT_SETTING__TRUST_FILTERS,
            Literals.PORT_SETTING__HAIRPIN,
            Literals.PORT_SETTING__BPDU_GUARD,
            Literals.PORT_SETTING__ROOT_GUARD,
            Literals.PORT_SETTING__FAST_LEAVE,
            Literals.PORT_SETTING__NEIGHBOUR_SUPPRESSION,
            Literals.PORT_SETTING__LEARNING,
            Literals.PORT_SETTING__FLOOD,
            Literals.PORT_SETTING__COSTS,
            Literals.PORT_SETTING__PORT_PRIORITIES);

    private static final Set<EStructuralFeature> OF_EMULATED = Set.of(Literals.NIC__MACS, Literals.NIC__MTUS);

    private final Resolution resolution;

    BackendChecks(Resolution resolution) {
        this.resolution = resolution;
    }

    /** Reports a second way to be plugged in. A hub is none: what is plugged into it and elsewhere joins the two. */
    boolean isPluggedOnce(Nic nic, boolean cabled) {
        List<Supplier<SourceRange>> ways = new ArrayList<>();
        if (!nic.getNetworks().isEmpty()) {
            ways.add(() -> resolution.place(nic, Literals.NIC__NETWORKS));
        } else if (!nic.getPools().isEmpty()) {
            ways.add(() -> resolution.place(nic, Literals.NIC__POOLS));
        }
        for (Backend backend : BackendResolver.of(nic)) {
            ways.add(() -> resolution.place(backend));
        }
        if (cabled) {
            ways.add(() -> resolution.name(nic));
        }
        if (ways.size() > 1) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SETTING_NOT_HERE,
                            ways.get(1).get(),
                            "the NIC `" + nic.getName() + "` is plugged in twice"
                                    + (cabled ? ": a cable leads to it as well" : ""))
                    .withHint("remove one of them, or make two NICs")
                    .withRelated(ways.get(0).get(), "the first way"));
        }
        return ways.size() <= 1;
    }

    /** Refuses what the host would have to see to, where it has nothing of the NIC. */
    void refuse(Nic nic, Attachment attachment) {
        String what = "the NIC `" + nic.getName() + "` is " + words(nic, attachment);
        OF_NETWORKS.forEach(feature -> refuse(
                nic,
                feature,
                "`" + SettingCounts.word(feature) + "` is of a NIC on a network of the host's, and " + what));
        boolean hasQueues = attachment instanceof Attachment.VhostUser
                || attachment instanceof Attachment.Vdpa
                || attachment instanceof Attachment.QemuTap;
        if (!hasQueues) {
            refuse(nic, Literals.NIC__QUEUES, "there is one queue: " + what);
        }
        if (attachment instanceof Attachment.Passthrough) {
            OF_EMULATED.forEach(feature -> refuse(
                    nic,
                    feature,
                    "a device of the host keeps its own `" + SettingCounts.word(feature) + "`, and " + what));
        }
    }

    private static String words(Nic nic, Attachment attachment) {
        if (attachment instanceof Attachment.Hub) {
            return "in a hub inside of QEMU";
        }
        return only(BackendResolver.of(nic).stream()
                        .map(backend -> "`" + backend.getKind() + "`")
                        .collect(Collectors.toList()))
                .orElse("on a cable");
    }

    private void refuse(Nic nic, EStructuralFeature feature, String message) {
        if (nic.eIsSet(feature)) {
            resolution.error(DiagnosticCode.SETTING_NOT_HERE, resolution.place(nic, feature), message, "remove it");
        }
    }
}
