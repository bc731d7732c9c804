// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vnetc.applier.qmp.QmpException.Reason;
import io.vnetc.dsl.value.SocketPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Objects to and from a socket, one a line, each within a time. */
final class QmpLine implements AutoCloseable {
    /** More than any answer that is asked for here; QEMU's own limit for what it is sent is 64 MiB. */
    private static final int LONGEST = 4 << 20;

    private static final int PIECE = 16 << 10;
    private static final long RETRY = 20;
    private static final int SOCKET_TYPE = 0140000;
    private static final int TYPE_MASK = 0170000;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);

    private QmpLine(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    static QmpLine open(SocketPath socket, Deadline deadline) throws QmpException {
        Path path = Path.of(socket.text());
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            if ((mode & TYPE_MASK) != SOCKET_TYPE) {
                throw new QmpException(Reason.SILENT, socket + " is no socket");
            }
        } catch (NoSuchFileException e) {
            throw new QmpException(Reason.ABSENT, "there is no " + socket, e);
        } catch (IOException e) {
            throw new QmpException(Reason.SILENT, "cannot look at " + socket + ": " + e.getMessage(), e);
        }
        try {
            return connect(path, deadline);
        } catch (IOException e) {
            throw new QmpException(
                    isRefusal(e) ? Reason.ABSENT : Reason.SILENT,
                    "cannot connect to " + socket + ": " + e.getMessage(),
                    e);
        }
    }

    /** A socket takes a connection at once, or has too many that wait (EAGAIN): then it is tried again. */
    private static QmpLine connect(Path path, Deadline deadline) throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                channel.connect(UnixDomainSocketAddress.of(path));
                Selector selector = Selector.open();
                channel.register(selector, SelectionKey.OP_READ);
                return new QmpLine(channel, selector);
            } catch (IOException e) {
                close(channel);
                if (isRefusal(e) || deadline.milliseconds() <= RETRY) {
                    throw e;
                }
            }
            LockSupport.parkNanos(RETRY * 1_000_000);
        }
    }

    /** What is left of a QEMU that has ended refuses (ECONNREFUSED, for which Java has no class). */
    private static boolean isRefusal(IOException e) {
        return String.valueOf(e.getMessage()).contains("refused");
    }

    /** The next object. */
    JsonObject read(Deadline deadline) throws QmpException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (piece.hasRemaining()) {
                byte next = piece.get();
                if (next == '\n') {
                    return parse(line.toString(StandardCharsets.UTF_8));
                }
                line.write(next);
            }
            if (line.size() > LONGEST) {
                throw new QmpException(Reason.SILENT, "what it answers is longer than " + LONGEST + " bytes");
            }
            fill(deadline);
        }
    }

    void write(JsonObject object, Deadline deadline) throws QmpException {
        ByteBuffer bytes = ByteBuffer.wrap((object + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    await(SelectionKey.OP_WRITE, deadline);
                }
            }
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private void fill(Deadline deadline) throws QmpException {
        try {
            await(SelectionKey.OP_READ, deadline);
            piece.clear();
            int read = channel.read(piece);
            piece.flip();
            if (read < 0) {
                throw new QmpException(Reason.ENDED, "it closed the connection");
            }
        } catch (IOException e) {
            piece.limit(0);
            throw ended(e);
        }
    }

    private void await(int operation, Deadline deadline) throws IOException, QmpException {
        long left = deadline.milliseconds();
        if (left <= 0) {
            throw new QmpException(Reason.SILENT, "it gave no answer within " + deadline.allowed());
        }
        channel.keyFor(selector).interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
    }

    private static JsonObject parse(String line) throws QmpException {
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new QmpException(Reason.SILENT, "what it answers is no JSON object: " + Shown.of(line), e);
        }
    }

    private static QmpException ended(IOException e) {
        return new QmpException(Reason.ENDED, "the connection ended: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        close(channel);
        close(selector);
    }

    private static void close(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // Nothing is lost with a connection that does not close: what was done was answered.
            return;
        }
    }

    /** A moment by which something has to be done. */
    record Deadline(long end, Duration whole) {
        static Deadline in(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos(), time);
        }

        long milliseconds() {
            return (end - System.nanoTime()) / 1_000_000;
        }

        String allowed() {
            return whole.toMillis() % 1000 == 0 ? whole.toSeconds() + " s" : whole.toMillis() + " ms";
        }
    }
}
