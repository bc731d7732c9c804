// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.Progress;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Step;

/** Ticks off steps on a terminal: each on a line of its own, or where they are many, in one line that counts. */
final class StepList implements Progress {
    private static final int MOST_LINES = 60;

    private final Session session;
    private final ProgressLine line;
    private final int total;
    private int done;
    private int undone;

    StepList(Session session, int total) {
        this.session = session;
        this.line = session.progress();
        this.total = total;
    }

    @Override
    public void phase(String name) {
        line.draw("  … " + name);
    }

    @Override
    public void done(Step step) {
        done++;
        show(session.errPaint().green("✓"), "%d of %d".formatted(done, total), step);
    }

    @Override
    public void failed(Step step, String why) {
        if (line.isVisible()) {
            session.messages().note("  " + session.errPaint().red("✗") + " " + words(step));
        }
    }

    @Override
    public void undone(Step inverse) {
        undone++;
        show(session.errPaint().yellow("↶"), "%d taken back".formatted(undone), inverse);
    }

    /** Takes away the line that is drawn again and again. */
    void end() {
        line.close();
    }

    private void show(String sign, String count, Step step) {
        if (!line.isVisible()) {
            return;
        }
        if (total <= MOST_LINES) {
            session.messages().note("  " + sign + " " + words(step));
        } else {
            line.draw("  %s  %s".formatted(count, words(step)));
        }
    }

    private static String words(Step step) {
        String verb = switch (step.action()) {
            case CREATE -> "make";
            case CHANGE -> "change";
            case DELETE -> "remove";
        };
        return verb + " " + Kinds.TABLE.title(step.resource());
    }
}
