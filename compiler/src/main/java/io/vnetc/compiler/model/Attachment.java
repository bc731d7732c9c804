// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a guest's card is on the host. */
public sealed interface Attachment {
    /** A port of its network's bridge. */
    record Tap(InterfaceName name) implements Attachment {
        @Override
        public Optional<InterfaceName> link() {
            return Optional.of(name);
        }
    }

    /**
     * A link of its own on one of the host's.
     *
     * @param lower the host's
     */
    record Macvtap(InterfaceName name, InterfaceName lower) implements Attachment {
        @Override
        public Optional<InterfaceName> link() {
            return Optional.of(name);
        }
    }

    /**
     * A device that the guest is given whole. Its packets never pass the host's kernel: what holds for them the card sees
     * to.
     *
     * @param pool that it is of
     * @param member which
     * @param rate that it may send at
     * @param spoofCheck whether it may send with its own address only; absent: as the card's driver has it
     */
    record Function(String pool, Pool.Member member, Optional<Rate> rate, Optional<Boolean> spoofCheck)
            implements Attachment {}

    /** A network card of the host that the guest is given whole, as it is. */
    record Passthrough(HostDevice device) implements Attachment {}

    /** A network inside of QEMU, behind address translation that needs no privilege (libslirp). */
    record User(PropertySet properties, List<GuestPort> published, List<GuestForward> forwards) implements Attachment {
        public User {
            published = List.copyOf(published);
            forwards = List.copyOf(forwards);
        }
    }

    /**
     * The same by a program beside QEMU, passt(1).
     *
     * @param socket that it listens on
     */
    record Passt(String socket, PropertySet properties, List<GuestPort> published) implements Attachment {
        public Passt {
            published = List.copyOf(published);
        }
    }

    /**
     * Frames in a stream: TCP, or a socket of the file system.
     *
     * @param server whether it waits for the other end, or goes to it
     * @param reconnect how long it waits before it goes there again
     */
    record Stream(SocketPlace place, boolean server, Optional<Duration> reconnect) implements Attachment {}

    /**
     * A frame in a datagram: UDP to one other or to many, or a socket of the file system.
     *
     * @param local where it listens; of a group: on which of the host's addresses; absent: on any
     */
    record Datagram(Optional<SocketPlace> local, SocketPlace remote) implements Attachment {}

    /**
     * A port of a switch that is a process and shares the guest's memory.
     *
     * @param server whether QEMU makes the socket, and the switch comes to it
     * @param reconnect how long QEMU waits before it goes there again
     */
    record VhostUser(String socket, boolean server, Optional<Duration> reconnect) implements Attachment {}

    /** A device that speaks virtio itself, by its character device. */
    record Vdpa(String device) implements Attachment {}

    /**
     * A tap that QEMU's helper makes in a bridge that is there.
     *
     * @param helper where it is; absent: where QEMU was built to find it
     */
    record HelperBridge(InterfaceName bridge, Optional<String> helper) implements Attachment {}

    /**
     * A tap that QEMU opens by itself, and makes where it is not there.
     *
     * @param name absent: the kernel chooses
     * @param script that QEMU runs when it is open; absent: none
     * @param downScript that QEMU runs before it closes it; absent: none
     */
    record QemuTap(Optional<InterfaceName> name, Optional<String> script, Optional<String> downScript)
            implements Attachment {}

    /**
     * A hub inside of QEMU.
     *
     * @param number of it in its guest, from 0
     */
    record Hub(String name, int number) implements Attachment {}

    /** Nothing: a card with no cable in it. */
    record Unplugged() implements Attachment {}

    /** The link of ours that it is, where it is one. */
    default Optional<InterfaceName> link() {
        return Optional.empty();
    }

    /** Whether the host has something of it: a link, or a device of a pool. */
    default boolean isOfHost() {
        return this instanceof Tap || this instanceof Macvtap || this instanceof Function;
    }
}
