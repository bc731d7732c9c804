// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.kind.Ifb;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Qos;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Limit;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the QoS of a network and of the NICs in it say together. */
final class QosCheck {
    /** As many holders of a floor as a message names. */
    private static final int MOST_NAMED = 8;

    private final Resolution resolution;
    private final Set<Origin> told = new HashSet<>();

    private final Claims claims;
    private final Placement placement;

    QosCheck(Resolution resolution, Claims claims, Placement placement) {
        this.resolution = resolution;
        this.claims = claims;
        this.placement = placement;
    }

    void run(List<Network> networks, List<Guest> guests) {
        Map<String, List<Nic>> plugged = new HashMap<>();
        guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .forEach(nic -> nic.network()
                        .ifPresent(network -> plugged.computeIfAbsent(network, name -> new ArrayList<>())
                                .add(nic)));
        Map<String, Network> byName = new HashMap<>();
        networks.forEach(network -> byName.put(network.name(), network));
        for (io.vnetc.dsl.vnet.Network source : resolution.sources().declarations(io.vnetc.dsl.vnet.Network.class)) {
            Network network = byName.get(source.getName());
            if (network != null) {
                check(source, network, plugged.getOrDefault(source.getName(), List.of()));
            }
        }
    }

    private void check(io.vnetc.dsl.vnet.Network source, Network network, List<Nic> nics) {
        placement.of(source).map(claims::of).ifPresent(host -> claimIfbs(network, nics, host));
        if (!checkPlug(source, nics)) {
            return;
        }
        if (network.qos().isPresent() && isOpenToOthers(network)) {
            resolution.error(
                    DiagnosticCode.QOS_NOT_HERE,
                    resolution.place(source.getQos().get(0)),
                    "`qos` of the whole network cannot be kept here: with `forward bridge` packets go from port to port, and"
                            + " never pass the link of the bridge itself",
                    "give `qos` to portgroups or NICs");
            return;
        }
        List<Nic> floors = nics.stream().filter(nic -> floor(nic).isPresent()).toList();
        Optional<Qos.Limit> inbound = network.qos().flatMap(Qos::inbound);
        Optional<Rate> average = inbound.flatMap(Qos.Limit::average);
        if (average.isEmpty()) {
            floors.forEach(nic -> refuseFloor(network, nic));
        } else {
            checkSum(source, network, inbound.get(), floors);
        }
        nics.forEach(nic -> {
            warnAbove(network, nic, "inbound", inbound, nic.qos().flatMap(Qos::inbound));
            warnAbove(
                    network,
                    nic,
                    "outbound",
                    network.qos().flatMap(Qos::outbound),
                    nic.qos().flatMap(Qos::outbound));
        });
    }

    /** Whether what the guests are plugged into can be shaped at all. */
    private boolean checkPlug(io.vnetc.dsl.vnet.Network source, List<Nic> nics) {
        Segment.Plug plug = Segment.of(source).plug();
        if (plug == Segment.Plug.BRIDGE) {
            return true;
        }
        if (!source.getQos().isEmpty()) {
            resolution.error(
                    DiagnosticCode.QOS_NOT_HERE,
                    resolution.place(source.getQos().get(0)),
                    "`qos` of the whole network cannot be kept here: its guests have no bridge in common",
                    plug == Segment.Plug.DEVICE
                            ? "remove it; a device of a pool has a `rate` of its own on the NIC"
                            : "give `qos` to portgroups or NICs");
        }
        if (plug == Segment.Plug.DEVICE) {
            nics.stream()
                    .filter(nic -> nic.qos().isPresent() && told.add(nic.origin()))
                    .forEach(nic -> resolution.error(
                            DiagnosticCode.QOS_NOT_HERE,
                            place(nic.origin()),
                            "`qos` of `" + nic.name() + "` of the guest `" + nic.guest()
                                    + "` cannot be kept: its packets never pass the host's kernel",
                            "give the NIC a `rate`, which the card keeps"));
        } else {
            nics.stream()
                    .filter(nic -> floor(nic).isPresent() && told.add(nic.origin()))
                    .forEach(nic -> resolution.error(
                            DiagnosticCode.FLOOR_OF_NOTHING,
                            place(nic.origin()),
                            "`" + nic.name() + "` of the guest `" + nic.guest()
                                    + "` is to have a floor, and there is no bridge where it could be kept",
                            "remove the `floor`"));
        }
        return false;
    }

    /** Whether others than the host are on the bridge, by ports that are not guests'. */
    private static boolean isOpenToOthers(Network network) {
        return network.forwarding() instanceof Forwarding.ExistingBridge
                || network.forwarding() instanceof Forwarding.ManagedBridge;
    }

