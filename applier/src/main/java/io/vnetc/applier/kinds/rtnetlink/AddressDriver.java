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
import io.vnetc.applier.netlink.route.AddressChange;
import io.vnetc.applier.netlink.route.AddressInfo;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Addresses of the host. Ours are those on links of ours that bear our protocol number. A kernel that keeps none (before
 * Linux 5.18) cannot tell them apart: there, every lasting address on a link of ours is.
 */
public final class AddressDriver implements Driver<BridgeAddress> {
    /** {@code IFAPROT_KERNEL_LO} and {@code IFAPROT_KERNEL_LL} of linux/if_addr.h: of the loopback, link-local. */
    private static final Set<Integer> OF_THE_KERNEL = Set.of(1, 3);

    /** {@code IFA_F_TEMPORARY} of IPv6: one of the privacy addresses, another every day. */
    private static final int TEMPORARY = 0x01;

    private static final Messages<BridgeAddress> MESSAGES =
            new Messages<>(AddressDriver::message, AddressDriver::isDone, AddressDriver::what);

    @Override
    public Kind<BridgeAddress> kind() {
        return BridgeAddress.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        AddressView addresses = AddressView.of(observation);
        boolean marked = addresses.marked();
        if (marked) {
            into.feature(Feature.ADDRESS_PROTOCOL);
        }
        Set<ResourceAddress> known = new HashSet<>();
        for (AddressInfo address : addresses.all()) {
            Optional<Seen> seen = links.find(OptionalInt.of(address.linkIndex()));
            if (seen.isEmpty() || seen.get().name().isEmpty()) {
                continue;
            }
            Optional<Owner> owner = owner(address, seen.get(), marked);
            BridgeAddress resource =
                    new BridgeAddress(seen.get().name().get(), owner.orElse(Owner.HOST), address.address());
            // A second one differs in its peer only, and is never ours.
            boolean told = known.contains(resource.address());
            if (owner.isPresent() && !told && !address.hasFailedDuplicateDetection()) {
                into.owned(resource);
                known.add(resource.address());
            } else if (owner.isEmpty() && !told && isToBeShown(address)) {
                into.foreign(resource);
                known.add(resource.address());
            }
        }
    }

    private static Optional<Owner> owner(AddressInfo address, Seen seen, boolean marked) {
        boolean ours = marked ? address.protocol() == Marks.PROTOCOL : address.isPermanent();
        return ours && address.peer().isEmpty() ? seen.owner() : Optional.empty();
    }

    private static boolean isToBeShown(AddressInfo address) {
        boolean isTemporary = address.address().family() == IpFamily.IPV6 && (address.flags() & TEMPORARY) != 0;
        boolean isLinkLocal = address.address().family() == IpFamily.IPV6
                && address.address().address().isLinkLocal();
        return !isTemporary && !isLinkLocal && !OF_THE_KERNEL.contains(address.protocol());
    }

    @Override
    public void move(Change<BridgeAddress> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<BridgeAddress>> changes, HostContext host, Consumer<Change<BridgeAddress>> done)
            throws DriverException {
        MESSAGES.move(changes, host, done);
    }

    /** The owner is written on the link, so a change of it alone is none of the address. */
    private static Optional<AddressChange> message(Change<BridgeAddress> change) {
        if (change.isCreate()) {
            return change.after().map(AddressDriver::addition);
        }
        return change.isDelete() ? change.before().map(AddressDriver::deletion) : Optional.empty();
    }

    private static AddressChange addition(BridgeAddress address) {
        AddressChange addition =
                AddressChange.add(address.link().text(), address.inet()).withProtocol(Marks.PROTOCOL);
        return address.inet().family() == IpFamily.IPV6 ? addition.withoutDuplicateDetection() : addition;
    }

    private static AddressChange deletion(BridgeAddress address) {
        return AddressChange.delete(address.link().text(), address.inet());
    }

    /**
     * What is to go and is not there went along with another address, or with its link. What is to come and is there may be
     * one of ours that cannot be used, because somebody else was found to have it: it is made again.
     */
    private static boolean isDone(Change<BridgeAddress> change, NetlinkException refusal, RouteSocket socket)
            throws NetlinkException {
        BridgeAddress address = change.resource();
        if (change.isDelete()) {
            return refusal.errno().equals(Errno.EADDRNOTAVAIL)
                    || refusal.errno().equals(Errno.ENODEV);
        }
        if (!refusal.errno().equals(Errno.EEXIST) || !hasFailed(address, socket)) {
            return false;
        }
        socket.apply(deletion(address));
        socket.apply(addition(address));
        return true;
    }

    private static boolean hasFailed(BridgeAddress address, RouteSocket socket) throws NetlinkException {
        Optional<LinkInfo> link = socket.link(address.link().text());
        for (AddressInfo there : socket.addresses()) {
            if (link.isPresent()
                    && there.linkIndex() == link.get().index()
                    && there.address().equals(address.inet())) {
                return there.protocol() == Marks.PROTOCOL && there.hasFailedDuplicateDetection();
            }
        }
        return false;
    }

    private static String what(Change<BridgeAddress> change) {
        BridgeAddress address = change.resource();
        return change.isDelete()
                ? "cannot take the address " + address.inet() + " from " + address.link()
                : "cannot give " + address.link() + " the address " + address.inet();
    }
}
