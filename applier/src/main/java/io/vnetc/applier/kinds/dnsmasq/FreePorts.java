// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The ports of DNS and DHCP, not taken on all addresses by one socket. A server that listens on addresses of its own is no
 * hindrance, as dnsmasq binds to its bridge's addresses only.
 */
record FreePorts() implements Requirement {
    private static final Path PROC = Path.of("/proc/thread-self/net");
    /** State 0A of /proc/net/tcp: a socket that listens; 07 of udp: one that is open. */
    private static final Set<String> OPEN = Set.of("0A", "07");

    @Override
    public String what() {
        return "the DNS port 53, which another server holds on all addresses of this host";
    }

    @Override
    public String remedy() {
        return "Find it with `ss -lnptu sport = 53`, and let it listen on its own addresses only (dnsmasq: bind-dynamic;"
                + " bind: listen-on), or give the network `dns off`.";
    }

    @Override
    public boolean isMet(HostContext host) {
        return List.of("tcp", "tcp6", "udp", "udp6").stream().noneMatch(FreePorts::isHeldOnAllAddresses);
    }

    /** Lines of proc(5) net/tcp: {@code sl local_address rem_address st …}, addresses and ports in hexadecimal. */
    private static boolean isHeldOnAllAddresses(String table) {
        try {
            return Files.readAllLines(PROC.resolve(table)).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .anyMatch(fields -> fields.length > 3 && OPEN.contains(fields[3]) && fields[1].matches("0+:0035"));
        } catch (IOException e) {
            // A kernel without this family has no socket of it.
            return false;
        }
    }
}
