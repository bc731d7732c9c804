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
     * @param path of at most {@link #MOST_PATH} bytes, absolute
     */
    record File(String path) implements SocketPlace {}

    /** sun_path of unix(7), less the byte that ends it. */
    int MOST_PATH = 107;
}
