// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Cable;
import io.vnetc.compiler.model.Cable.End;
import io.vnetc.compiler.model.Cable.Transport;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cables: what joins both ends, and whether they are there. */
final class CableResolver {
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
    /** A guest that starts again is back in seconds; who waits for it asks often. */
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final Resolution resolution;
    private final PropertyResolver properties;
    private final List<Cable> cables = new ArrayList<>();
    private final Map<End, Attachment> attachments = new LinkedHashMap<>();
    private final Map<End, SourceRange> places = new HashMap<>();

    CableResolver(Resolution resolution) {
        this.resolution = resolution;
        this.properties = new PropertyResolver(resolution);
        resolution.sources().declarations(io.vnetc.dsl.vnet.Cable.class).forEach(this::resolve);
        checkPlaces();
    }

    /** All of them, in the order of the source. */
    List<Cable> cables() {
        return cables;
    }

    /** What a card is on a cable; empty where none leads to it. */
    Optional<Attachment> of(String guest, String nic) {
        return Optional.ofNullable(attachments.get(new End(guest, nic)));
    }

    /** Whether a cable is to lead to a card, be it a wrong one. */
    boolean isWanted(String guest, String nic) {
        return places.containsKey(new End(guest, nic));
    }

    private void resolve(io.vnetc.dsl.vnet.Cable written) {
        Optional<List<End>> ends = ends(written);
        Transport transport = Transport.valueOf(written.getTransport().getName());
        PropertySet set = properties.resolve(
                written.getProperties(),
                kinds(transport),
                "a cable over " + transport.name().toLowerCase(Locale.ROOT));
        if (ends.isEmpty()) {
            return;
        }
        if (ends.get().size() > 2 && transport != Transport.MULTICAST) {
            resolution.error(
                    DiagnosticCode.CABLE_END,
                    resolution.place(written, Literals.CABLE__ENDS),
                    "a cable has two ends",
                    "write `over multicast`, which reaches all of them; or a cable for each pair, or a network");
            return;
        }
        checkAddresses(written, transport, set);
        Cable cable = new Cable(ends.get(), transport, resolution.origin(written));
        cables.add(cable);
        switch (transport) {
            case UDP -> udp(cable, set);
            case STREAM -> stream(written, cable, set);
            case MULTICAST -> multicast(cable, set);
            case UNIX -> unix(written, cable, set);
        }
    }

    private void checkAddresses(io.vnetc.dsl.vnet.Cable written, Transport transport, PropertySet set) {
        boolean datagrams = transport == Transport.UDP || transport == Transport.MULTICAST;
        boolean ipv6 = Stream.of("left", "right", "group", "local")
                .flatMap(set::addresses)
                .anyMatch(address -> address.family() == IpFamily.IPV6);
        if (datagrams && ipv6) {
            wrong(written, "QEMU sends datagrams over IPv4 only", "write IPv4 addresses");
        }
        if (set.address("group").filter(group -> !group.isMulticast()).isPresent()) {
            wrong(written, "`group` is no multicast address", "write one from 239.0.0.0/8, as in `group 239.192.0.1`");
        }
    }

    private void wrong(io.vnetc.dsl.vnet.Cable written, String message, String hint) {
        resolution.error(DiagnosticCode.BACKEND, resolution.place(written), message, hint);
    }

    private static List<PropertyKind> kinds(Transport transport) {
        return switch (transport) {
            case UDP -> BackendProperties.UDP_CABLE;
            case STREAM -> BackendProperties.STREAM_CABLE;
            case MULTICAST -> BackendProperties.MULTICAST_CABLE;
            case UNIX -> BackendProperties.UNIX_CABLE;
        };
    }

