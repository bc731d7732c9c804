// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.tun;

import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.LinkNames;
import io.vnetc.applier.netlink.system.SystemCallException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * An Ethernet tap that QEMU opens by its name ({@code linux/if_tun.h}), in the network namespace of the calling thread.
 * What it has of every link (master, MTU, address, up, group, alias) is set by netlink.
 *
 * @param name of the link
 * @param owner the user id that may open it without CAP_NET_ADMIN
 * @param group the group id that may
 * @param multiQueue for more than one queue; it can neither be opened nor changed as the other kind
 * @param packets whether it is a tun, for IP packets, and no tap, for Ethernet frames
 */
public record Tap(String name, OptionalLong owner, OptionalLong group, boolean multiQueue, boolean packets) {
    private static final Path DEVICE = Path.of("/dev/net/tun");

    private static final long TUNSETPERSIST = 0x400454cbL;
    private static final long TUNSETOWNER = 0x400454ccL;
    private static final long TUNSETGROUP = 0x400454ceL;

    private static final int IFF_TUN_EXCL = 0x8000;

    /** Any user's and any group's; {@code name} has to be one that a link can bear. */
    public Tap {
        LinkNames.valid(name);
    }

    /** One for Ethernet frames. */
    public Tap(String name, OptionalLong owner, OptionalLong group, boolean multiQueue) {
        this(name, owner, group, multiQueue, false);
    }

    /** A tun with one queue that only root may open. */
    public static Tap ofPackets(String name) {
        return new Tap(name, OptionalLong.empty(), OptionalLong.empty(), false, true);
    }

    /** A tap with one queue that only root may open. */
    public static Tap named(String name) {
        return new Tap(name, OptionalLong.empty(), OptionalLong.empty(), false);
    }

    /** For a user. */
    public Tap ownedBy(long user) {
        return new Tap(name, OptionalLong.of(user), group, multiQueue, packets);
    }

    /** For a group of users. */
    public Tap ofGroup(long users) {
        return new Tap(name, owner, OptionalLong.of(users), multiQueue, packets);
    }

    /** For several queues. */
    public Tap withQueues() {
        return new Tap(name, owner, group, true, packets);
    }

    /**
     * Makes it, down, to stay until it is deleted. Either all of it is made or nothing.
     *
     * @throws SystemCallException EBUSY where the name is taken, EINVAL for an owner that is not mapped in this user
     *     namespace, ENOENT or EACCES where the machine has no tun device
     */
    public void create() throws SystemCallException {
        create(() -> {});
    }

    /** What is to be done to a tap before it stays. */
    @FunctionalInterface
    public interface Configuration<X extends Exception> {
        void apply() throws X;
    }

    /**
     * Makes it as {@link #create()} does, and has {@code configuration} applied when it is there and does not stay yet: if
     * that fails, or this process ends, it is gone.
     */
    public <X extends Exception> void create(Configuration<X> configuration) throws SystemCallException, X {
        String operation = "create tap " + name;
        try (Descriptor descriptor = Descriptor.open(DEVICE, Descriptor.READ_WRITE)) {
            attach(descriptor, IFF_TUN_EXCL, operation);
            setOwners(descriptor, operation);
            configuration.apply();
            // From here on it outlives the descriptor; before, an error removes it again.
            descriptor.ioctl(TUNSETPERSIST, 1L, operation);
        } catch (SystemCallException e) {
            throw e.errno().equals(Errno.EBUSY) ? e.explained("a link of that name is there already") : e;
        }
    }

    /**
     * Gives an existing tap its owner and group, where they are named: naming none does not take one away.
     *
     * @throws SystemCallException EBUSY where a process holds it and it has one queue; EINVAL where the link is no tap or
     *     its queues are of the other kind
     */
    public void changeOwners() throws SystemCallException {
        String operation = "change the owner of tap " + name;
        try (Descriptor descriptor = Descriptor.open(DEVICE, Descriptor.READ_WRITE)) {
            attachExisting(descriptor, operation);
            setOwners(descriptor, operation);
        }
    }

    /**
     * Deletes it, unless a process holds it. (By netlink it goes even then.)
     *
     * @throws SystemCallException as {@link #changeOwners} does
     */
    public void deleteUnheld() throws SystemCallException {
        String operation = "delete tap " + name;
        try (Descriptor descriptor = Descriptor.open(DEVICE, Descriptor.READ_WRITE)) {
            attachExisting(descriptor, operation);
            descriptor.ioctl(TUNSETPERSIST, 0L, operation);
        }
    }

    /**
     * Opens it as QEMU does, with or without others; as long as one is open the link has carrier. Makes it for as long as
     * it is open where it is not there.
     */
    public Descriptor open() throws SystemCallException {
        Descriptor descriptor = Descriptor.open(DEVICE, Descriptor.READ_WRITE);
        try {
            attachExisting(descriptor, "open tap " + name);
            return descriptor;
        } catch (SystemCallException e) {
            descriptor.close();
            throw e;
        }
    }

    private void attachExisting(Descriptor descriptor, String operation) throws SystemCallException {
        try {
            attach(descriptor, 0, operation);
        } catch (SystemCallException e) {
            if (e.errno().equals(Errno.EBUSY)) {
                throw e.explained("a process holds it");
            }
            if (e.errno().equals(Errno.EINVAL)) {
                throw e.explained("it is no tap, or one " + (multiQueue ? "with one queue" : "with several queues"));
            }
            throw e;
        }
    }

    private void attach(Descriptor descriptor, int more, String operation) throws SystemCallException {
        int flags = (multiQueue ? TunRequests.IFF_MULTI_QUEUE : 0) | more;
        if (packets) {
            TunRequests.attachPackets(descriptor, name, flags, operation);
        } else {
            TunRequests.attach(descriptor, name, flags, operation);
        }
    }

    private void setOwners(Descriptor descriptor, String operation) throws SystemCallException {
        if (owner.isPresent()) {
            descriptor.ioctl(TUNSETOWNER, owner.getAsLong(), operation + " for user " + owner.getAsLong());
        }
        if (group.isPresent()) {
            descriptor.ioctl(TUNSETGROUP, group.getAsLong(), operation + " for group " + group.getAsLong());
        }
    }
}
