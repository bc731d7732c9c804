// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import java.util.Optional;

/** How ownership is written on things in the kernel. */
public final class Marks {
    /** Group of all links of ours (IFLA_GROUP): {@code vn} in ASCII. */
    public static final int LINK_GROUP = 0x766e;

    /** Protocol of routes (RTA_PROTOCOL) and addresses (IFA_PROTO) of ours: {@code v} in ASCII, free in rtnetlink.h. */
    public static final int PROTOCOL = 0x76;

    /** How the names of chains of ours begin. */
    public static final String CHAIN_PREFIX = "VNET-";

    private static final String ALIAS_PREFIX = "vnet:";

    private Marks() {}

    /** The alias (IFLA_IFALIAS) of a link that belongs to {@code owner}. */
    public static String alias(Owner owner) {
        return ALIAS_PREFIX + owner.path();
    }

    /** Whose a link with this alias is; absent where the alias is not one of ours. */
    public static Optional<Owner> owner(String alias) {
        if (!alias.startsWith(ALIAS_PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Owner(alias.substring(ALIAS_PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
