// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

/**
 * Where vnetc keeps its files on the host.
 *
 * @param run directory of what a reboot may take, absolute
 * @param state directory of what has to last, absolute
 */
public record Paths(String run, String state) {
    /** Of the host's own network namespace. */
    public static final Paths HOST = new Paths("/run/vnet", "/var/lib/vnet");

    /** Of a named network namespace. */
    public static Paths namespace(String name) {
        return new Paths(HOST.run + "/netns/" + name, HOST.state + "/netns/" + name);
    }

    /** Directory of the files of a network's dnsmasq. */
    public String dnsmasqDirectory(String network) {
        return run + "/dnsmasq/" + network;
    }

    /** The leases that a network's dnsmasq has granted. */
    public String leaseFile(String network) {
        return state + "/dnsmasq/" + network + ".leases";
    }
}
