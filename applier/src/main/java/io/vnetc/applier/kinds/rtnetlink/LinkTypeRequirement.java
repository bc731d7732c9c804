// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.LinkAttributes;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.link.LinkType;

/**
 * A type of link that the kernel has to know. It is asked to make one that cannot be, with an MTU below zero, and says first
 * whether it knows the type; where that is a module it loads it, as it would when one is made.
 */
record LinkTypeRequirement(LinkType type) implements Requirement {
    private static final long NO_MTU = 0xffff_ffffL;

    @Override
    public String what() {
        return "links of the type " + type + " in the kernel";
    }

    @Override
    public String remedy() {
        return "Load its module: modprobe " + type.module() + "; where there is none, run a kernel that has it.";
    }

    @Override
    public boolean isMet(HostContext host) {
        if (type == LinkType.TUN || type == LinkType.TAP) {
            return TapDriver.TUN_DEVICE.isMet(host);
        }
        try {
            RouteKernel.socket(host)
                    .apply(LinkChange.create("vnet-asks", type.toString()).put(LinkAttributes.MTU, NO_MTU));
        } catch (NetlinkException e) {
            return !e.errno().equals(Errno.EOPNOTSUPP);
        } catch (DriverException e) {
            return true;
        }
        throw new IllegalStateException("the kernel has made a link with an MTU below zero");
    }
}
