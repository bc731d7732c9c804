// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** The changed part of lines, with a line of what stays before and after it. */
final class LineDifference {
    private static final int CONTEXT = 1;

    private LineDifference() {}

    /** As {@link Fact.Lines} has them. */
    static List<String> of(List<String> before, List<String> after) {
        List<String> lines = new ArrayList<>();
        int shown = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            int start = delta.getSource().getPosition();
            int tail = lines.isEmpty() ? 0 : Math.min(start, shown + CONTEXT);
            int head = Math.max(tail, start - CONTEXT);
            keep(lines, before, shown, tail);
            if (head > tail) {
                lines.add("@ line " + (head + 1));
            }
            keep(lines, before, head, start);
            delta.getSource().getLines().forEach(line -> lines.add("-" + Printable.of(line)));
            delta.getTarget().getLines().forEach(line -> lines.add("+" + Printable.of(line)));
            shown = start + delta.getSource().size();
        }
        keep(lines, before, shown, lines.isEmpty() ? 0 : Math.min(before.size(), shown + CONTEXT));
        return lines;
    }

    private static void keep(List<String> lines, List<String> before, int from, int to) {
        for (int i = from; i < to; i++) {
            lines.add(" " + Printable.of(before.get(i)));
        }
    }
}
