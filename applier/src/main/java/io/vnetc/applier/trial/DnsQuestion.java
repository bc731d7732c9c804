// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.trial;

import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a server for the addresses of a name (RFC 1035), once, over UDP.
 *
 * @param name asked for
 * @param family of the addresses
 */
public record DnsQuestion(DomainName name, IpFamily family) {
    private static final int PORT = 53;
    private static final int PATIENCE_MILLISECONDS = 2000;
    private static final int LARGEST = 4096;
    private static final int HEADER = 12;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int CLASS_INTERNET = 1;
    private static final int POINTER = 0xc0;

    /** The addresses in the answer; none when the server knows none. */
    public List<IpAddress> ask(IpAddress server) throws IOException {
        byte[] query = query();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            // Connected: what comes from anybody else is not an answer.
            socket.connect(InetAddress.getByAddress(server.toBytes()), PORT);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket answer = new DatagramPacket(new byte[LARGEST], LARGEST);
            socket.receive(answer);
            return addresses(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
        }
    }

    private int type() {
        return family == IpFamily.IPV4 ? 1 : 28;
    }

    private byte[] query() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(ByteBuffer.allocate(HEADER)
                .putShort((short) 1)
                .putShort((short) RECURSION_DESIRED)
                .putShort((short) 1)
                .array());
        for (String label : name.text().split("\\.", -1)) {
            message.write(label.length());
            message.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        message.write(0);
        message.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type())
                .putShort((short) CLASS_INTERNET)
                .array());
        return message.toByteArray();
    }

    private List<IpAddress> addresses(ByteBuffer message) throws IOException {
        try {
            int questions = message.getShort(4);
            int answers = message.getShort(6);
            message.position(HEADER);
            for (int i = 0; i < questions; i++) {
                skipName(message);
                message.position(message.position() + 4);
            }
            List<IpAddress> found = new ArrayList<>();
            for (int i = 0; i < answers; i++) {
                skipName(message);
                int type = message.getShort();
                message.position(message.position() + 6);
                byte[] data = new byte[Short.toUnsignedInt(message.getShort())];
                message.get(data);
                if (type == type()) {
                    found.add(IpAddress.ofBytes(data));
                }
            }
            return found;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the answer is not one", e);
        }
    }

    private static void skipName(ByteBuffer message) {
        for (int length = Byte.toUnsignedInt(message.get()); length != 0; length = Byte.toUnsignedInt(message.get())) {
            if ((length & POINTER) == POINTER) {
                message.get();
                return;
            }
            message.position(message.position() + length);
        }
    }
}
