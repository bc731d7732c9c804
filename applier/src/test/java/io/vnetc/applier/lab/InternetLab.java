// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.applier.testing.NetworkNamespace;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A host with an uplink, and what lies beyond it: two namespaces and a cable. The internet has a DNS server that knows
 * one name, and a TCP server that tells whoever connects which address it came from, which is how NAT shows.
 * Everything is gone after {@link #close}, also where {@link #open} itself failed.
 */
public final class InternetLab implements AutoCloseable {
    /** The host's end of the cable, up, with both addresses and both default routes. */
    public static final String UPLINK = "eno1";

    public static final String HOST = "203.0.113.2";
    public static final String HOST6 = "2001:db8:ffff::2";
    public static final String INTERNET = "203.0.113.1";
    public static final String INTERNET6 = "2001:db8:ffff::1";

    /** A name that only the internet's DNS server knows, … */
    public static final String NAME = "www.internet.example";

    /** … and what it answers. */
    public static final String NAME_ADDRESS = "198.51.100.7";

    public static final String NAME_ADDRESS6 = "2001:db8:ffff::7";

    /** Where the TCP server listens: it writes its peer's address and a line feed, and closes. */
    public static final int PEER_PORT = 7007;

    private static final int PROBE_MILLISECONDS = 2_000;

    private final NetworkNamespace host;
    private final NetworkNamespace internet;
    private final PeerServer server;

    private InternetLab(NetworkNamespace host, NetworkNamespace internet, PeerServer server) {
        this.host = host;
        this.internet = internet;
        this.server = server;
    }

    /** How an attempt to open a TCP connection ended. */
    public enum Reach {
        CONNECTED,
        /** A reset came back: whoever sent it was reached, but nothing listens. */
        REFUSED,
        /** An ICMP message said that it cannot or must not be reached. */
        UNREACHABLE,
        /** Nothing came back within two seconds. */
        SILENT
    }

    /** Makes the lab; it takes half a second. */
    public static InternetLab open() {
        NetworkNamespace host = NetworkNamespace.create();
        try {
            NetworkNamespace internet = NetworkNamespace.create();
            try {
                join(host, internet);
                serveNames(internet);
                return new InternetLab(host, internet, PeerServer.start(internet, PEER_PORT));
            } catch (RuntimeException | Error e) {
                internet.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    /** The host to be configured. */
    public NetworkNamespace host() {
        return host;
    }

    /** What is beyond the uplink. */
    public NetworkNamespace internet() {
        return internet;
    }

    /** Gives the internet one more address, so that its servers answer there too: a well-known resolver's, say. */
    public void answerAt(String address) {
        internet.exec("ip", "address", "add", address, "dev", "lo");
    }

    /** Lets the internet send to a subnet through the host, so that only the host itself can keep it out. */
    public void routeThroughHost(String subnet) {
        internet.exec("ip", "route", "add", subnet, "via", subnet.contains(":") ? HOST6 : HOST);
    }

    /** Tries, from the internet, to open a TCP connection. */
    public Reach connect(String address, int port) {
        return internet.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), PROBE_MILLISECONDS);
                return Reach.CONNECTED;
            } catch (SocketTimeoutException e) {
                return Reach.SILENT;
            } catch (ConnectException e) {
                // Some messages of ICMP end here too, and only the text tells.
                return String.valueOf(e.getMessage()).contains("refused") ? Reach.REFUSED : Reach.UNREACHABLE;
            } catch (SocketException e) {
                return Reach.UNREACHABLE;
            }
        });
    }

    /** Tries, from the internet, to ping: whether one answer of three comes. */
    public boolean ping(String address) {
        String attempts = "for n in 1 2 3; do busybox ping -c 1 -W 1 \"$0\" && exit; done; exit 1";
        return internet.tryExec("sh", "-c", attempts, address).exitCode() == 0;
    }

    @Override
    public void close() {
        try (host;
                internet;
                server) {
            // Closed in reverse, each of them also if another fails.
        }
    }

    private static void join(NetworkNamespace host, NetworkNamespace internet) {
        host.cable(UPLINK, internet, "host");
        for (NetworkNamespace side : new NetworkNamespace[] {host, internet}) {
            side.exec("ip", "link", "set", "lo", "up");
        }
        internet.exec("ip", "address", "add", INTERNET + "/24", "dev", "host");
        internet.exec("ip", "address", "add", INTERNET6 + "/64", "dev", "host", "nodad");
        host.exec("ip", "address", "add", HOST + "/24", "dev", UPLINK);
        host.exec("ip", "address", "add", HOST6 + "/64", "dev", UPLINK, "nodad");
        host.exec("ip", "route", "add", "default", "via", INTERNET);
        host.exec("ip", "-6", "route", "add", "default", "via", INTERNET6);
    }

    private static void serveNames(NetworkNamespace internet) {
        // It goes to the background once it listens, and is killed with the namespace.
        internet.exec(
                "dnsmasq",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--local-ttl=60",
                "--address=/%s/%s".formatted(NAME, NAME_ADDRESS),
                "--address=/%s/%s".formatted(NAME, NAME_ADDRESS6));
    }
}
