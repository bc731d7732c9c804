// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at spaces. */
final class Wrap {
    private Wrap() {}

    /** Lines of at most this width, unless a word is wider; at least one. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
