// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

/**
 * Where a resource stands in a host's state, as {@code bridge/vbr-office} or {@code address/vbr-office/10.20.1.1/24}.
 *
 * @param kind name of a {@link Kind}
 * @param name unique in the kind
 */
public record ResourceAddress(String kind, String name) implements Comparable<ResourceAddress> {
    /** Reads {@code kind/name}. */
    public static ResourceAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0) {
            throw new IllegalArgumentException("not the address of a resource: " + text);
        }
        return new ResourceAddress(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ResourceAddress other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
