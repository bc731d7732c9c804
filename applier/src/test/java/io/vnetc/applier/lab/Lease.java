// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A DHCPv4 lease, in the words of the client that got it. What the server did not send is empty.
 *
 * @param address the address with its prefix length, {@code 10.0.0.5/24}
 * @param router option 3
 * @param dns option 6
 * @param domain option 15
 * @param hostname option 12
 * @param time option 51
 * @param server option 54
 * @param routes option 121: destination and router by turns
 * @param mtu option 26
 */
public record Lease(
        String address,
        String router,
        List<String> dns,
        String domain,
        String hostname,
        Duration time,
        String server,
        List<String> routes,
        String mtu) {

    /** The address without its prefix length. */
    public String ip() {
        return address.substring(0, address.indexOf('/'));
    }

    static Lease parse(String text) {
        Map<String, String> options = text.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip()));
        return new Lease(
                options.get("address"),
                options.get("router"),
                words(options.get("dns")),
                options.get("domain"),
                options.get("hostname"),
                Duration.ofSeconds(Long.parseLong(options.get("seconds"))),
                options.get("server"),
                words(options.get("routes")),
                options.get("mtu"));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
