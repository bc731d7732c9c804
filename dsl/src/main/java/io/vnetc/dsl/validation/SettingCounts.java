// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import static java.util.Map.entry;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.machine.MachinePackage;
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
public final class SettingCounts {
    /** By setting that may stand once, the word for it. */
    static final Map<EStructuralFeature, String> ONCE = Map.ofEntries(
            entry(Literals.NETWORK__FORWARDS, "forward"),
            entry(Literals.NETWORK__BRIDGES, "bridge"),
            entry(Literals.NETWORK__DOMAINS, "domain"),
            entry(Literals.NETWORK__DNS, "dns"),
            entry(Literals.NETWORK__DNSMASQ, "dnsmasq"),
            entry(Literals.NETWORK__QOS, "qos"),
            entry(Literals.NETWORK__BETWEEN, "guests"),
            entry(Literals.NETWORK__GUEST_IPV6, "guest-ipv6"),
            entry(Literals.NETWORK__UUIDS, "uuid"),
            entry(Literals.NETWORK__TITLES, "title"),
            entry(Literals.LIFECYCLE__PROTECT, "protect"),
            entry(Literals.LIFECYCLE__MOVED, "moved from"),
            entry(Literals.FORWARD__PORTS, "ports"),
            entry(Literals.FORWARD__IPV6, "ipv6"),
            entry(Literals.BRIDGE__STP, "stp"),
            entry(Literals.BRIDGE__STP_PRIORITIES, "stp-priority"),
            entry(Literals.BRIDGE__FORWARD_DELAYS, "forward-delay"),
            entry(Literals.BRIDGE__HELLO_TIMES, "hello-time"),
            entry(Literals.BRIDGE__MAX_AGES, "max-age"),
            entry(Literals.BRIDGE__AGEING_TIMES, "ageing-time"),
            entry(Literals.BRIDGE__VLAN_PROTOCOLS, "vlan-protocol"),
            entry(Literals.BRIDGE__MTUS, "mtu"),
            entry(Literals.BRIDGE__MACS, "mac"),
            entry(Literals.BRIDGE__MAC_TABLES, "mac-table"),
            entry(Literals.BRIDGE__MULTICAST_SNOOPING, "multicast-snooping"),
            entry(Literals.BRIDGE__ZONES, "zone"),
            entry(Literals.PORT_SETTING__ISOLATED, "isolated"),
            entry(Literals.PORT_SETTING__VLANS, "vlan"),
            entry(Literals.PORT_SETTING__VIRTUALPORTS, "virtualport"),
            entry(Literals.PORT_SETTING__TRUST_FILTERS, "trust-filters"),
            entry(Literals.PORT_SETTING__HAIRPIN, "hairpin"),
            entry(Literals.PORT_SETTING__LEARNING, "learning"),
            entry(Literals.PORT_SETTING__FLOOD, "flood"),
            entry(Literals.PORT_SETTING__COSTS, "cost"),
            entry(Literals.PORT_SETTING__PORT_PRIORITIES, "port-priority"),
            entry(Literals.PORT_SETTING__BPDU_GUARD, "bpdu-guard"),
            entry(Literals.PORT_SETTING__ROOT_GUARD, "root-guard"),
            entry(Literals.PORT_SETTING__FAST_LEAVE, "fast-leave"),
            entry(Literals.PORT_SETTING__NEIGHBOUR_SUPPRESSION, "neighbour-suppression"),
            entry(Literals.SUBNET__GATEWAYS, "gateway"),
            entry(Literals.SUBNET__ADVERTISE, "advertise"),
            entry(Literals.SUBNET__LOCAL_PTR, "local-ptr"),
            entry(Literals.SUBNET__TFTP, "tftp"),
            entry(Literals.DHCP__BOOTS, "boot"),
            entry(Literals.RESERVATION__MACS, "mac"),
            entry(Literals.RESERVATION__DUIDS, "duid"),
            entry(Literals.RESERVATION__ADDRESSES, "address"),
            entry(Literals.RESERVATION__LEASES, "lease"),
            entry(Literals.DNS__PLAIN_NAMES, "plain-names"),
            entry(Literals.QOS__INBOUND, "inbound"),
            entry(Literals.QOS__OUTBOUND, "outbound"),
            entry(Literals.LIMIT__AVERAGES, "average"),
            entry(Literals.LIMIT__PEAKS, "peak"),
            entry(Literals.LIMIT__BURSTS, "burst"),
            entry(Literals.LIMIT__FLOORS, "floor"),
            entry(Literals.PORTGROUP__QOS, "qos"),
            entry(Literals.BETWEEN__BLOCKED, "blocked"),
            entry(Literals.POOL__SRIOV, "sriov"),
            entry(Literals.POOL__DRIVERS, "driver"),
            entry(Literals.POOL__MODELS, "model"),
            entry(Literals.POOL__MANAGED, "managed"),
            entry(Literals.SRIOV__VFS, "vfs"),
            entry(Literals.SRIOV__DRIVERS, "driver"),
            entry(Literals.GUEST__QMP, "qmp"),
            entry(Literals.NIC__NETWORKS, "network"),
            entry(Literals.NIC__POOLS, "pool"),
            entry(Literals.NIC__PORTGROUPS, "portgroup"),
            entry(Literals.NIC__MACS, "mac"),
            entry(Literals.NIC__MTUS, "mtu"),
            entry(Literals.NIC__QUEUES, "queues"),
            entry(Literals.NIC__TAPS, "tap"),
            entry(Literals.NIC__OWNERS, "owner"),
            entry(Literals.NIC__GROUPS, "group"),
            entry(Literals.NIC__RATES, "rate"),
            entry(Literals.NIC__SPOOF_CHECKS, "spoof-check"),
            entry(Literals.NIC__VHOSTS, "vhost"),
            entry(Literals.NIC__SEND_BUFFERS, "sndbuf"),
            entry(Literals.NIC__LINK_STATES, "link"),
            entry(Literals.NIC__FAILOVERS, "failover"),
            entry(Literals.NIC__DEVICES, "device"),
            entry(Literals.HOST__QEMU, "qemu"),
            entry(Literals.UPLINK__MTUS, "mtu"),
            entry(Literals.UPLINK__MACS, "mac"),
            entry(MachinePackage.Literals.HOST_LINK__MTUS, "mtu"),
            entry(MachinePackage.Literals.HOST_LINK__MACS, "mac"),
            entry(Literals.NIC__QOS, "qos"));

