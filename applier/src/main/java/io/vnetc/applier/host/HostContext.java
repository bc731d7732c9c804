// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import io.vnetc.applier.kinds.DriverException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The host that a command works on: what drivers reach the world through. It belongs to one thread. What was opened is
 * closed with it, last first.
 */
public final class HostContext implements AutoCloseable {
    private final Paths paths;
    private final Programs programs;
    private final Supplier<Privileges> privileges;
    private final Map<Class<?>, AutoCloseable> opened = new HashMap<>();
    private final Deque<AutoCloseable> order = new ArrayDeque<>();
    private Optional<HostIdentity> identity = Optional.empty();

    public HostContext(Paths paths, Programs programs) {
        this(paths, programs, Privileges::ofThisThread);
    }

    /** With other privileges, as tests that play a user who has none. */
    public HostContext(Paths paths, Programs programs, Supplier<Privileges> privileges) {
        this.paths = paths;
        this.programs = programs;
        this.privileges = privileges;
    }

    /** Opens something. */
    @FunctionalInterface
    public interface Opener<T> {
        T open() throws DriverException;
    }

    public Paths paths() {
        return paths;
    }

    public Programs programs() {
        return programs;
    }

    /** What this process may do. */
    public Privileges privileges() {
        return privileges.get();
    }

    /** Which boot of which machine, and which namespace, this is. */
    public HostIdentity identity() throws DriverException {
        if (identity.isEmpty()) {
            identity = Optional.of(HostIdentity.read());
        }
        return identity.get();
    }

    /**
     * A connection to the host, as a netlink socket: opened when it is first asked for, shared by all drivers.
     *
     * @param type by which it is found; tests {@link #provide} another one of that type
     */
    public <T extends AutoCloseable> T connection(Class<T> type, Opener<T> opener) throws DriverException {
        AutoCloseable found = opened.get(type);
        if (found == null) {
            found = opener.open();
            opened.put(type, found);
            order.push(found);
        }
        return type.cast(found);
    }

    /** Puts a connection in place before anybody asks for it. */
    public <T extends AutoCloseable> void provide(Class<T> type, T connection) {
        if (opened.putIfAbsent(type, connection) != null) {
            throw new IllegalStateException("already opened: " + type.getName());
        }
        order.push(connection);
    }

    @Override
    public void close() {
        while (!order.isEmpty()) {
            closeQuietly(order.pop());
        }
        opened.clear();
    }

    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // Nothing is lost with a connection that does not close: what was done was acknowledged.
            return;
        }
    }
}
