// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.KindTable;
import java.util.List;

/** The registry: a new kind of resource is one more line here. */
public final class Kinds {
    public static final KindTable TABLE = KindTable.of(List.of(
            ForeignLink.KIND,
            Setting.KIND,
            FirewallTable.KIND,
            Bridge.KIND,
            BridgeAddress.KIND,
            Route.KIND,
            Dnsmasq.KIND,
            UplinkPort.KIND,
            LinkSetting.KIND,
            HostLink.KIND,
            BondMember.KIND,
            Macvtap.KIND,
            Registration.KIND,
            ZoneMembership.KIND,
            Tap.KIND,
            Ifb.KIND,
            Shaping.KIND,
            Redirect.KIND,
            ForeignQdisc.KIND,
            Plug.KIND));

    private Kinds() {}
}
