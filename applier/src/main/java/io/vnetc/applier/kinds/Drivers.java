// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.applier.kinds.dnsmasq.DnsmasqDriver;
import io.vnetc.applier.kinds.firewall.FirewallDriver;
import io.vnetc.applier.kinds.guest.PlugDriver;
import io.vnetc.applier.kinds.rtnetlink.AddressDriver;
import io.vnetc.applier.kinds.rtnetlink.BondMemberDriver;
import io.vnetc.applier.kinds.rtnetlink.BridgeDriver;
import io.vnetc.applier.kinds.rtnetlink.ForeignLinkDriver;
import io.vnetc.applier.kinds.rtnetlink.ForeignQdiscDriver;
import io.vnetc.applier.kinds.rtnetlink.HostLinkDriver;
import io.vnetc.applier.kinds.rtnetlink.IfbDriver;
import io.vnetc.applier.kinds.rtnetlink.LinkSettingDriver;
import io.vnetc.applier.kinds.rtnetlink.MacvtapDriver;
import io.vnetc.applier.kinds.rtnetlink.RedirectDriver;
import io.vnetc.applier.kinds.rtnetlink.RegistrationDriver;
import io.vnetc.applier.kinds.rtnetlink.RouteDriver;
import io.vnetc.applier.kinds.rtnetlink.SettingDriver;
import io.vnetc.applier.kinds.rtnetlink.ShapingDriver;
import io.vnetc.applier.kinds.rtnetlink.TapDriver;
import io.vnetc.applier.kinds.rtnetlink.UplinkPortDriver;
import io.vnetc.applier.kinds.rtnetlink.ZoneMembershipDriver;
import java.util.List;

/** All drivers: a new kind adds its line here. */
public final class Drivers {
    private Drivers() {}

    /** The drivers, in the order in which they look: that of guests' cards knows by then which links there are. */
    public static List<Driver<?>> all() {
        return List.of(
                new ForeignLinkDriver(),
                new BridgeDriver(),
                new TapDriver(),
                new UplinkPortDriver(),
                new LinkSettingDriver(),
                new HostLinkDriver(),
                new BondMemberDriver(),
                new MacvtapDriver(),
                new IfbDriver(),
                new ShapingDriver(),
                new RedirectDriver(),
                new ForeignQdiscDriver(),
                new AddressDriver(),
                new RouteDriver(),
                new SettingDriver(),
                new FirewallDriver(),
                new DnsmasqDriver(),
                new RegistrationDriver(),
                new ZoneMembershipDriver(),
                new PlugDriver());
    }
}
