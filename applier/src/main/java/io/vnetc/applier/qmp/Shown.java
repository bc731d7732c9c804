// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

/** Text of the other end's for a message: short, and printed characters only. */
final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    static String of(String text) {
        String printed = text.replaceAll("[^ -~]", "?");
        return printed.length() <= LONGEST ? printed : printed.substring(0, LONGEST) + "…";
    }
}
