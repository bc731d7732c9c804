// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.testing.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Guests of a host's networks, in namespaces of their own, that send and receive as fast as they may (iperf3(1)). */
final class TrafficLab implements AutoCloseable {
    private static final int FIRST_PORT = 5201;
    private static final int ETHERNET_HEADER = 14;
    private static final int MTU = 1500;

    /** Carries frames between a tap of the host, which it opens as QEMU does, and a tap in the guest's namespace. */
    private static final String MACHINE = """
            import ctypes, fcntl, os, select, struct, sys
            def tap(name):
                fd = os.open("/dev/net/tun", os.O_RDWR)
                fcntl.ioctl(fd, 0x400454ca, struct.pack("16sH", name.encode(), 0x1002))
                return fd
            near = tap(sys.argv[1])
            if ctypes.CDLL(None, use_errno=True).setns(os.open(sys.argv[2], os.O_RDONLY), 0x40000000) != 0:
                raise OSError(ctypes.get_errno())
            far = tap("eth0")
            other = {near: far, far: near}
            while True:
                for fd in select.select([near, far], [], [])[0]:
                    frame = os.read(fd, 65536)
                    try:
                        os.write(other[fd], frame)
                    except OSError:
                        pass
            """;

    private final NetworkNamespace host;
    private final List<Guest> guests = new ArrayList<>();
    private final List<Process> helpers = new ArrayList<>();
    private final ExecutorService runners = Executors.newCachedThreadPool();

    TrafficLab(NetworkNamespace host) {
        this.host = host;
    }

    /** Which way traffic goes, as a network has it. */
    enum Direction {
        INBOUND,
        OUTBOUND
    }

    /**
     * One that talks to a server of its own on the host.
     *
     * @param port of that server
     */
    record Guest(NetworkNamespace namespace, int port) {}

    /** A guest on a port of a bridge: a veth stands for its tap. */
    Guest plugIn(String bridge, String mac, String address, String address6) {
        NetworkNamespace namespace = NetworkNamespace.create();
        Guest guest = enlist(namespace);
        String port = "port" + guest.port();
        host.cable(port, namespace, "eth0");
        host.exec("ip", "link", "set", port, "master", bridge);
        configure(namespace, mac, address, address6);
        return guest;
    }

    /** A guest that holds a tap, as a virtual machine does. */
    Guest hold(String tap, String mac, String address, String address6) {
        NetworkNamespace namespace = NetworkNamespace.create();
        Guest guest = enlist(namespace);
        helpers.add(host.start("python3", "-c", MACHINE, tap, namespace.path().toString()));
        for (int tries = 0;
                namespace.tryExec("ip", "link", "show", "dev", "eth0").exitCode() != 0;
                tries++) {
            if (tries == 100) {
                throw new AssertionError("nothing has opened the tap " + tap);
            }
            pause();
        }
        configure(namespace, mac, address, address6);
        return guest;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Guest enlist(NetworkNamespace namespace) {
        Guest guest = new Guest(namespace, FIRST_PORT + guests.size());
        guests.add(guest);
        helpers.add(host.start("iperf3", "--server", "--port", "" + guest.port()));
        return guest;
    }

    private static void configure(NetworkNamespace namespace, String mac, String address, String address6) {
        ExampleHost.shell(
                namespace,
                "ip link set eth0 address " + mac,
                "ip link set eth0 up",
                "ip address add " + address + " dev eth0",
                "ip address add " + address6 + " dev eth0 nodad");
    }

    /**
     * TCP for a while; megabits a second that arrived, of whole frames. Two connections, so that something waits to be sent
     * also while one of them pauses: a guest that wants nothing for a moment leaves its part to the others.
     */
    CompletableFuture<Double> stream(Guest guest, Direction way, String server, int seconds) {
        return run(guest, way, server, "--parallel", "2", "--time", "" + seconds, "--omit", "2")
                .thenApply(report -> report.getAsJsonObject("sum_received")
                                .get("bits_per_second")
                                .getAsDouble()
                        * framesOfPayload(server)
                        / 1e6);
    }

    /** Full frames and what of each is payload: without the headers of Ethernet, IP, and TCP with its timestamps. */
    private static double framesOfPayload(String server) {
        int headers = server.contains(":") ? 40 + 32 : 20 + 32;
        return (ETHERNET_HEADER + MTU) / (double) (MTU - headers);
    }

    double streamAlone(Guest guest, Direction way, String server) {
        return stream(guest, way, server, 2).join();
    }

    /** UDP at a steady rate; how many packets were lost, and how many were sent. */
    CompletableFuture<long[]> datagrams(Guest guest, Direction way, String server, String rate, int seconds) {
        return run(guest, way, server, "--udp", "--bitrate", rate, "--length", "1000", "--time", "" + seconds)
                .thenApply(report -> report.getAsJsonObject("sum"))
                .thenApply(sum -> new long[] {
                    sum.get("lost_packets").getAsLong(), sum.get("packets").getAsLong()
                });
    }

    private CompletableFuture<JsonObject> run(Guest guest, Direction way, String server, String... options) {
        List<String> command =
                new ArrayList<>(List.of("iperf3", "--json", "--client", server, "--port", "" + guest.port()));
        command.addAll(List.of(options));
        if (way == Direction.INBOUND) {
            command.add("--reverse");
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    NetworkNamespace.Output output = guest.namespace().tryExec(command.toArray(String[]::new));
                    JsonObject report = JsonParser.parseString(output.stdout()).getAsJsonObject();
                    if (output.exitCode() != 0 || report.has("error")) {
                        throw new AssertionError(String.join(" ", command) + ": " + output);
                    }
                    return report.getAsJsonObject("end");
                },
                runners);
    }

    @Override
    public void close() {
        runners.shutdownNow();
        helpers.forEach(TrafficLab::end);
        guests.forEach(guest -> guest.namespace().close());
        helpers.clear();
        guests.clear();
    }

    /** Those that it has started are its own: `ip netns exec` becomes the program. */
    private static void end(Process process) {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
