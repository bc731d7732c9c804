// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

/**
 * Something of which a host has one, and which one resource at a time can hold: an interface name, an address, a port.
 * Two resources with one claim clash; a claim that moves is given up before it is taken.
 *
 * @param space what is claimed, as {@code interface-name}
 * @param value in canonical text
 */
public record Claim(String space, String value) implements Comparable<Claim> {
    public static Claim interfaceName(String name) {
        return new Claim("interface-name", name);
    }

    /** That this bridge parts its ports by their VLANs. */
    public static Claim vlanFiltering(String bridge) {
        return new Claim("vlan-filtering", bridge);
    }

    /** That this link is no port of a bridge, so that macvtaps can be on it: its frames go one way only. */
    public static Claim freeLink(String name) {
        return new Claim("free-link", name);
    }

    @Override
    public int compareTo(Claim other) {
        int bySpace = space.compareTo(other.space);
        return bySpace != 0 ? bySpace : value.compareTo(other.value);
    }
}
