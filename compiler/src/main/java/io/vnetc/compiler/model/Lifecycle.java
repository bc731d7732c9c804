// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

/**
 * What becomes of a thing from one version of the source to the next.
 *
 * @param identity the name that allocated names and addresses derive from: the first one that it had
 * @param isProtected whether taking it away, or making it again, is refused
 */
public record Lifecycle(String identity, boolean isProtected) {
    /** Of a thing that was never renamed. */
    public static Lifecycle of(String name) {
        return new Lifecycle(name, false);
    }
}
