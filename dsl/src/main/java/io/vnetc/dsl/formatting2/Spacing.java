// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.formatting2.Piece.Role;
import java.util.Optional;

/** What stands between two pieces on one line. */
final class Spacing {
    private Spacing() {}

    static String between(Optional<Piece> before, Piece after) {
        if (before.isEmpty()) {
            return "";
        }
        Role left = before.get().role();
        Role right = after.role();
        boolean tight = left == Role.OPEN
                || left == Role.OPEN_TIGHT
                || right == Role.OPEN_TIGHT
                || left == Role.JOINT
                || right == Role.JOINT
                || right == Role.CLOSE
                || right == Role.COMMA;
        return tight && left != Role.COMMENT && right != Role.COMMENT ? "" : " ";
    }
}