    /** What may stand any number of times. */
    static final Set<EStructuralFeature> OFTEN = Set.of(
            Literals.SOURCE__IMPORTS,
            Literals.SOURCE__DECLARATIONS,
            Literals.TEMPLATE_HEAD__PARAMETERS,
            Literals.TEMPLATE_CALL__ARGUMENTS,
            Literals.BLOCK__DECLARATIONS,
            Literals.LOOP__VARIABLES,
            Literals.HOST__UPLINKS,
            Literals.HOST__LINKS,
            MachinePackage.Literals.HOST_LINK__MEMBERS,
            MachinePackage.Literals.HOST_LINK__ADDRESSES,
            MachinePackage.Literals.HOST_LINK__ROUTES,
            MachinePackage.Literals.HOST_LINK__OPTIONS,
            MachinePackage.Literals.LINK_OPTION__VALUES,
            Literals.HOST__EXPANSIONS,
            Literals.NETWORK__SUBNETS,
            Literals.NETWORK__ROUTES,
            Literals.NETWORK__PORTGROUPS,
            Literals.NETWORK__PUBLICATIONS,
            Literals.NETWORK__DESCRIPTIONS,
            Literals.NETWORK__METADATA,
            Literals.NETWORK__EXPANSIONS,
            Literals.LIFECYCLE__SILENCES,
            Literals.FORWARD__UPLINKS,
            Literals.FORWARD__ADDRESSES,
            Literals.VLAN__TAGS,
            Literals.VIRTUALPORT__PARAMETERS,
            Literals.SUBNET__DHCP,
            Literals.SUBNET__EXPANSIONS,
            Literals.DHCP__RESERVATIONS,
            Literals.DHCP__OPTIONS,
            Literals.DHCP__RELAYS,
            Literals.DHCP__EXPANSIONS,
            Literals.DHCP_OPTION__VALUES,
            Literals.DNS__ENTRIES,
            Literals.DNS__EXPANSIONS,
            Literals.DNS_FORWARDER__SERVERS,
            Literals.DNS_HOST__NAMES,
            Literals.DNSMASQ__SETTINGS,
            Literals.DNSMASQ_SETTING__VALUES,
            Literals.PORTGROUP__EXPANSIONS,
            Literals.PUBLICATION__UPLINKS,
            Literals.BETWEEN__RULES,
            Literals.PERMISSION__PROTOCOLS,
            Literals.PERMISSION__PORTS,
            Literals.ASSERTION__PROTOCOLS,
            Literals.POOL__DEVICES,
            Literals.GUEST__NICS,
            Literals.GUEST__EXPANSIONS,
            Literals.NIC__BACKENDS,
            Literals.NIC__EXPANSIONS,
            Literals.BACKEND__PROPERTIES,
            Literals.BACKEND__PUBLICATIONS,
            Literals.BACKEND__FORWARDS,
            Literals.GUEST_PORT__EXCLUDED,
            Literals.DEVICE__PROPERTIES,
            Literals.PROPERTY__VALUES,
            Literals.CABLE__ENDS,
            Literals.CABLE__PROPERTIES,
            Literals.TEST__EXPECTATIONS,
            Literals.LIST_LITERAL__ENTRIES,
            Literals.CALL__ARGUMENTS);

