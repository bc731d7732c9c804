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
    /** No character that a shell or {@code ip -batch} would read as its own. */
    private static final String PROTECTED_SUFFIX = ",protected";

    private Marks() {}

    /** The alias (IFLA_IFALIAS) of a link that belongs to {@code owner}. */
    public static String alias(Owner owner) {
        return ALIAS_PREFIX + owner.path();
    }

    /** The alias of a link that belongs to {@code owner}, with the mark that it is not to be taken away. */
    public static String alias(Owner owner, boolean isProtected) {
        return alias(owner) + (isProtected ? PROTECTED_SUFFIX : "");
    }

    /** Whether an alias of ours says that its link is not to be taken away. */
    public static boolean isProtected(String alias) {
        return alias.endsWith(PROTECTED_SUFFIX) && owner(alias).isPresent();
    }

    /** Whose a link with this alias is; absent where the alias is not one of ours. */
    public static Optional<Owner> owner(String alias) {
        if (!alias.startsWith(ALIAS_PREFIX)) {
            return Optional.empty();
        }
        String path = alias.substring(ALIAS_PREFIX.length());
        if (path.endsWith(PROTECTED_SUFFIX)) {
            path = path.substring(0, path.length() - PROTECTED_SUFFIX.length());
        }
        try {
            return Optional.of(new Owner(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
