// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

/** One line on stderr that is drawn again and again, on a terminal; elsewhere nothing. */
final class ProgressLine implements AutoCloseable {
    private static final String BACK_AND_ERASE = "\r\u001b[K";
    private static final int WIDTH = 78;

    private final Io io;
    private final boolean visible;
    private boolean drawn;

    ProgressLine(Io io) {
        this.io = io;
        this.visible = io.terminals().contains(Io.ERR)
                && !io.environment().getOrDefault("TERM", "").equals("dumb");
    }

    boolean isVisible() {
        return visible;
    }

    /** Shows this in place of what was there. */
    void draw(String text) {
        if (visible) {
            io.err().print(BACK_AND_ERASE + (text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text));
            io.err().flush();
            drawn = true;
        }
    }

    /** Leaves the line empty, for something else to be printed. */
    @Override
    public void close() {
        if (drawn) {
            io.err().print(BACK_AND_ERASE);
            io.err().flush();
            drawn = false;
        }
    }
}