    /** Empty where one is no end, or on a cable already; that is reported. */
    private Optional<List<End>> ends(io.vnetc.dsl.vnet.Cable written) {
        List<End> ends = new ArrayList<>();
        boolean right = true;
        for (int i = 0; i < written.getEnds().size(); i++) {
            String text = written.getEnds().get(i);
            SourceRange place = resolution.sources().rangeOf(written, Literals.CABLE__ENDS, i);
            int dot = text.indexOf('.');
            if (dot <= 0 || dot == text.length() - 1) {
                resolution.error(
                        DiagnosticCode.CABLE_END,
                        place,
                        "`" + text + "` is not an end of a cable",
                        "write GUEST.NIC, as in leaf1.swp1");
                right = false;
                continue;
            }
            End end = new End(text.substring(0, dot), text.substring(dot + 1));
            SourceRange first = places.putIfAbsent(end, place);
            if (first != null) {
                resolution.report(
                        Diagnostic.error(DiagnosticCode.CABLE_END, place, "`" + end + "` has a cable in it already")
                                .withHint("give each cable a NIC of its own")
                                .withRelated(first, "the other one"));
                right = false;
            }
            ends.add(end);
        }
        return right ? Optional.of(ends) : Optional.empty();
    }

    private void udp(Cable cable, PropertySet set) {
        SocketPlace left = place(cable, 0, set, "left");
        SocketPlace right = place(cable, 1, set, "right");
        attachments.put(cable.ends().get(0), new Attachment.Datagram(Optional.of(left), right));
        attachments.put(cable.ends().get(1), new Attachment.Datagram(Optional.of(right), left));
    }

    private static SocketPlace place(Cable cable, int end, PropertySet set, String side) {
        String key = key(cable, end);
        return new SocketPlace.Internet(
                set.address(side).orElseGet(() -> Allocation.loopback(key)),
                set.number(side + "-port").map(Math::toIntExact).orElseGet(() -> Allocation.port(key)));
    }

    private void stream(io.vnetc.dsl.vnet.Cable written, Cable cable, PropertySet set) {
        String key = key(cable, 0);
        Optional<String> socket = set.text("socket");
        if (socket.isPresent() && (set.has("address") || set.has("port"))) {
            wrong(written, "an end is on a network or in the file system", "remove `socket`, or the address");
        }
        SocketPlace place = socket.flatMap(text -> SocketPaths.read(resolution, written, text))
                .<SocketPlace>map(SocketPlace.File::new)
                .orElseGet(() -> new SocketPlace.Internet(
                        set.address("address").orElseGet(() -> Allocation.loopback(key)),
                        set.number("port").map(Math::toIntExact).orElseGet(() -> Allocation.port(key))));
        attachments.put(cable.ends().get(0), new Attachment.Stream(place, true, Optional.empty()));
        attachments.put(
                cable.ends().get(1),
                new Attachment.Stream(place, false, set.time("reconnect").or(() -> Optional.of(RECONNECT))));
    }

    private void multicast(Cable cable, PropertySet set) {
        String key =
                "group " + cable.ends().stream().sorted().map(End::toString).collect(Collectors.joining(" "));
        SocketPlace group = new SocketPlace.Internet(
                set.address("group").orElseGet(() -> Allocation.group(key)),
                set.number("port").map(Math::toIntExact).orElseGet(() -> Allocation.port(key)));
        SocketPlace local = new SocketPlace.Internet(set.address("local").orElse(LOOPBACK), 0);
        cable.ends().forEach(end -> attachments.put(end, new Attachment.Datagram(Optional.of(local), group)));
    }

    private void unix(io.vnetc.dsl.vnet.Cable written, Cable cable, PropertySet set) {
        Optional<String> folder = set.text("folder");
        if (folder.isEmpty()) {
            resolution.error(
                    DiagnosticCode.MISSING_SETTING,
                    resolution.place(written),
                    "it is not said where the sockets of this cable are",
                    "write `over unix { folder \"/run/cables\" }`, with a folder that QEMU may write to");
            return;
        }
        List<SocketPlace> sockets = new ArrayList<>();
        for (End end : cable.ends()) {
            String path = folder.get() + "/" + end + ".sock";
            Optional<String> socket = SocketPaths.read(resolution, written, path);
            if (socket.isEmpty()) {
                return;
            }
            sockets.add(new SocketPlace.File(socket.get()));
        }
        attachments.put(cable.ends().get(0), new Attachment.Datagram(Optional.of(sockets.get(0)), sockets.get(1)));
        attachments.put(cable.ends().get(1), new Attachment.Datagram(Optional.of(sockets.get(1)), sockets.get(0)));
    }

