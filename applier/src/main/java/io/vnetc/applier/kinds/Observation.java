// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.applier.host.HostContext;
import java.util.HashMap;
import java.util.Map;

/** One look at a host. What several drivers want to see, as the dump of all links, is read once and shared. */
public final class Observation {
    private final HostContext host;
    private final Map<Class<?>, Object> shared = new HashMap<>();

    public Observation(HostContext host) {
        this.host = host;
    }

    /** Reads something. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(HostContext host) throws DriverException;
    }

    public HostContext host() {
        return host;
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
