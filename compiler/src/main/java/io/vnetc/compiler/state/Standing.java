// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

/** Whose a resource is. */
public enum Standing {
    /** Made by vnetc: changed and removed freely. */
    OWNED,
    /** A setting of somebody else's thing that vnetc changes and gives back. */
    BORROWED,
    /** Somebody else's: seen, never touched. */
    FOREIGN
}
