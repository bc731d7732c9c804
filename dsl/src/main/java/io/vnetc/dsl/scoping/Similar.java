// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import java.util.Locale;
import java.util.Optional;

/** Which of the known words was likely meant. */
public final class Similar {
    private Similar() {}

    /** The known word with the fewest slips from {@code word}, where these are few enough; the first of equals. */
    public static Optional<String> to(String word, Iterable<String> known) {
        int most = Math.max(1, word.length() / 3);
        String best = null;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) > most) {
                continue;
            }
            int slips = slips(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (slips <= most && !candidate.equals(word)) {
                best = candidate;
                most = slips - 1;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to put in, leave out, replace, or swap with the next (optimal string alignment). */
    static int slips(String left, String right) {
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : cheapest(left, right, distance, i, j);
            }
        }
        return distance[left.length()][right.length()];
    }

    private static int cheapest(String left, String right, int[][] distance, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best =
                Math.min(distance[i - 1][j - 1] + (same ? 0 : 1), Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
