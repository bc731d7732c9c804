// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.DriverException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The running dnsmasq of a network. A number in a file may have become another process's, so what it runs is looked at
 * before it is believed.
 *
 * @param pid of the process
 */
record DnsmasqProcess(long pid) {
    static boolean isRunning(DnsmasqFiles files) {
        return find(files).isPresent();
    }

    static Optional<DnsmasqProcess> find(DnsmasqFiles files) {
        String argument = "--conf-file=" + files.configuration();
        return pidIn(files.pidFile())
                .filter(pid -> commandLine(pid).contains(argument))
                .map(DnsmasqProcess::new);
    }

    /** The number in a pid file. */
    static Optional<Long> pidIn(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.matches("[1-9][0-9]{0,8}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The arguments of a process; none where it is gone or a zombie. */
    static List<String> commandLine(long pid) {
        try {
            String text =
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    void signal(String name, Programs programs) throws DriverException {
        programs.succeed(
                Programs.Call.of("kill", "-s", name, Long.toString(pid)), "cannot send SIG" + name + " to dnsmasq");
    }
}
