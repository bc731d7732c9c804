// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import java.nio.charset.StandardCharsets;

/** Names of links, whoever chose them. */
public final class LinkNames {
    /** {@code IFNAMSIZ} less the NUL at the end. */
    public static final int MAX_OCTETS = 15;

    private LinkNames() {}

    /**
     * Returns the name if a link can bear it: {@code dev_valid_name()} of net/core/dev.c, and no {@code %}, which would
     * have the kernel make up another name.
     *
     * @throws IllegalArgumentException when it cannot
     */
    public static String valid(String name) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        boolean valid = octets >= 1 && octets <= MAX_OCTETS && !name.equals(".") && !name.equals("..");
        for (int i = 0; valid && i < name.length(); i++) {
            char c = name.charAt(i);
            valid = c > ' ' && c != 0x7f && c != '/' && c != ':' && c != '%' && !Character.isWhitespace(c);
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "no link can be called \"" + name + "\": 1 to 15 octets without white space, '/', ':' and '%'");
        }
        return name;
    }
}
