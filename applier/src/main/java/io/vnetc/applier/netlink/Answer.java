// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.wire.Acknowledgement;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.Request;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel answered to a request.
 *
 * @param request the request
 * @param messages what it asked for, in the kernel's order
 * @param last the acknowledgement that ended it
 */
public record Answer(Request request, List<Message> messages, Message last) {
    /** Why the kernel refused; empty when it did what it was asked. */
    public Optional<NetlinkException> failure() {
        Acknowledgement acknowledgement = Acknowledgement.parse(last);
        return acknowledgement.error() == 0
                ? Optional.empty()
                : Optional.of(NetlinkException.refused(request, acknowledgement));
    }

    /** What the kernel had to say although it did what it was asked. */
    public Optional<String> warning() {
        Acknowledgement acknowledgement = Acknowledgement.parse(last);
        return acknowledgement.error() == 0 ? acknowledgement.text() : Optional.empty();
    }

    /**
     * The messages.
     *
     * @throws NetlinkException when the kernel refused
     */
    public List<Message> orThrow() throws NetlinkException {
        Optional<NetlinkException> failure = failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return messages;
    }
}