    private static void claimIfbs(Network network, List<Nic> nics, HostClaims host) {
        if (network.qos().flatMap(Qos::outbound).isPresent()) {
            host.link(
                    Ifb.nameFor(network.bridge().name()),
                    HostClaims.Role.IFB,
                    "the ifb of the network `" + network.name() + "`",
                    () -> place(network.origin()));
        }
        for (Nic nic : nics) {
            boolean isMacvtap = nic.attachment() instanceof Attachment.Macvtap;
            Optional<InterfaceName> link = nic.attachment().link();
            if (link.isPresent()
                    && nic.qos()
                            .flatMap(isMacvtap ? Qos::inbound : Qos::outbound)
                            .isPresent()) {
                host.link(
                        Ifb.nameFor(link.get()),
                        HostClaims.Role.IFB,
                        "the ifb of `" + nic.name() + "` of the guest `" + nic.guest() + "`",
                        () -> place(nic.origin()));
            }
        }
    }

    private void refuseFloor(Network network, Nic nic) {
        if (told.add(nic.origin())) {
            boolean foreign = isOpenToOthers(network);
            resolution.error(
                    DiagnosticCode.FLOOR_OF_NOTHING,
                    place(nic.origin()),
                    "`" + nic.name() + "` of the guest `" + nic.guest() + "` is to have a floor of "
                            + floor(nic).orElseThrow() + ", and the network `" + network.name()
                            + "` has no inbound rate to take it from"
                            + (foreign ? ", nor can it have one with `forward bridge`" : ""),
                    foreign
                            ? "remove the `floor`"
                            : "add `qos { inbound average RATE }` to the network, or remove the `floor`");
        }
    }

    private void checkSum(io.vnetc.dsl.vnet.Network source, Network network, Qos.Limit inbound, List<Nic> floors) {
        Rate most = inbound.most().orElseThrow();
        // At most 1,000 guests a declaration and 10tbit each: far from the end of a long.
        long sum = floors.stream()
                .mapToLong(nic -> floor(nic).orElseThrow().bitsPerSecond())
                .sum();
        if (sum <= most.bitsPerSecond()) {
            return;
        }
        Limit limit = source.getQos().get(0).getInbound().get(0);
        boolean hasPeak = inbound.peak().isPresent();
        Diagnostic diagnostic = Diagnostic.error(
                        DiagnosticCode.FLOORS_TOO_HIGH,
                        resolution.place(
                                limit,
                                hasPeak ? VnetPackage.Literals.LIMIT__PEAKS : VnetPackage.Literals.LIMIT__AVERAGES),
                        "the floors in the network `" + network.name() + "` add up to " + new Rate(sum) + ", and its "
                                + (hasPeak ? "peak" : "average") + " is " + most + ": " + holders(floors))
                .withHint("raise the network's inbound rate to " + new Rate(sum) + ", or lower the floors");
        for (Nic nic : floors.subList(0, Math.min(MOST_NAMED, floors.size()))) {
            diagnostic = diagnostic.withRelated(
                    place(nic.origin()),
                    "`" + nic.guest() + "." + nic.name() + "` has " + floor(nic).orElseThrow());
        }
        resolution.report(diagnostic);
    }

    private static String holders(List<Nic> floors) {
        List<String> named = new ArrayList<>(floors.stream()
                .limit(MOST_NAMED)
                .map(nic -> nic.guest() + "." + nic.name() + " " + floor(nic).orElseThrow())
                .toList());
        if (floors.size() > MOST_NAMED) {
            named.add("and " + (floors.size() - MOST_NAMED) + " more");
        }
        return String.join(", ", named);
    }

    /** Legal, and never felt. */
    private void warnAbove(
            Network network, Nic nic, String direction, Optional<Qos.Limit> whole, Optional<Qos.Limit> own) {
        Optional<Rate> most = whole.flatMap(Qos.Limit::most);
        Optional<Rate> average = own.flatMap(Qos.Limit::average);
        if (most.isPresent()
                && average.isPresent()
                && average.get().compareTo(most.get()) > 0
                && told.add(nic.origin())) {
            resolution.warning(
                    DiagnosticCode.QOS_USELESS,
                    place(nic.origin()),
                    "the " + direction + " average of `" + nic.name() + "` of the guest `" + nic.guest() + "` is "
                            + average.get() + ", and the whole network `" + network.name() + "` has " + most.get(),
                    "lower it, or raise that of the network; between guests of the network it holds all the same");
        }
    }

    private static Optional<Rate> floor(Nic nic) {
        return nic.qos().flatMap(Qos::inbound).flatMap(Qos.Limit::floor);
    }

    private static SourceRange place(Origin origin) {
        return SourceRange.at(origin.file(), origin.line(), origin.column());
    }
}
