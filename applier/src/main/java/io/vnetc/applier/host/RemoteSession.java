// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import io.vnetc.dsl.value.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The connection by which whoever runs this came to the host (SSH_CONNECTION of ssh(1)). */
public final class RemoteSession {
    private static final String VARIABLE = "SSH_CONNECTION";

    /** No process has more ancestors than that but in a circle, which there is none of. */
    private static final int MOST_ANCESTORS = 64;

    private RemoteSession() {}

    /**
     * The address of this host that the connection came in by. Where this process does not know, its ancestors are asked:
     * sudo(8) takes the variable away.
     */
    public static Optional<IpAddress> localAddress(Map<String, String> environment) {
        Optional<IpAddress> own = parse(Optional.ofNullable(environment.get(VARIABLE)));
        Optional<ProcessHandle> process = ProcessHandle.current().parent();
        for (int i = 0; own.isEmpty() && process.isPresent() && i < MOST_ANCESTORS; i++) {
            own = parse(variable(process.get().pid()));
            process = process.get().parent();
        }
        return own;
    }

    private static Optional<String> variable(long pid) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            for (String line : environment.split("\0", -1)) {
                if (line.startsWith(VARIABLE + "=")) {
                    return Optional.of(line.substring(VARIABLE.length() + 1));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The client's address and port, then the server's. */
    private static Optional<IpAddress> parse(Optional<String> text) {
        String[] words = text.orElse("").split(" ", -1);
        if (words.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpAddress.parse(words[2].replaceFirst("%.*", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
