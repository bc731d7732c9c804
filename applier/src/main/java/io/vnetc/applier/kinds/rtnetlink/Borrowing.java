// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.state.Resource;

/** Changes somebody else's link, which is there whatever becomes of it, and leaves it as it was where that fails. */
final class Borrowing {
    private Borrowing() {}

    /** Takes a link from one state to another; asked for the way back where that fails. */
    @FunctionalInterface
    interface Moving<R extends Resource> {
        void move(R old, R now, HostContext host) throws DriverException;
    }

    static <R extends Resource> void move(Change<R> change, HostContext host, Moving<R> moving) throws DriverException {
        if (change.isDelete() || change.isCreate()) {
            throw new IllegalArgumentException("a link is there whether it is borrowed or not: " + change.address());
        }
        R old = change.before().orElseThrow();
        R now = change.after().orElseThrow();
        try {
            moving.move(old, now, host);
        } catch (DriverException e) {
            try {
                moving.move(now, old, host);
            } catch (DriverException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
