// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.LinkSetting;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.MacAddress;

/** MTU and address of links that are not ours: all show as somebody else's, and the ledger knows which are borrowed. */
public final class LinkSettingDriver implements Driver<LinkSetting> {
    @Override
    public Kind<LinkSetting> kind() {
        return LinkSetting.KIND;
    }

    /** Of a member of a bond both are the bond's. */
    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        for (Seen seen : links.all()) {
            boolean isMember = links.find(seen.link().masterIndex())
                    .filter(BondMemberDriver::isBond)
                    .isPresent();
            if (UplinkPortDriver.couldBePort(seen) && !isMember) {
                into.foreign(new LinkSetting(
                        seen.name().orElseThrow(),
                        LinkSetting.Key.MTU,
                        Integer.toString(seen.link().mtu())));
                into.foreign(new LinkSetting(
                        seen.name().orElseThrow(),
                        LinkSetting.Key.MAC,
                        seen.link().mac().orElseThrow().toString()));
            }
        }
    }

    @Override
    public void move(Change<LinkSetting> change, HostContext host) throws DriverException {
        if (change.isDelete()) {
            throw new IllegalArgumentException("a setting is there as long as its link: " + change.address());
        }
        LinkSetting setting = change.after().orElseThrow();
        LinkChange message = LinkChange.change(setting.link().text());
        String what = "cannot set " + LinkSetting.KIND.title(setting) + " to " + setting.value();
        try {
            RouteKernel.socket(host)
                    .apply(
                            setting.key() == LinkSetting.Key.MTU
                                    ? message.mtu(Integer.parseInt(setting.value()))
                                    : message.mac(MacAddress.parse(setting.value())));
        } catch (NetlinkException e) {
            throw e.errno().equals(Errno.EBUSY)
                    ? new DriverException(
                            what,
                            "its driver does not take it while the link is up",
                            "Take it down first: ip link set dev " + setting.link() + " down",
                            e)
                    : RouteKernel.refused(what, e);
        }
    }
}
