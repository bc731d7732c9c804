// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.resolve.Placement.Scope;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.SocketPath;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Guests, one for each number where a declaration has a range. */
final class GuestResolver {
    /** Of one declaration: enough for a host, and too few to fill the memory. */
    private static final int MOST_GUESTS = 1_000;

    private static final int MOST_NUMBER = 99_999;
    /** As for all names of the language. */
    private static final int MOST_NAME = 63;

    private final Resolution resolution;
    private final Placement placement;
    private final NicResolver nics;
    private final QmpResolver sockets;
    private final Lifecycles lifecycles;
    private final Standbys standbys;
    private final Map<io.vnetc.dsl.vnet.Guest, List<String>> numbered = new HashMap<>();
    private final List<Placed<String>> names = new ArrayList<>();

    GuestResolver(
            Resolution resolution,
            Claims claims,
            Placement placement,
            Map<String, Network> networks,
            Map<String, Pool> pools,
            CableResolver cables) {
        this.resolution = resolution;
        this.placement = placement;
        this.standbys = new Standbys(resolution);
        this.lifecycles = new Lifecycles(resolution, "the guest");
        this.sockets = new QmpResolver(resolution);
        this.nics = new NicResolver(resolution, claims, placement, networks, pools, cables);
        for (io.vnetc.dsl.vnet.Guest guest : resolution.sources().declarations(io.vnetc.dsl.vnet.Guest.class)) {
            List<String> each = names(guest);
            numbered.put(guest, each);
            each.forEach(name ->
                    lifecycles.add(guest, name, name.substring(guest.getName().length())));
        }
    }

    List<Guest> resolve(io.vnetc.dsl.vnet.Guest guest) {
        Optional<Scope> host = host(guest);
        Map<String, SocketPath> qmp = sockets.resolve(guest, host, numbered.get(guest));
        List<NicResolver.Settings> cards = new ArrayList<>();
        Lifecycles cardLifecycles = new Lifecycles(resolution, "the NIC");
        guest.getNics().forEach(nic -> cardLifecycles.add(nic, nic.getName(), ""));
        for (Nic nic : guest.getNics()) {
            nics.settings(guest, nic, cardLifecycles.of(nic.getName()), numbered.get(guest), host)
                    .ifPresent(cards::add);
        }
        Origin origin = resolution.origin(guest);
        Supplier<SourceRange> place = () -> resolution.name(guest);
        List<Guest> guests = new ArrayList<>();
        for (String name : numbered.get(guest)) {
            names.add(new Placed<>(name, "the guest `" + name + "`", place));
            Lifecycle lifecycle = lifecycles.of(name);
            guests.add(new Guest(
                    name,
                    host.flatMap(Scope::host),
                    standbys.applied(
                            guest,
                            cards.stream()
                                    .flatMap(card -> nics.of(name, lifecycle, card).stream())
                                    .toList()),
                    Optional.ofNullable(qmp.get(name)),
                    lifecycle,
                    origin));
        }
        return guests;
    }

    /** The names of all cards that are declared, by their guest's. */
    Map<String, List<String>> cards() {
        Map<String, List<String>> cards = new HashMap<>();
        numbered.forEach((guest, each) -> each.forEach(name ->
                cards.put(name, guest.getNics().stream().map(Nic::getName).toList())));
        return cards;
    }

    /** Reports guests that have one name, of which those without a range were compared before, or one socket. */
    void checkNames() {
        sockets.check();
        Twice.among(
                names,
                (first, second) -> resolution.report(Diagnostic.error(
                                DiagnosticCode.NAME_TWICE,
                                second.place(),
                                "there are two guests called `" + second.value() + "`")
                        .withHint("give one of them another name, or another range of numbers")
                        .withRelated(first.place(), "the other one")));
    }

    private List<String> names(io.vnetc.dsl.vnet.Guest guest) {
        if (guest.getRange() == null) {
            return List.of(guest.getName());
        }
        Optional<IntegerRange> numbers =
                resolution.values().integerRange(guest.getRange(), 0, MOST_NUMBER, "a guest's number");
        if (numbers.isEmpty()) {
            return List.of();
        }
        long count = numbers.get().last() - numbers.get().first() + 1;
        if (count > MOST_GUESTS) {
            resolution.error(
                    DiagnosticCode.OUT_OF_RANGE,
                    resolution.place(guest.getRange()),
                    "these are " + count + " guests; one declaration makes " + MOST_GUESTS + " at most",
                    "write several, with a part of the numbers each");
            return List.of();
        }
        if (guest.getName().length() + Long.toString(numbers.get().last()).length() > MOST_NAME) {
            resolution.error(
                    DiagnosticCode.NAME_FORM,
                    resolution.name(guest),
                    "`" + guest.getName() + numbers.get().last() + "` has more than " + MOST_NAME + " characters",
                    "choose a shorter name");
            return List.of();
        }
        return LongStream.rangeClosed(numbers.get().first(), numbers.get().last())
                .mapToObj(number -> guest.getName() + number)
                .toList();
    }

    /** The host that it says, or that its networks are on; empty where neither is known. */
    private Optional<Scope> host(io.vnetc.dsl.vnet.Guest guest) {
        Optional<Scope> host = Optional.ofNullable(guest.getHost()).map(said -> Scope.of(said.getName()));
        Optional<Nic> first = Optional.empty();
        for (Nic nic : guest.getNics()) {
            Optional<Scope> scope = Resolution.only(nic.getNetworks())
                    .flatMap(placement::of)
                    .or(() -> Resolution.only(nic.getPools()).flatMap(placement::of));
            if (scope.isEmpty()) {
                continue;
            }
            if (host.isEmpty()) {
                host = scope;
                first = Optional.of(nic);
            } else if (!host.equals(scope)) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.SEVERAL_HOSTS,
                                placeOfPlug(nic),
                                "the guest `" + guest.getName() + "` cannot be on `"
                                        + host.get().host().orElse("") + "` and on `"
                                        + scope.get().host().orElse("") + "` at once, where its networks are")
                        .withHint("plug all of its NICs into networks of one host")
                        .withRelated(
                                first.map(this::placeOfPlug)
                                        .orElseGet(() -> resolution.place(guest, VnetPackage.Literals.GUEST__HOST)),
                                "on `" + host.get().host().orElse("") + "`"));
            }
        }
        if (host.isPresent() || guest.getNics().isEmpty()) {
            return host;
        }
        Optional<Scope> only = placement.of(guest);
        if (only.isEmpty()) {
            resolution.error(
                    DiagnosticCode.HOST_NOT_SAID,
                    resolution.name(guest),
                    "there are several hosts, and nothing says which of them runs the guest `" + guest.getName() + "`",
                    "write `vm " + guest.getName() + " on HOST`, with one of the hosts: " + placement.choices());
        }
        return only;
    }

    private SourceRange placeOfPlug(Nic nic) {
        return resolution.place(
                nic,
                nic.getNetworks().isEmpty() ? VnetPackage.Literals.NIC__POOLS : VnetPackage.Literals.NIC__NETWORKS);
    }
}
