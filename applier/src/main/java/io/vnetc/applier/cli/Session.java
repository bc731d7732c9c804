// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;

/** One run of the command: what it has around it, and what its common options say. */
final class Session {
    private final Surroundings surroundings;
    private final ProgressLine progress;
    private Color color = Color.AUTO;

    Session(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.progress = new ProgressLine(surroundings.io());
    }

    void color(Color chosen) {
        color = chosen;
    }

    Color color() {
        return color;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Io io() {
        return surroundings.io();
    }

    /** The line that tells what is going on; whoever prints something else closes it first. */
    ProgressLine progress() {
        return progress;
    }

    /** For what goes to stderr, where no line of progress is in the way then. */
    Messages messages() {
        progress.close();
        // What was said first is read first, where both streams go to one place.
        io().out().flush();
        return new Messages(io(), color);
    }

    Paint errPaint() {
        return new Paint(color.isOn(io(), Io.ERR));
    }

    /** For what goes to stdout. */
    Paint paint() {
        return new Paint(color.isOn(io(), Io.OUT));
    }

    /** Opens the host; it belongs to the calling thread from then on, which closes its context. */
    HostAccess openHost() {
        return surroundings.host().apply(surroundings.paths());
    }
}
