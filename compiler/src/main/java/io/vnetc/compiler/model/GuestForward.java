// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.IpAddress;

/**
 * A TCP port that a guest finds in QEMU's own network.
 *
 * @param address in that network
 * @param port 1 to 65535
 */
public record GuestForward(IpAddress address, int port, Behind behind) {
    /** What is behind it. */
    public sealed interface Behind {
        /** A program that is started for each connection, and speaks through its standard input and output. */
        record Program(String command) implements Behind {}

        /**
         * A port that the host reaches.
         *
         * @param port 1 to 65535
         */
        record Server(IpAddress address, int port) implements Behind {}
    }
}
