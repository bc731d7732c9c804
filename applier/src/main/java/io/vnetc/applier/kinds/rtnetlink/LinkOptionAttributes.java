// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static java.util.Map.entry;

import io.vnetc.applier.netlink.route.BondAttributes;
import io.vnetc.applier.netlink.route.IpvlanAttributes;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.MacvlanAttributes;
import io.vnetc.applier.netlink.route.VlanAttributes;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import java.util.Map;
import java.util.TreeMap;

/** Which attribute of the kernel each setting of a link is: read and written by one table. */
final class LinkOptionAttributes {
    private static final Map<String, Attribute<Long>> MACVLAN = Map.of("mode", MacvlanAttributes.MODE);

    private static final Map<LinkType, Map<String, Attribute<Long>>> ATTRIBUTES = Map.of(
            LinkType.BOND,
            Map.ofEntries(
                    entry("mode", BondAttributes.MODE),
                    entry("monitor", BondAttributes.MIIMON),
                    entry("up-delay", BondAttributes.UPDELAY),
                    entry("down-delay", BondAttributes.DOWNDELAY),
                    entry("arp-interval", BondAttributes.ARP_INTERVAL),
                    entry("arp-validate", BondAttributes.ARP_VALIDATE),
                    entry("hash", BondAttributes.XMIT_HASH_POLICY),
                    entry("lacp-rate", BondAttributes.AD_LACP_RATE),
                    entry("ad-select", BondAttributes.AD_SELECT),
                    entry("min-links", BondAttributes.MIN_LINKS),
                    entry("reselect", BondAttributes.PRIMARY_RESELECT),
                    entry("fail-over-mac", BondAttributes.FAIL_OVER_MAC),
                    entry("packets-per-link", BondAttributes.PACKETS_PER_SLAVE),
                    entry("peer-notifications", BondAttributes.NUM_PEER_NOTIF),
                    entry("resend-igmp", BondAttributes.RESEND_IGMP),
                    entry("all-active", BondAttributes.ALL_SLAVES_ACTIVE)),
            LinkType.VLAN,
            Map.of("tag", VlanAttributes.ID, "protocol", VlanAttributes.PROTOCOL),
            LinkType.MACVLAN,
            MACVLAN,
            LinkType.MACVTAP,
            MACVLAN,
            LinkType.IPVLAN,
            Map.of("mode", IpvlanAttributes.MODE));

    private LinkOptionAttributes() {}

    /** How a link is set. */
    static LinkOptions read(LinkType type, LinkInfo link) {
        Map<String, Long> values = new TreeMap<>();
        ATTRIBUTES
                .getOrDefault(type, Map.of())
                .forEach((name, attribute) -> link.option(attribute).ifPresent(value -> values.put(name, value)));
        return LinkOptions.of(type, values, link.arpTargets());
    }

    /** Adds what is not as it was; tells whether anything is. */
    static boolean write(LinkType type, LinkOptions old, LinkOptions now, LinkChange message) {
        boolean changed = false;
        for (Map.Entry<String, Attribute<Long>> each :
                new TreeMap<>(ATTRIBUTES.getOrDefault(type, Map.of())).entrySet()) {
            Long value = now.values().get(each.getKey());
            if (value != null && !value.equals(old.values().get(each.getKey()))) {
                message.option(each.getValue(), value);
                changed = true;
            }
        }
        if (!old.arpTargets().equals(now.arpTargets())) {
            message.arpTargets(now.arpTargets());
            changed = true;
        }
        return changed;
    }
}
