// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.vnetc.applier.qmp.QmpException.Reason;
import io.vnetc.dsl.value.SocketPath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class QmpConnectionTest {
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration REAL = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void speaksWithARealQemuOneClientAtATime() throws Exception {
        Path path = folder.resolve("qemu.qmp");
        Process qemu = qemu(path);
        try {
            SocketPath socket = new SocketPath(path.toString());
            try (QmpConnection connection = QmpConnection.open(socket, REAL)) {
                assertThat(connection
                                .execute("query-status")
                                .getAsJsonObject()
                                .get("status")
                                .getAsString())
                        .isEqualTo("prelaunch");
                JsonObject nothing = new JsonObject();
                nothing.addProperty("id", "nonesuch");
                assertThatThrownBy(() -> connection.execute("device_del", nothing))
                        .isInstanceOf(QmpException.class)
                        .hasMessage("device_del: Device 'nonesuch' not found");

                assertThat(refusal(socket))
                        .hasMessageContaining("no answer within 400 ms")
                        .hasMessageContaining("is another one connected?");

                connection.execute("cont");
                assertThat(connection.await(
                                event -> event.get("event").getAsString().equals("RESUME"), REAL))
                        .isPresent();
                assertThat(connection.await(event -> true, Duration.ofMillis(50)))
                        .isEmpty();
                qemu.destroyForcibly();
                QmpException ended = catchThrowableOfType(
                        QmpException.class,
                        () -> connection.await(
                                event -> event.get("event").getAsString().equals("NEVER"), REAL));
                assertThat(ended.reason()).isEqualTo(Reason.ENDED);
            }
            qemu.waitFor(10, TimeUnit.SECONDS);
            assertThat(refusal(socket).reason()).as("its socket is still there").isEqualTo(Reason.ABSENT);
        } finally {
            qemu.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"QMP\":",
                "null\n",
                "[]\n",
                "7\n",
                "{}\n",
                "{\"QMP\":7}\n",
                "HTTP/1.1 200 OK\r\n",
                "{\"event\":\"STOP\"}\n",
                HostileServer.GREETING,
                HostileServer.GREETING + "{\"return\":{},\"id\":7}\n",
                HostileServer.GREETING + "{\"return\":{}}\n",
                HostileServer.GREETING + "[1]\n",
                HostileServer.GREETING + "{\"return\"\n"
            })
    void whatDoesNotAnswerAsQemuDoesIsSilent(String said) throws IOException {
        try (HostileServer server = HostileServer.saying(folder.resolve("s"), said)) {
            assertThat(refusal(server.socket()).reason()).isEqualTo(Reason.SILENT);
        }
    }

    @Test
    void anAnswerOfAnotherShapeIsAnError() throws Exception {
        String odd = HostileServer.GREETING
                + HostileServer.AGREED
                + "{\"id\":\"vnetc-2\",\"error\":[\"\\u001b[31m\"]}\n"
                + "{\"id\":\"vnetc-3\",\"return\":{}}\n";
        try (HostileServer server = HostileServer.saying(folder.resolve("s"), odd);
                QmpConnection connection = QmpConnection.open(server.socket(), PATIENCE)) {
            assertThatThrownBy(() -> connection.execute("query-pci"))
                    .isInstanceOf(QmpException.class)
                    .hasMessageStartingWith("query-pci: ")
                    .hasMessageNotContaining("\u001b");
            assertThatThrownBy(() -> connection.list("query-pci", new JsonObject()))
                    .hasMessage("query-pci returns no list");
        }
    }

    @Test
    void neitherLinesNorEventsWithoutEndFillTheMemory() throws IOException {
        byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (HostileServer server = HostileServer.at(folder.resolve("a"), (in, out) -> endlessly(out, much))) {
            assertThat(refusal(server.socket(), REAL)).hasMessageContaining("longer than 4194304 bytes");
        }
        byte[] event = "{\"event\":\"STOP\"}\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        try (HostileServer server = HostileServer.at(folder.resolve("b"), (in, out) -> {
            out.write(HostileServer.GREETING.getBytes(StandardCharsets.US_ASCII));
            endlessly(out, event);
        })) {
            assertThat(refusal(server.socket(), REAL)).hasMessageContaining("events without end");
        }
    }

    @Test
    void aDripOfOctetsDoesNotProlongTheWait() throws IOException {
        try (HostileServer server = HostileServer.at(folder.resolve("s"), (in, out) -> {
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
        })) {
            assertThat(refusal(server.socket())).hasMessageContaining("no answer within 400 ms");
        }
    }

    @Test
    void aListenerThatTakesNobodyIsNotWaitedForEither() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
            listener.bind(address, 1);
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(address));
            }
            assertThat(refusal(socket("s")))
                    .hasMessageContaining("cannot connect to")
                    .extracting(QmpException::reason)
                    .isEqualTo(Reason.SILENT);
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void nestingWithoutEndIsNoJson() throws IOException {
        try (HostileServer server = HostileServer.saying(folder.resolve("s"), "[".repeat(1 << 20) + "\n")) {
            assertThat(refusal(server.socket(), REAL).reason()).isEqualTo(Reason.SILENT);
        }
    }

    @Test
    void whereNobodyListensThereIsNoGuest() throws IOException {
        assertThat(refusal(socket("nothing")).reason()).isEqualTo(Reason.ABSENT);
        Files.writeString(folder.resolve("file"), "");
        assertThat(refusal(socket("file"))).hasMessageEndingWith("/file is no socket");
        assertThat(refusal(new SocketPath(folder.toString())).reason()).isEqualTo(Reason.SILENT);
        HostileServer.saying(folder.resolve("closing"), "").close();
        assertThat(refusal(socket("closing")).reason()).isEqualTo(Reason.ABSENT);
    }

    private SocketPath socket(String name) {
        return new SocketPath(folder.resolve(name).toString());
    }

    private static void endlessly(OutputStream out, byte[] bytes) throws IOException {
        while (true) {
            out.write(bytes);
        }
    }

    private static QmpException refusal(SocketPath socket) {
        return refusal(socket, PATIENCE);
    }

    private static QmpException refusal(SocketPath socket, Duration patience) {
        return catchThrowableOfType(
                QmpException.class, () -> QmpConnection.open(socket, patience).close());
    }

    private static Process qemu(Path path) throws IOException, InterruptedException {
        Process qemu = new ProcessBuilder(List.of(
                        "qemu-system-x86_64",
                        "-accel",
                        "tcg",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-m",
                        "16",
                        "-S",
                        "-qmp",
                        "unix:" + path + ",server=on,wait=off"))
                .inheritIO()
                .start();
        while (qemu.isAlive() && !Files.exists(path)) {
            Thread.sleep(20);
        }
        return qemu;
    }
}
