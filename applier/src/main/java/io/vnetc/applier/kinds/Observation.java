// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.applier.host.HostContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One look at a host. What several drivers want to see, as the dump of all links, is read once and shared. */
public final class Observation {
    private final HostContext host;
    private final Supplier<Inquiry> inquirer;
    private final Map<Class<?>, Object> shared = new HashMap<>();

    /**
     * A look.
     *
     * @param inquirer asked once, as late as can be: the source may be read meanwhile
     */
    public Observation(HostContext host, Supplier<Inquiry> inquirer) {
        this.host = host;
        this.inquirer = inquirer;
    }

    /** A look at a host whose guests are not asked. */
    public Observation(HostContext host) {
        this(host, () -> Inquiry.NONE);
    }

    /** Reads something. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(HostContext host) throws DriverException;
    }

    public HostContext host() {
        return host;
    }

    /** Which guests are asked what. */
    public Inquiry inquiry() {
        return inquirer.get();
    }

    /**
     * What {@code reader} reads, read at most once in this observation.
     *
     * @param type by which drivers find it: a class of its own, as {@code LinkDump}, never a collection
     */
    public <T> T share(Class<T> type, Reader<T> reader) throws DriverException {
        Object found = shared.get(type);
        if (found == null) {
            found = reader.read(host);
            shared.put(type, found);
        }
        return type.cast(found);
    }
}
