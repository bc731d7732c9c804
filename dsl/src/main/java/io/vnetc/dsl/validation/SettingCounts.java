// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import static java.util.Map.entry;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/**
 * How often a setting may stand. The grammar takes each any number of times, so that the second one can be answered with
 * the place of the first.
 */
final class SettingCounts {
    /** By setting that may stand once, the word for it. */
    static final Map<EStructuralFeature, String> ONCE = Map.ofEntries(
            entry(Literals.NETWORK__FORWARDS, "forward"),
            entry(Literals.NETWORK__BRIDGES, "bridge"),
            entry(Literals.NETWORK__DOMAINS, "domain"),
            entry(Literals.NETWORK__DNS, "dns"),
            entry(Literals.NETWORK__QOS, "qos"),
            entry(Literals.FORWARD__PORTS, "ports"),
            entry(Literals.BRIDGE__STP, "stp"),
            entry(Literals.BRIDGE__FORWARD_DELAYS, "forward-delay"),
            entry(Literals.BRIDGE__MTUS, "mtu"),
            entry(Literals.BRIDGE__MACS, "mac"),
            entry(Literals.SUBNET__GATEWAYS, "gateway"),
            entry(Literals.SUBNET__ADVERTISE, "advertise"),
            entry(Literals.RESERVATION__MACS, "mac"),
            entry(Literals.RESERVATION__DUIDS, "duid"),
            entry(Literals.RESERVATION__ADDRESSES, "address"),
            entry(Literals.RESERVATION__LEASES, "lease"),
            entry(Literals.QOS__INBOUND, "inbound"),
            entry(Literals.QOS__OUTBOUND, "outbound"),
            entry(Literals.LIMIT__AVERAGES, "average"),
            entry(Literals.LIMIT__PEAKS, "peak"),
            entry(Literals.LIMIT__BURSTS, "burst"),
            entry(Literals.LIMIT__FLOORS, "floor"),
            entry(Literals.PORTGROUP__VLANS, "vlan"),
            entry(Literals.PORTGROUP__QOS, "qos"),
            entry(Literals.PORTGROUP__ISOLATED, "isolated"),
            entry(Literals.POOL__SRIOV, "sriov"),
            entry(Literals.SRIOV__VFS, "vfs"),
            entry(Literals.SRIOV__DRIVERS, "driver"),
            entry(Literals.NIC__NETWORKS, "network"),
            entry(Literals.NIC__POOLS, "pool"),
            entry(Literals.NIC__PORTGROUPS, "portgroup"),
            entry(Literals.NIC__MACS, "mac"),
            entry(Literals.NIC__MTUS, "mtu"),
            entry(Literals.NIC__QUEUES, "queues"),
            entry(Literals.NIC__TAPS, "tap"),
            entry(Literals.NIC__OWNERS, "owner"),
            entry(Literals.NIC__GROUPS, "group"),
            entry(Literals.NIC__VLANS, "vlan"),
            entry(Literals.NIC__RATES, "rate"),
            entry(Literals.NIC__SPOOF_CHECKS, "spoof-check"));

    /** What may stand any number of times. */
    static final Set<EStructuralFeature> OFTEN = Set.of(
            Literals.SOURCE__IMPORTS,
            Literals.SOURCE__DECLARATIONS,
            Literals.HOST__UPLINKS,
            Literals.NETWORK__SUBNETS,
            Literals.NETWORK__ROUTES,
            Literals.NETWORK__PORTGROUPS,
            Literals.FORWARD__UPLINKS,
            Literals.SUBNET__DHCP,
            Literals.DHCP__RESERVATIONS,
            Literals.DNS__ENTRIES,
            Literals.DNS_FORWARDER__SERVERS,
            Literals.DNS_HOST__NAMES,
            Literals.GUEST__NICS,
            Literals.CALL__ARGUMENTS);

    private final ParsedSources sources;

    SettingCounts(ParsedSources sources) {
        this.sources = sources;
    }

    void check(EObject object) {
        for (EStructuralFeature feature : object.eClass().getEAllStructuralFeatures()) {
            String word = feature.isMany() ? ONCE.get(feature) : null;
            if (word != null && object.eIsSet(feature)) {
                int count = ((List<?>) object.eGet(feature, false)).size();
                for (int i = 1; i < count; i++) {
                    sources.diagnostics().report(repeated(object, feature, word, i));
                }
            }
        }
    }

    private Diagnostic repeated(EObject object, EStructuralFeature feature, String word, int index) {
        return Diagnostic.error(
                        DiagnosticCode.REPEATED_SETTING,
                        sources.rangeOf(object, feature, index),
                        "`" + word + "` is given " + (index == 1 ? "twice" : "more than once"))
                .withHint("keep one of them")
                .withRelated(sources.rangeOf(object, feature, 0), "the first one is here");
    }
}
