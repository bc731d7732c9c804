// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP connection between two network namespaces that outlives what happens below it, or does not. */
final class OpenConnection implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 10_000;

    private final Socket client;
    private final Socket served;
    private int sent;

    private OpenConnection(Socket client, Socket served) {
        this.client = client;
        this.served = served;
    }

    /** Opens one; an address of either side has to lead to the other. */
    static OpenConnection between(NetworkNamespace here, String address, NetworkNamespace there, String server)
            throws Exception {
        try (ServerSocket listening = there.call(() -> new ServerSocket(0, 1, InetAddress.getByName(server)))) {
            Socket client = here.call(() -> {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
                socket.connect(new InetSocketAddress(server, listening.getLocalPort()), PATIENCE_MILLISECONDS);
                return socket;
            });
            Socket served = listening.accept();
            client.setSoTimeout(PATIENCE_MILLISECONDS);
            served.setSoTimeout(PATIENCE_MILLISECONDS);
            OpenConnection connection = new OpenConnection(client, served);
            connection.stillAnswers();
            return connection;
        }
    }

    /** What is written on either side is read on the other. */
    void stillAnswers() throws IOException {
        sent = (sent + 1) % 100;
        client.getOutputStream().write(sent);
        assertThat(served.getInputStream().read()).isEqualTo(sent);
        served.getOutputStream().write(sent + 1);
        assertThat(client.getInputStream().read()).isEqualTo(sent + 1);
    }

    @Override
    public void close() throws IOException {
        client.close();
        served.close();
    }
}
