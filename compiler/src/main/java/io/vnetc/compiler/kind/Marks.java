// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
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

    private static final String CARRIES = ",carries=";

    private Marks() {}

    /** The alias (IFLA_IFALIAS) of a link that belongs to {@code owner}. */
    public static String alias(Owner owner) {
        return ALIAS_PREFIX + owner.path();
    }

    /** The alias of a link that belongs to {@code owner}, with the mark that it is not to be taken away. */
    public static String alias(Owner owner, boolean isProtected) {
        return alias(owner, isProtected, Optional.empty());
    }

    /** The same of a bridge, with the uplink whose addresses of the host it has. */
    public static String alias(Owner owner, boolean isProtected, Optional<InterfaceName> carries) {
        return alias(owner) + carries.map(link -> CARRIES + link).orElse("") + (isProtected ? PROTECTED_SUFFIX : "");
    }

    /** The uplink whose addresses a bridge with this alias has, where it says so. */
    public static Optional<InterfaceName> carries(String alias) {
        String path = unprotected(alias);
        int mark = path.indexOf(CARRIES);
        if (mark < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InterfaceName(path.substring(mark + CARRIES.length())));
        } catch (LiteralException e) {
            return Optional.empty();
        }
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
        String path = unprotected(alias.substring(ALIAS_PREFIX.length()));
        int mark = path.indexOf(CARRIES);
        if (mark >= 0) {
            path = path.substring(0, mark);
        }
        try {
            return Optional.of(new Owner(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String unprotected(String alias) {
        return alias.endsWith(PROTECTED_SUFFIX)
                ? alias.substring(0, alias.length() - PROTECTED_SUFFIX.length())
                : alias;
    }
}
