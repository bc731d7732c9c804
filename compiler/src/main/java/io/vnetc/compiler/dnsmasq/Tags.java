// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.LiteralException;
import java.util.List;
import java.util.regex.Pattern;

/** The words that clients are sorted by, and names that begin with a star. */
public final class Tags {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /** What the tags of ranges begin with, which is nobody else's. */
    static final String RANGE = "vnet-";

    private Tags() {}

    public static boolean isTag(String text) {
        return TAG.matcher(text).matches() && !text.startsWith(RANGE);
    }

    /** Whether it is several of them, with a plus between each two, and perhaps a {@code !} before one. */
    public static boolean areTags(String text) {
        return List.of(text.split("\\+", -1)).stream()
                .allMatch(tag -> isTag(tag.startsWith("!") ? tag.substring(1) : tag));
    }

    public static boolean isWildcardName(String text) {
        try {
            return !DomainName.parse(text.startsWith("*.") ? text.substring(2) : text)
                    .text()
                    .isEmpty();
        } catch (LiteralException e) {
            return false;
        }
    }

    /** The tag of a range's clients. */
    public static String ofRange(int index) {
        return RANGE + index;
    }
}
