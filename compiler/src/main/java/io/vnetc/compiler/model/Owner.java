// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.regex.Pattern;

/**
 * The declaration that a thing on a host belongs to: {@code network/office}, {@code vm/web/eth0}, {@code host}. It is
 * written on links as their alias, so it is known without the source, and it is all that allocated names derive from.
 *
 * @param path words of letters, digits, {@code _}, {@code -} and {@code .}, with slashes between
 */
public record Owner(String path) implements Comparable<Owner> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

    /** Of what belongs to no one network or guest, as the settings of an uplink. */
    public static final Owner HOST = new Owner("host");

    public Owner {
        if (!FORM.matcher(path).matches()) {
            throw new IllegalArgumentException("not an owner: " + path);
        }
    }

    public static Owner network(String name) {
        return new Owner("network/" + name);
    }

    /** Of a link that the host's block makes. */
    public static Owner link(String name) {
        return new Owner("link/" + name);
    }

    public static Owner nic(String guest, String nic) {
        return new Owner("vm/" + guest + "/" + nic);
    }

    /** Whether it is a card of the guest of this name. */
    public boolean isOfGuest(String guest) {
        return path.startsWith("vm/" + guest + "/");
    }

    /** Whether it is a link that a host's block makes. */
    public boolean isOfLink() {
        return path.startsWith("link/");
    }

    @Override
    public int compareTo(Owner other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
