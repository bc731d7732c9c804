// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process may do.
 *
 * @param capabilities effective ones, a bit each (capabilities(7))
 */
public record Privileges(long capabilities) {
    private static final int CAP_NET_ADMIN = 12;
    private static final String FIELD = "CapEff:";

    /** Whether the network may be configured. */
    public boolean netAdmin() {
        return (capabilities >> CAP_NET_ADMIN & 1) != 0;
    }

    static Privileges ofThisThread() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line -> new Privileges(Long.parseUnsignedLong(
                            line.substring(FIELD.length()).strip(), 16)))
                    .findFirst()
                    .orElse(new Privileges(0));
        } catch (IOException e) {
            return new Privileges(0);
        }
    }
}
