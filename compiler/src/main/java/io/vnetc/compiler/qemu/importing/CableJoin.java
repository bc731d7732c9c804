// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sockets of cards that lead to each other, each pair a cable. Where a cable would not be exactly that (it reconnects, has
 * an address of its own), they stay sockets.
 */
final class CableJoin {
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    private final List<End> loose;
    private final List<Statement> cables = new ArrayList<>();

    /** A card with a socket. */
    record End(String guest, String nic, Plugged.Socket socket) {
        @Override
        public String toString() {
            return guest + "." + nic;
        }

        Optional<Attachment.Datagram> datagram() {
            return socket.attachment() instanceof Attachment.Datagram datagram
                    ? Optional.of(datagram)
                    : Optional.empty();
        }

        Optional<Attachment.Stream> stream() {
            return socket.attachment() instanceof Attachment.Stream stream ? Optional.of(stream) : Optional.empty();
        }
    }

    private CableJoin(List<End> ends) {
        this.loose = new ArrayList<>(ends);
    }

    /** The cables; what is one now says no socket any more. */
    static List<Statement> of(List<End> ends) {
        return new CableJoin(ends).join();
    }

    private List<Statement> join() {
        groups();
        for (End left : List.copyOf(loose)) {
            if (!loose.contains(left)) {
                continue;
            }
            List<End> others =
                    loose.stream().filter(right -> !right.equals(left)).toList();
            List<End> opposite =
                    others.stream().filter(right -> isOpposite(left, right)).toList();
            // Two that claim one other end are no cable.
            if (opposite.size() == 1
                    && loose.stream()
                                    .filter(other -> isOpposite(opposite.get(0), other))
                                    .count()
                            == 1) {
                pair(left, opposite.get(0));
            }
        }
        return cables;
    }

    private static boolean isOpposite(End left, End right) {
        if (left.datagram().isPresent() && right.datagram().isPresent()) {
            Attachment.Datagram one = left.datagram().get();
            Attachment.Datagram other = right.datagram().get();
            return one.local().equals(Optional.of(other.remote()))
                    && other.local().equals(Optional.of(one.remote()));
        }
        if (left.stream().isPresent() && right.stream().isPresent()) {
            Attachment.Stream one = left.stream().get();
            Attachment.Stream other = right.stream().get();
            return one.place().equals(other.place()) && one.server() != other.server();
        }
        return false;
    }

    private void pair(End left, End right) {
        if (left.stream().isPresent()) {
            boolean serves = left.stream().get().server();
            stream(serves ? left : right, serves ? right : left);
            return;
        }
        Attachment.Datagram datagram = left.datagram().orElseThrow();
        SocketPlace here = datagram.local().orElseThrow();
        if (here instanceof SocketPlace.Internet one && datagram.remote() instanceof SocketPlace.Internet other) {
            if (one.port() > 0 && other.port() > 0) {
                cable(List.of(left, right), "udp")
                        .say(left.socket().from(), "left " + one.address())
                        .say(left.socket().from(), "left-port " + one.port())
                        .say(right.socket().from(), "right " + other.address())
                        .say(right.socket().from(), "right-port " + other.port());
            }
        } else if (here instanceof SocketPlace.File one && datagram.remote() instanceof SocketPlace.File other) {
            folder(left, one)
                    .filter(folder -> folder(right, other).equals(Optional.of(folder)))
                    .ifPresent(folder -> cable(List.of(left, right), "unix")
                            .say(left.socket().from(), "folder " + Spelling.text(folder)));
        }
    }

    /** Of a cable over sockets of the file system the ends name the files. */
    private static Optional<String> folder(End end, SocketPlace.File file) {
        String name = "/" + end + ".sock";
        return file.path().endsWith(name) && file.path().length() > name.length() && Spelling.canWrite(file.path())
                ? Optional.of(file.path().substring(0, file.path().length() - name.length()))
                : Optional.empty();
    }

    /** The other end of a cable comes back by itself, which it did not where it says no time. */
    private void stream(End server, End client) {
        Attachment.Stream stream = client.stream().orElseThrow();
        if (stream.reconnect().isEmpty()) {
            return;
        }
        From from = client.socket().from();
        if (stream.place() instanceof SocketPlace.Internet internet && internet.port() > 0) {
            cable(List.of(server, client), "stream")
                    .say(from, "address " + internet.address())
                    .say(from, "port " + internet.port())
                    .say(from, "reconnect " + stream.reconnect().get().toSeconds() + "s");
        } else if (stream.place() instanceof SocketPlace.File file && Spelling.canWrite(file.path())) {
            cable(List.of(server, client), "stream")
                    .say(from, "socket " + Spelling.text(file.path()))
                    .say(from, "reconnect " + stream.reconnect().get().toSeconds() + "s");
        }
    }

    /** All that listen to one group at one address of the host. */
    private void groups() {
        Map<Attachment, List<End>> groups = new LinkedHashMap<>();
        for (End end : loose) {
            end.datagram()
                    .filter(datagram -> SocketTranslation.isGroup(datagram.remote())
                            && datagram.local().isPresent())
                    .ifPresent(datagram -> groups.computeIfAbsent(datagram, none -> new ArrayList<>())
                            .add(end));
        }
        groups.values().stream().filter(ends -> ends.size() > 1).forEach(ends -> {
            Attachment.Datagram datagram = ends.get(0).datagram().orElseThrow();
            From from = ends.get(0).socket().from();
            if (datagram.remote() instanceof SocketPlace.Internet group
                    && datagram.local().orElseThrow() instanceof SocketPlace.Internet local
                    && group.port() > 0) {
                Statement.Block cable = cable(ends, "multicast")
                        .say(from, "group " + group.address())
                        .say(from, "port " + group.port());
                if (!local.address().equals(LOOPBACK)) {
                    cable.say(from, "local " + local.address());
                }
            }
        });
    }

    private Statement.Block cable(List<End> ends, String transport) {
        ends.forEach(end -> end.socket().nic().remove(end.socket().statement()));
        loose.removeAll(ends);
        String written = String.join(
                " <-> ", ends.stream().map(end -> Spelling.name(end.toString())).toList());
        Statement.Block cable = new Statement.Block(
                "link " + written + " over " + transport, ends.get(0).socket().from());
        cables.add(cable);
        return cable;
    }
}