    /** The same from whichever side the cable is written. */
    private static String key(Cable cable, int end) {
        return "cable " + cable.ends().stream().sorted().map(End::toString).collect(Collectors.joining(" ")) + " "
                + cable.ends().get(end);
    }

    private void checkPlaces() {
        Map<SocketPlace, End> listening = new HashMap<>();
        attachments.forEach((end, attachment) -> listening(attachment).ifPresent(place -> {
            End other = listening.putIfAbsent(place, end);
            if (other != null) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.BACKEND,
                                places.get(end),
                                "`" + end + "` and `" + other + "` would listen at the same place, "
                                        + (place instanceof SocketPlace.Internet internet
                                                ? internet.address() + " port " + internet.port()
                                                : ((SocketPlace.File) place).path()))
                        .withHint("give them different ports")
                        .withRelated(places.get(other), "the other one"));
            }
        }));
    }

    private static Optional<SocketPlace> listening(Attachment attachment) {
        if (attachment instanceof Attachment.Stream stream) {
            return stream.server() ? Optional.of(stream.place()) : Optional.empty();
        }
        return attachment instanceof Attachment.Datagram datagram
                ? datagram.local().filter(place -> !(place instanceof SocketPlace.Internet any) || any.port() > 0)
                : Optional.empty();
    }

    /**
     * Reports ends that no guest has, and cables between hosts that nothing of this host could carry.
     *
     * @param cards the names of those that are declared, by their guest's
     */
    void check(List<Guest> guests, Map<String, List<String>> cards) {
        Map<String, Guest> byName = new HashMap<>();
        guests.forEach(guest -> byName.putIfAbsent(guest.name(), guest));
        for (Cable cable : cables) {
            Set<String> hosts = new HashSet<>();
            boolean complete = true;
            for (End end : cable.ends()) {
                complete &= isThere(end, cards);
                Optional.ofNullable(byName.get(end.guest()))
                        .flatMap(Guest::host)
                        .ifPresent(hosts::add);
            }
            boolean local = cable.ends().stream()
                    .flatMap(end -> Optional.ofNullable(attachments.get(end)).stream())
                    .allMatch(CableResolver::staysHere);
            if (complete && hosts.size() > 1 && local) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.SEVERAL_HOSTS,
                                places.get(cable.ends().get(1)),
                                "the ends of this cable are on different hosts, and it stays on one")
                        .withHint("write `over udp { left ADDRESS  right ADDRESS }`, with an address of each host")
                        .withRelated(places.get(cable.ends().get(0)), "the other end"));
            }
        }
    }

    private static boolean staysHere(Attachment attachment) {
        SocketPlace place = attachment instanceof Attachment.Stream stream
                ? stream.place()
                : ((Attachment.Datagram) attachment).local().orElseThrow();
        return !(place instanceof SocketPlace.Internet internet)
                || internet.address().isLoopback();
    }

    private boolean isThere(End end, Map<String, List<String>> cards) {
        boolean hasGuest = cards.containsKey(end.guest());
        List<String> known = hasGuest ? cards.get(end.guest()) : List.copyOf(cards.keySet());
        boolean isThere = hasGuest && known.contains(end.nic());
        if (!isThere) {
            String wanted = hasGuest ? end.nic() : end.guest();
            resolution.error(
                    DiagnosticCode.CABLE_END,
                    places.get(end),
                    hasGuest
                            ? "the guest `" + end.guest() + "` has no NIC `" + end.nic() + "`"
                            : "there is no guest `" + end.guest() + "`",
                    Similar.to(wanted, known.stream().sorted().toList())
                            .map(similar -> "did you mean `" + similar + "`?")
                            .orElse(hasGuest ? "add it: nic " + end.nic() : "declare it"));
        }
        return isThere;
    }
}
