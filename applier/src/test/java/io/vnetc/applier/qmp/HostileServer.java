// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.dsl.value.SocketPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that listens where a QEMU should, and says to each client what it was made to say. */
public final class HostileServer implements AutoCloseable {
    public static final String GREETING = "{\"QMP\":{\"version\":{},\"capabilities\":[]}}\n";
    public static final String AGREED = "{\"return\":{},\"id\":\"vnetc-1\"}\n";

    private final Path path;
    private final ServerSocketChannel listener;

    /** What it does with a client. */
    @FunctionalInterface
    public interface Conduct {
        void with(BufferedReader in, OutputStream out) throws IOException, InterruptedException;
    }

    private HostileServer(Path path, ServerSocketChannel listener) {
        this.path = path;
        this.listener = listener;
    }

    public static HostileServer at(Path path, Conduct conduct) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(() -> serve(listener, conduct), "hostile " + path);
        thread.setDaemon(true);
        thread.start();
        return new HostileServer(path, listener);
    }

    /** One that says this, and nothing more whatever it is asked. */
    public static HostileServer saying(Path path, String text) throws IOException {
        return at(path, (in, out) -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            while (in.readLine() != null) {
                // It listens, and does not answer.
            }
        });
    }

    /** One that greets and agrees as QEMU does, and answers this, whatever it is asked. */
    public static HostileServer answering(Path path, String json) throws IOException {
        return at(path, (in, out) -> {
            out.write(GREETING.getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonObject answer = new JsonObject();
                answer.add("id", JsonParser.parseString(line).getAsJsonObject().get("id"));
                answer.add("return", JsonParser.parseString(json));
                out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        });
    }

    public SocketPath socket() {
        return new SocketPath(path.toString());
    }

    private static void serve(ServerSocketChannel listener, Conduct conduct) {
        while (listener.isOpen()) {
            try (SocketChannel client = listener.accept()) {
                conduct.with(
                        new BufferedReader(
                                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8)),
                        Channels.newOutputStream(client));
            } catch (IOException | InterruptedException e) {
                // The client went, as it should.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}