    /**
     * Blocks that may stand once: where a template and its user both have one, the settings in them are put together,
     * while of anything else that may stand once the user's replaces the template's.
     */
    private static final Set<EStructuralFeature> BLOCKS = Set.of(
            Literals.NETWORK__FORWARDS,
            Literals.NETWORK__BRIDGES,
            Literals.NETWORK__DNS,
            Literals.NETWORK__DNSMASQ,
            Literals.NETWORK__QOS,
            Literals.NETWORK__BETWEEN,
            Literals.PORTGROUP__QOS,
            Literals.NIC__QOS,
            Literals.NIC__DEVICES,
            Literals.QOS__INBOUND,
            Literals.QOS__OUTBOUND);

    /** What may stand often and is told apart by its name, number, network or destination: put together as well. */
    private static final Set<EStructuralFeature> NAMED_BLOCKS = Set.of(
            Literals.NETWORK__PORTGROUPS,
            Literals.NETWORK__SUBNETS,
            Literals.SUBNET__DHCP,
            Literals.HOST__LINKS,
            Literals.DHCP__RESERVATIONS,
            Literals.GUEST__NICS,
            Literals.NIC__BACKENDS);

    /** What may stand often and is told apart likewise: the user's replaces the template's. */
    private static final Set<EStructuralFeature> NAMED = Set.of(
            Literals.HOST__UPLINKS,
            MachinePackage.Literals.HOST_LINK__ROUTES,
            MachinePackage.Literals.HOST_LINK__OPTIONS,
            Literals.NETWORK__ROUTES,
            Literals.NETWORK__DESCRIPTIONS,
            Literals.NETWORK__METADATA,
            Literals.DHCP__OPTIONS,
            Literals.DNSMASQ__SETTINGS,
            Literals.BACKEND__PROPERTIES,
            Literals.DEVICE__PROPERTIES);

    /** Whether a setting may stand once. */
    public static boolean isOnce(EStructuralFeature feature) {
        return ONCE.containsKey(feature);
    }

    /** What becomes of a setting that both a template and its user have. */
    public enum Meeting {
        /** The user's counts. */
        REPLACE,
        /** What is in them is put together. */
        MERGE,
        /** Those of one name are put together, the others stand beside each other. */
        MERGE_NAMED,
        /** Of those of one name the user's counts, the others stand beside each other. */
        REPLACE_NAMED,
        /** All stand beside each other. */
        APPEND
    }

    /** What becomes of a setting that both a template and its user have. */
    public static Meeting meeting(EStructuralFeature feature) {
        if (BLOCKS.contains(feature)) {
            return Meeting.MERGE;
        }
        if (NAMED_BLOCKS.contains(feature)) {
            return Meeting.MERGE_NAMED;
        }
        return NAMED.contains(feature)
                ? Meeting.REPLACE_NAMED
                : OFTEN.contains(feature) ? Meeting.APPEND : Meeting.REPLACE;
    }

    /** The word for a setting that may stand once; empty for any other. */
    public static String word(EStructuralFeature feature) {
        return ONCE.getOrDefault(feature, "");
    }

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
