// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.wire.Request;
import java.util.List;

/**
 * A way to a kernel, or to something that answers as one would. Not thread-safe: every thread opens its own.
 *
 * @see KernelTransport
 * @see RecordingTransport
 * @see ReplayingTransport
 */
public interface Transport extends AutoCloseable {
    /**
     * Has requests carried out in their order, and answers each. One that is refused does not keep the next from being
     * tried. What a request changes is changed when this returns.
     *
     * @throws NetlinkException when requests or answers were lost on the way: then it is not known which were carried out
     */
    List<Answer> exchange(List<Request> requests) throws NetlinkException;

    /** Has one request carried out. */
    default Answer exchange(Request request) throws NetlinkException {
        return exchange(List.of(request)).get(0);
    }

    /**
     * Reads everything of a kind, as it was at one moment: never a part, and never a mixture of before and after.
     *
     * @param request a dump
     * @throws NetlinkException when it could not be had
     */
    Answer dump(Request request) throws NetlinkException;

    @Override
    void close();
}
