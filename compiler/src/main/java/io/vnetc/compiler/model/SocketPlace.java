// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.IpAddress;

/** Where a socket is. */
public sealed interface SocketPlace {
    /**
     * On a network.
     *
     * @param port 0 to 65535
     */
    record Internet(IpAddress address, int port) implements SocketPlace {}

    /**
     * In the file system.
     *
     * @param path as {@link io.vnetc.dsl.value.SocketPath} has it
     */
    record File(String path) implements SocketPlace {}
}
