// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import java.util.Map;

/** What kind of link it is: {@code IFLA_INFO_…} of linux/if_link.h. */
public final class LinkKind {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("link info");

    /** Such as {@code bridge}. */
    public static final Attribute<String> KIND = LINES.add(1, "IFLA_INFO_KIND", TEXT);

    /** The options of this kind. */
    public static final Attribute<Attributes> DATA = LINES.add(
            2,
            "IFLA_INFO_DATA",
            AttributeTypes.nestedBy(
                    KIND,
                    Map.of(
                            "bridge",
                            BridgeAttributes.SET,
                            "tun",
                            TunAttributes.SET,
                            "macvtap",
                            MacvlanAttributes.SET,
                            "macvlan",
                            MacvlanAttributes.SET,
                            "bond",
                            BondAttributes.SET,
                            "vlan",
                            VlanAttributes.SET,
                            "ipvlan",
                            IpvlanAttributes.SET,
                            "veth",
                            VethAttributes.SET)));

    /** What kind its master is. */
    public static final Attribute<String> SLAVE_KIND = LINES.add(4, "IFLA_INFO_SLAVE_KIND", TEXT);

    /** Its options as a port of its master. */
    public static final Attribute<Attributes> SLAVE_DATA = LINES.add(
            5, "IFLA_INFO_SLAVE_DATA", AttributeTypes.nestedBy(SLAVE_KIND, Map.of("bridge", BridgePortAttributes.SET)));

    /** All of them. */
    public static final AttributeSet SET =
            LINES.addAll(3, OCTETS, "IFLA_INFO_XSTATS").build();

    private LinkKind() {}
}
