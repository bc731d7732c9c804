// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.Ifb;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;

/** Intermediate functional blocks of ours: those in our group that bear an alias of ours, and what a killed run left. */
public final class IfbDriver implements Driver<Ifb> {
    /** Locally administered. */
    private static final long LOCAL_MAC = 0xfe00L << 32;

    private static final Runs<Ifb> RUNS = new Runs<>(IfbDriver::make, IfbDriver::changeEach, IfbDriver::delete);

    @Override
    public Kind<Ifb> kind() {
        return Ifb.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        for (Seen seen : LinkView.of(observation).all()) {
            if (seen.isOurs() && seen.sort() == Sort.IFB) {
                into.owned(new Ifb(
                        seen.name().orElseThrow(),
                        seen.owner().orElseThrow(),
                        seen.link().isUp()));
            }
        }
    }

    @Override
    public void move(Change<Ifb> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Ifb>> changes, HostContext host, Consumer<Change<Ifb>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    /** Down and in our group, then named, then up: what is interrupted leaves nothing that is not known to be ours. */
    private static void make(List<Change<Ifb>> changes, HostContext host, Consumer<Change<Ifb>> done)
            throws DriverException {
        List<Ifb> wanted =
                changes.stream().map(change -> change.after().orElseThrow()).toList();
        List<Ifb> made = new ArrayList<>();
        try {
            send(wanted, IfbDriver::creation, host, made::add);
            boolean ipv6 = Ipv6Settings.isThere();
            send(wanted, ifb -> configuration(ifb, ipv6), host, ifb -> {});
            if (ipv6) {
                for (Ifb ifb : wanted) {
                    Ipv6Settings.write(ifb.name().text(), Ipv6Setting.DISABLE_IPV6, true);
                }
            }
            send(wanted, ifb -> LinkChange.change(ifb.name().text()).up(ifb.up()), host, ifb -> {});
        } catch (DriverException e) {
            takeBack(made, host, e);
            throw e;
        }
        changes.forEach(done);
    }

    private static LinkChange creation(Ifb ifb) {
        return LinkChange.create(ifb.name().text(), "ifb")
                .group(Marks.LINK_GROUP)
                .mac(mac(ifb));
    }

    /** No frame bears it; it is the same each time, so that one that was taken away comes back as it was. */
    private static MacAddress mac(Ifb ifb) {
        CRC32 sum = new CRC32();
        sum.update(ifb.name().text().getBytes(StandardCharsets.UTF_8));
        return new MacAddress(LOCAL_MAC | sum.getValue());
    }

    private static LinkChange configuration(Ifb ifb, boolean ipv6) {
        LinkChange message = LinkChange.change(ifb.name().text()).alias(Marks.alias(ifb.owner()));
        return ipv6 ? message.addressGeneration(AddressGeneration.NONE) : message;
    }

    private static void send(List<Ifb> ifbs, Function<Ifb, LinkChange> message, HostContext host, Consumer<Ifb> done)
            throws DriverException {
        try {
            List<Optional<NetlinkException>> outcomes =
                    RouteKernel.socket(host).applyAll(ifbs.stream().map(message).toList());
            Optional<DriverException> failure = Optional.empty();
            for (int i = 0; i < ifbs.size(); i++) {
                if (outcomes.get(i).isEmpty()) {
                    done.accept(ifbs.get(i));
                } else if (failure.isEmpty()) {
                    failure = Optional.of(refusal(ifbs.get(i), outcomes.get(i).get()));
                }
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        } catch (NetlinkException e) {
            throw refusal(ifbs.get(0), e);
        }
    }

    private static DriverException refusal(Ifb ifb, NetlinkException e) {
        String what = "cannot make the ifb " + ifb.name();
        return e.errno().equals(Errno.EOPNOTSUPP)
                ? new DriverException(
                        what, e.getMessage(), "Load the module that shapes what comes in: modprobe ifb numifbs=0", e)
                : RouteKernel.refused(what, e);
    }

    private static void takeBack(List<Ifb> made, HostContext host, DriverException why) {
        try {
            new LinkRemoval(host, Sort.IFB)
                    .remove(made.stream().map(ifb -> ifb.name().text()).toList(), name -> {});
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
    }

    private static void changeEach(List<Change<Ifb>> changes, HostContext host, Consumer<Change<Ifb>> done)
            throws DriverException {
        for (Change<Ifb> change : changes) {
            Ifb now = change.after().orElseThrow();
            try {
                RouteKernel.socket(host)
                        .apply(LinkChange.change(now.name().text())
                                .alias(Marks.alias(now.owner()))
                                .up(now.up()));
            } catch (NetlinkException e) {
                throw RouteKernel.refused("cannot change the ifb " + now.name(), e);
            }
            done.accept(change);
        }
    }

    private static void delete(List<Change<Ifb>> changes, HostContext host, Consumer<Change<Ifb>> done)
            throws DriverException {
        LinkRemoval.run(Sort.IFB, changes, Ifb::name, host, done);
    }
}
