// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.netlink.Answer;
import io.vnetc.applier.netlink.KernelTransport;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.Transport;
import io.vnetc.applier.netlink.route.RouteProtocol;
import io.vnetc.applier.netlink.wire.Request;
import java.util.ArrayList;
import java.util.List;

/** The kernel, one request at a time, and somebody who looks at what each of them has changed, or ends it all there. */
final class WatchedTransport implements Transport {
    private static final String FIND = "find link ";

    private final Transport kernel;
    private final Watcher watcher;
    private int changes;

    private WatchedTransport(Transport kernel, Watcher watcher) {
        this.kernel = kernel;
        this.watcher = watcher;
    }

    /** Looks. */
    @FunctionalInterface
    interface Watcher {
        /** Called after the {@code number}-th request, from 1, that may have changed something. */
        void changed(int number, String operation);

        /** Called before something is read. */
        default void reading() {}
    }

    /** What a watcher throws to stop the driver where it is, as a kill does: no driver catches it. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static WatchedTransport open(Watcher watcher) throws NetlinkException {
        return new WatchedTransport(KernelTransport.open(RouteProtocol.PROTOCOL), watcher);
    }

    @Override
    public List<Answer> exchange(List<Request> requests) throws NetlinkException {
        List<Answer> answers = new ArrayList<>();
        for (Request request : requests) {
            answers.add(kernel.exchange(request));
            if (!request.operation().startsWith(FIND)) {
                changes++;
                watcher.changed(changes, request.operation());
            }
        }
        return answers;
    }

    @Override
    public Answer dump(Request request) throws NetlinkException {
        watcher.reading();
        return kernel.dump(request);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
