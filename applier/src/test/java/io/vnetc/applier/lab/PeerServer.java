// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCP server in a namespace, for IPv4 and IPv6, that tells whoever connects where the connection comes from. */
final class PeerServer implements AutoCloseable {
    private final ServerSocket socket;

    private PeerServer(ServerSocket socket) {
        this.socket = socket;
    }

    static PeerServer start(NetworkNamespace namespace, int port) {
        // A socket stays in the namespace it was made in, whichever thread uses it later.
        PeerServer server = new PeerServer(namespace.call(() -> new ServerSocket(port)));
        Thread thread = new Thread(server::answer, "peer server of " + namespace.name());
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void answer() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                String address = peer.getInetAddress().getHostAddress() + "\n";
                peer.getOutputStream().write(address.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // A peer that left early, or the end of the lab: the loop knows.
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the peer server", e);
        }
    }
}
