// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a command has around it. Tests put their own in its place.
 *
 * @param in where answers come from
 * @param out for results
 * @param err for messages
 * @param environment variables
 * @param directory that paths are relative to
 * @param terminals which of in (0), out (1) and err (2) are terminals
 */
public record Io(
        BufferedReader in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        Set<Integer> terminals) {
    public static final int IN = 0;
    public static final int OUT = 1;
    public static final int ERR = 2;

    private static final int BUFFER = 1 << 16;

    public Io {
        environment = Map.copyOf(environment);
        terminals = Set.copyOf(terminals);
    }

    /** Those of this process. */
    static Io ofProcess() {
        Set<Integer> terminals = new HashSet<>();
        for (int stream = IN; stream <= ERR; stream++) {
            if (isTerminal(stream)) {
                terminals.add(stream);
            }
        }
        return new Io(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                terminals);
    }

    /** Without a system call: that would load JNA. */
    private static boolean isTerminal(int stream) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody sits there who can be asked. */
    boolean isInteractive() {
        return terminals.contains(IN) && terminals.contains(ERR);
    }

    /** A path that the user wrote. */
    Path resolve(Path path) {
        return directory.resolve(path);
    }
}
