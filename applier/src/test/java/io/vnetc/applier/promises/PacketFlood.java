// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One UDP flow with a thousand packets a second each way, between two namespaces. Sent packets are counted here and those
 * that arrive by the kernel, in front of any socket buffer that could overflow.
 */
final class PacketFlood implements AutoCloseable {
    private static final int PORT = 9999;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(120);
    private static final Pattern COUNTER = Pattern.compile("\\[(\\d+):\\d+] -A INPUT -p udp .*-j DROP");

    private final NetworkNamespace inside;
    private final NetworkNamespace outside;
    private final DatagramSocket client;
    private final DatagramSocket server;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final List<IOException> failures = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private PacketFlood(
            NetworkNamespace inside, NetworkNamespace outside, DatagramSocket client, DatagramSocket server) {
        this.inside = inside;
        this.outside = outside;
        this.client = client;
        this.server = server;
    }

    /** Begins, and returns when packets pass both ways. */
    static PacketFlood start(NetworkNamespace inside, NetworkNamespace outside, String address) throws IOException {
        DatagramSocket server = outside.call(() -> new DatagramSocket(PORT));
        DatagramSocket client = inside.call(() -> new DatagramSocket());
        PacketFlood flood = new PacketFlood(inside, outside, client, server);
        try {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(address), PORT);
            client.send(new DatagramPacket(new byte[1], 1, target));
            DatagramPacket first = new DatagramPacket(new byte[1], 1);
            server.setSoTimeout(5_000);
            server.receive(first);
            // From here on the kernel counts, and no socket sees a packet.
            outside.exec("iptables", "-A", "INPUT", "-p", "udp", "--dport", Integer.toString(PORT), "-j", "DROP");
            inside.exec("iptables", "-A", "INPUT", "-p", "udp", "--sport", Integer.toString(PORT), "-j", "DROP");
            flood.send(client, target, flood.requests);
            flood.send(server, (InetSocketAddress) first.getSocketAddress(), flood.answers);
            return flood;
        } catch (IOException | RuntimeException | Error e) {
            flood.close();
            throw e;
        }
    }

    private void send(DatagramSocket socket, InetSocketAddress target, AtomicLong sent) {
        Thread thread = new Thread(
                () -> {
                    long end = System.nanoTime() + LONGEST;
                    while (!over.get() && System.nanoTime() - end < 0) {
                        try {
                            socket.send(new DatagramPacket(new byte[] {1}, 1, target));
                            sent.incrementAndGet();
                        } catch (IOException e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                        }
                        LockSupport.parkNanos(PAUSE);
                    }
                },
                "flood to " + target);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Ends, and tells how many packets were sent and how many of them did not arrive. */
    Count end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        long sent = requests.get() + answers.get();
        long arrived = 0;
        for (int i = 0; i < 100 && arrived < sent; i++) {
            arrived = arrived(outside) + arrived(inside);
            Thread.sleep(10);
        }
        synchronized (failures) {
            return new Count(sent, sent - arrived, List.copyOf(failures));
        }
    }

    /** What became of a flood. */
    record Count(long sent, long lost, List<IOException> failures) {}

    private static long arrived(NetworkNamespace namespace) {
        Matcher line = COUNTER.matcher(namespace.exec("iptables-save", "-c", "-t", "filter"));
        if (!line.find()) {
            throw new AssertionError("no counter in " + namespace.name());
        }
        return Long.parseLong(line.group(1));
    }

    @Override
    public void close() {
        over.set(true);
        client.close();
        server.close();
        outside.exec("sh", "-c", "iptables -D INPUT -p udp --dport " + PORT + " -j DROP 2>/dev/null || true");
        inside.exec("sh", "-c", "iptables -D INPUT -p udp --sport " + PORT + " -j DROP 2>/dev/null || true");
    }
}
