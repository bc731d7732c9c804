// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lease that dnsmasq has granted.
 *
 * @param address that the client has
 * @param client hardware address, or for DHCPv6 the identifier (DUID)
 * @param name that the client has; absent where it has none
 * @param expiry seconds since 1970; 0: never
 */
public record Lease(String address, String client, Optional<String> name, long expiry) {
    private static final int FIELDS = 5;

    /**
     * Reads a lease file: a line has expiry, hardware address (DHCPv6: identity association), address, name or {@code *},
     * and client identifier (DHCPv6: DUID). Names come from guests, so what is no name is left out, and so is a line that
     * is none.
     */
    static List<Lease> parse(String text) {
        List<Lease> leases = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length != FIELDS || !fields[0].matches("[0-9]{1,18}") || !fields[2].matches("[0-9A-Fa-f:.]+")) {
                continue;
            }
            boolean isV6 = fields[2].contains(":");
            String client = isV6 ? fields[4] : fields[1];
            leases.add(new Lease(
                    fields[2],
                    client.matches("[0-9A-Fa-f:-]+") ? client : "?",
                    fields[3].matches("[A-Za-z0-9._-]{1,253}") ? Optional.of(fields[3]) : Optional.empty(),
                    Long.parseLong(fields[0])));
        }
        return leases;
    }
}
