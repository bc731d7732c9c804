// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.netlink.KernelTransport;
import io.vnetc.applier.netlink.RecordingTransport;
import io.vnetc.applier.netlink.route.RouteProtocol;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real messages of this kernel, whole and damaged. Set {@code -Dseed=N} to repeat a run, {@code -Drounds=N} for a
 * longer one.
 */
class MessageFuzzTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("rounds", 20_000);

    private static final List<byte[]> MESSAGES = new ArrayList<>();

    @BeforeAll
    static void record() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create()) {
            host.exec("ip", "link", "add", "br0", "type", "bridge");
            host.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
            host.exec("ip", "link", "set", "v0", "master", "br0", "alias", "text", "up");
            host.exec("ip", "link", "property", "add", "dev", "v1", "altname", "a-long-alternative-name");
            host.exec("ip", "tuntap", "add", "tap0", "mode", "tap", "multi_queue", "user", "1");
            host.exec("ip", "link", "add", "vx0", "type", "vxlan", "id", "7", "dstport", "4789");
            host.exec("ip", "address", "add", "10.0.0.1/24", "dev", "br0");
            host.exec("ip", "address", "add", "fd00::1/64", "dev", "v1");
            host.exec("ip", "link", "set", "br0", "up");
            host.exec("ip", "route", "add", "10.9.0.0/16", "nexthop", "via", "10.0.0.2", "nexthop", "via", "10.0.0.3");
            host.exec("ip", "route", "add", "10.8.0.0/16", "via", "10.0.0.2", "mtu", "1400");
            host.exec("ip", "rule", "add", "from", "10.0.0.0/8", "dport", "80-90", "uidrange", "1-5", "table", "9");
            RecordingTransport recorder =
                    new RecordingTransport(host.call(() -> KernelTransport.open(RouteProtocol.PROTOCOL)));
            try (RouteSocket socket = new RouteSocket(recorder)) {
                socket.links();
                socket.addresses();
                socket.routes();
                socket.rules();
            }
            recorder.recording()
                    .lines()
                    .filter(line -> line.startsWith("<") || line.startsWith("="))
                    .map(line -> HexFormat.of().parseHex(line.substring(2)))
                    .forEach(MESSAGES::add);
        }
    }

    @Test
    void everyMessageOfTheKernelIsOctetForOctetTheSameWhenItIsWrittenAgain() {
        assertThat(MESSAGES).hasSizeGreaterThan(20);
        for (byte[] octets : MESSAGES) {
            Message message = Message.split(RouteProtocol.PROTOCOL, octets).get(0);
            if (!Acknowledgement.is(message)) {
                assertThat(HexFormat.of().formatHex(message.reencoded().toOctets()))
                        .as(message.toString())
                        .isEqualTo(HexFormat.of().formatHex(octets));
            }
        }
    }

    @Test
    void everyAttributeThatATableKnowsHasTheTypeThatTheTableSays() {
        int checked = 0;
        for (byte[] octets : MESSAGES) {
            Message message = Message.split(RouteProtocol.PROTOCOL, octets).get(0);
            checked += Acknowledgement.is(message) ? 0 : check(message.attributes());
        }
        assertThat(checked).isGreaterThan(300);
    }

    private static int check(Attributes attributes) {
        int checked = 0;
        for (Attributes.Entry entry : attributes.entries()) {
            Attribute<?> attribute = attributes.set().line(entry.number());
            if (attribute != null) {
                checked += 1 + check(attributes, attribute, entry);
            }
        }
        return checked;
    }

    private static <T> int check(Attributes attributes, Attribute<T> attribute, Attributes.Entry entry) {
        T value = attributes.decode(attribute, entry);
        if (value instanceof Attributes inner) {
            return check(inner);
        }
        byte[] again = new AttributeWriter().put(attribute, value).toOctets();
        assertThat(Arrays.copyOfRange(again, Attribute.HEADER, Attribute.HEADER + entry.length()))
                .as(attribute.name())
                .isEqualTo(attributes.octets(entry));
        return 0;
    }

    @Test
    void aDamagedMessageIsReadOrRefusedButBreaksNothing() {
        System.out.println("MessageFuzzTest: -Dseed=" + SEED);
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = damage(MESSAGES.get(random.nextInt(MESSAGES.size())), random);
            try {
                readAll(octets);
            } catch (MessageFormatException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s).{10,}");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed " + SEED + ", round " + round + ": "
                                + HexFormat.of().formatHex(octets),
                        e);
            }
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    /** What the library does with a message of the kernel, all of it. */
    private static void readAll(byte[] octets) {
        for (Message message : Message.split(RouteProtocol.PROTOCOL, octets)) {
            assertThat(message.toString()).isNotEmpty();
            if (Acknowledgement.is(message)) {
                Acknowledgement.parse(message).text();
            }
            deep(message.attributes());
            for (int offset = 0; offset < octets.length; offset += 3) {
                message.attributes().path(offset);
            }
            message.reencoded();
        }
    }

    private static void deep(Attributes attributes) {
        for (Attributes.Entry entry : attributes.entries()) {
            Attribute<?> attribute = attributes.set().line(entry.number());
            if (attribute != null && attributes.decode(attribute, entry) instanceof Attributes inner) {
                deep(inner);
            }
        }
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] octets = original.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                // Cut short, with and without a header that knows it.
                octets = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
                if (octets.length >= 4 && random.nextBoolean()) {
                    length(octets, octets.length);
                }
            }
            case 1 -> length(octets, random.nextInt(2 * octets.length));
            default -> {
                int flips = 1 + random.nextInt(8);
                for (int i = 0; i < flips; i++) {
                    int at = random.nextInt(octets.length);
                    octets[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(12));
                }
            }
        }
        return octets;
    }

    private static void length(byte[] octets, int length) {
        ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).putInt(0, length);
    }
}
