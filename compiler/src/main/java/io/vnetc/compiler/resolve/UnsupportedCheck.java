// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.vnet.Assertion;
import io.vnetc.dsl.vnet.Cable;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.Pool;
import io.vnetc.dsl.vnet.Portgroup;
import io.vnetc.dsl.vnet.VnetPackage;
import org.eclipse.emf.ecore.EStructuralFeature;

/**
 * Refuses what the language can say and nothing here can do. A setting that is read and not applied would be a promise
 * that is not kept, most of all where it would have kept guests apart.
 */
final class UnsupportedCheck {
    private final Resolution resolution;

    UnsupportedCheck(Resolution resolution) {
        this.resolution = resolution;
    }

    void run() {
        for (Assertion assertion : resolution.sources().declarations(Assertion.class)) {
            refuse(resolution.place(assertion), "`assert` cannot be proven yet");
        }
        for (Cable cable : resolution.sources().declarations(Cable.class)) {
            refuse(resolution.place(cable), "cables between guests cannot be made yet");
        }
        for (Pool pool : resolution.sources().declarations(Pool.class)) {
            refuse(resolution.name(pool), "pools cannot be made yet");
        }
        resolution.sources().declarations(Network.class).forEach(this::network);
        for (Guest guest : resolution.sources().declarations(Guest.class)) {
            guest.getNics().forEach(this::nic);
        }
    }

    private void network(Network network) {
        if (!network.getQos().isEmpty()) {
            refuse(resolution.place(network.getQos().get(0)), "`qos` cannot be enforced yet");
        }
        for (Portgroup portgroup : network.getPortgroups()) {
            refuse(resolution.name(portgroup), "portgroups cannot be applied yet");
        }
    }

    private void nic(Nic nic) {
        refuse(nic, VnetPackage.Literals.NIC__POOLS, "a NIC cannot be taken from a pool yet");
        refuse(nic, VnetPackage.Literals.NIC__PORTGROUPS, "portgroups cannot be applied yet");
        refuse(nic, VnetPackage.Literals.NIC__VLANS, "`vlan` cannot be applied yet");
        refuse(nic, VnetPackage.Literals.NIC__RATES, "`rate` cannot be enforced yet");
        refuse(nic, VnetPackage.Literals.NIC__SPOOF_CHECKS, "`spoof-check` cannot be applied yet");
    }

    private void refuse(Nic nic, EStructuralFeature feature, String message) {
        if (nic.eIsSet(feature)) {
            refuse(resolution.place(nic, feature), message);
        }
    }

    private void refuse(SourceRange place, String message) {
        resolution.error(DiagnosticCode.NOT_YET, place, message, "remove it");
    }
}
