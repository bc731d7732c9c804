// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.model.Attachment;
import java.util.Optional;

/**
 * What a NIC was plugged into.
 *
 * @param queues how many it has there
 * @param takesVhost whether the host's kernel may move its packets
 * @param vhost whether it does
 * @param socket where it is one, which may be an end of a cable
 */
record Plugged(int queues, boolean takesVhost, boolean vhost, Optional<Socket> socket) {
    /** One queue, and nothing else to say. */
    static final Plugged PLAIN = new Plugged(1, false, false, Optional.empty());

    /**
     * A socket.
     *
     * @param attachment what it is
     * @param nic that says so
     * @param statement with which
     */
    record Socket(Attachment attachment, Statement.Block nic, Statement statement, From from) {}

    static Plugged queues(int queues) {
        return new Plugged(queues, false, false, Optional.empty());
    }

    static Plugged socket(Socket socket) {
        return new Plugged(1, false, false, Optional.of(socket));
    }
}
