// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** Short names that derive from what they are for. */
final class Keys {
    private static final int OCTETS = 6;

    private Keys() {}

    /** Up to ten letters and digits of the SHA-256 of a text. */
    static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, Arrays.copyOf(digest, OCTETS))
                    .toString(Character.MAX_RADIX)
                    .toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
