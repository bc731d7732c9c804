// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TunAttributes;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;

/**
 * A tap that is there as long as somebody has it open, such as QEMU makes where it finds none of that name.
 *
 * @param standing whose it is
 * @param owner where it is ours
 */
public record PassingTap(Standing standing, Optional<Owner> owner) {
    /** What is found under the name of a tap. */
    public enum Standing {
        /** Nothing. */
        NONE,
        /** A tap that passes, which nobody has marked or plugged in. */
        FRESH,
        /** A tap that passes, and is ours by its marks. */
        OURS,
        /** A tap of ours that stays. */
        LASTING,
        /** Something else. */
        FOREIGN
    }

    /** What is there. */
    public static PassingTap look(InterfaceName name, HostContext host) throws DriverException {
        RouteSocket kernel = RouteKernel.socket(host);
        Optional<LinkInfo> link = RouteKernel.read("the link " + name, () -> kernel.link(name.text()));
        if (link.isEmpty()) {
            return new PassingTap(Standing.NONE, Optional.empty());
        }
        Seen seen = LinkView.see(link.get());
        return new PassingTap(standing(seen), seen.owner());
    }

    private static Standing standing(Seen seen) {
        LinkInfo link = seen.link();
        boolean passes = link.tun(TunAttributes.PERSIST).orElse(1L) == 0;
        if (seen.sort() != Sort.TAP) {
            return Standing.FOREIGN;
        }
        if (seen.isOurs()) {
            return passes ? Standing.OURS : Standing.LASTING;
        }
        boolean fresh = passes
                && link.alias().isEmpty()
                && link.group() == 0
                && link.masterIndex().isEmpty();
        return fresh ? Standing.FRESH : Standing.FOREIGN;
    }

    /**
     * Makes a fresh one ours, as one is that is not plugged in yet. That is not taken back where something fails later:
     * whoever has made it gives it up then.
     */
    public static void adopt(Tap wanted, HostContext host) throws DriverException {
        try {
            RouteKernel.socket(host).apply(TapMaking.configuration(wanted));
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot take over the tap " + wanted.name(), e);
        }
        if (TapMaking.hasIpv6(wanted)) {
            TapMaking.silence(wanted);
        }
    }
}
