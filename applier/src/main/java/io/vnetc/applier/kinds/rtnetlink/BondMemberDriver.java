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
import io.vnetc.applier.netlink.route.BondAttributes;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.compiler.kind.BondMember;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;

/**
 * Links that are not ours, as members of bonds that are. They have no place to write an owner on: all of them show as
 * somebody else's, and the ledger knows which are borrowed.
 */
public final class BondMemberDriver implements Driver<BondMember> {
    @Override
    public Kind<BondMember> kind() {
        return BondMember.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        for (Seen seen : links.all()) {
            if (UplinkPortDriver.couldBePort(seen) && !UplinkPortDriver.isPortOfAnother(seen, links)) {
                into.foreign(RouteKernel.read("link " + seen.link().name(), () -> member(seen, links)));
            }
        }
    }

    private static BondMember member(Seen seen, LinkView links) {
        Optional<Seen> bond = links.find(seen.link().masterIndex()).filter(BondMemberDriver::isBond);
        boolean primary = bond.flatMap(link -> link.link().option(BondAttributes.PRIMARY))
                .filter(index -> index == seen.link().index())
                .isPresent();
        return new BondMember(
                seen.name().orElseThrow(),
                bond.flatMap(Seen::name),
                primary,
                seen.link().isUp());
    }

    static boolean isBond(Seen seen) {
        return seen.link().kind().equals("bond");
    }

    @Override
    public void move(Change<BondMember> change, HostContext host) throws DriverException {
        Borrowing.move(change, host, BondMemberDriver::change);
    }

    /** It has to be down to become a member (bond_enslave(), EPERM), and the kernel takes down what is let go. */
    private static void change(BondMember old, BondMember now, HostContext host) throws DriverException {
        String name = now.link().text();
        boolean moves = !old.bond().equals(now.bond());
        if (moves) {
            if (old.bond().isPresent()) {
                send(LinkChange.change(name).noMaster(), now, host);
            }
            if (now.bond().isPresent()) {
                send(LinkChange.change(name).up(false), now, host);
                send(LinkChange.change(name).master(now.bond().get().text()), now, host);
            }
        }
        send(LinkChange.change(name).up(now.up()), now, host);
        if (now.bond().isPresent() && now.primary() != (old.primary() && !moves)) {
            prefer(now.bond().get(), now, host);
        }
    }

    private static void prefer(InterfaceName bond, BondMember member, HostContext host) throws DriverException {
        LinkChange message = LinkChange.changeKind(bond.text(), "bond");
        send(
                member.primary() ? message.primary(member.link().text()) : message.option(BondAttributes.PRIMARY, 0L),
                member,
                host);
    }

    private static void send(LinkChange message, BondMember member, HostContext host) throws DriverException {
        try {
            RouteKernel.socket(host).apply(message);
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot change " + member.link() + " as a member of a bond", e);
        }
    }
}
