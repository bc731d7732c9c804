// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.IpAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reaches whom, with real packets, on a host that forwards nothing of itself. */
final class RulesOnKernelTest {
    private static final int PORT = 7007;
    private static final int OTHER_PORT = 7006;
    private static final int PATIENCE = 1_200;
    private static final String REFUSED = "refused";
    private static final String SILENT = "silent";
    private static final String HOST_WAN = "198.51.100.2";
    private static final String HOST_LAN = "203.0.113.2";
    private static final String HOST_WAN6 = "2001:db8:ffff:1::2";

    private static final String HOST = "host kvm1 { uplink wan = eno1  uplink lan = eno2 }\n";
    private static final String NETWORKS = HOST + """
            network office on kvm1 {
              forward nat via wan { ports 20000..30000 }
              subnet 10.60.0.0/24 { gateway .1  dhcp { host web { mac 52:54:00:00:60:02  address .2 } } }
              subnet fd60::/64 { gateway ::1 }
              dns off
              %s
            }
            network lab on kvm1 { subnet 10.61.0.0/24 { gateway .1 }  dns off }
            network servers on kvm1 { forward route  subnet 10.62.0.0/24 { gateway .1 }  dns off }
            vm web { nic eth0 { network office  mac 52:54:00:00:60:02 } }
            """;

    private final List<AutoCloseable> opened = new ArrayList<>();
    /** The host's ends of cables to guests. */
    private final List<String> ports = new ArrayList<>();

    private ExampleHost host;

    @BeforeEach
    void open() {
        host = ExampleHost.open();
        opened.add(host);
        ExampleHost.shell(
                host.namespace(),
                "iptables -P FORWARD DROP",
                "ip6tables -P FORWARD DROP",
                "test ! -e /proc/sys/net/bridge/bridge-nf-call-iptables || sysctl -qw net.bridge.bridge-nf-call-iptables=1",
                "test ! -e /proc/sys/net/bridge/bridge-nf-call-ip6tables"
                        + " || sysctl -qw net.bridge.bridge-nf-call-ip6tables=1");
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size(); i-- > 0; ) {
            opened.get(i).close();
        }
    }

    @Test
    void published_ports_lead_in_from_everywhere_they_should() {
        NamespaceSnapshot before = host.snapshot();
        host.apply(source("published", NETWORKS.formatted("""
                publish tcp 8080 to web port 7007
                publish tcp 9000..9002 to .2 port 7006
                publish tcp 8081 to fd60::2 port 7007
                """)));
        NetworkNamespace web = guest("vbr-office", "10.60.0", 2, "fd60:");
        NetworkNamespace other = guest("vbr-office", "10.60.0", 3, "fd60:");
        NetworkNamespace lab = guest("vbr-lab", "10.61.0", 2, "");
        serve(web, PORT);

        assertThat(ask(host.site(), HOST_WAN, 8080)).as("from outside").isEqualTo("198.51.100.1");
        assertThat(ask(host.site(), HOST_WAN, 9001)).as("by a range").isEqualTo("198.51.100.1");
        assertThat(ask(host.site(), HOST_WAN, 9000)).as("where nothing listens").isEqualTo(REFUSED);
        assertThat(ask(host.site(), HOST_WAN6, 8081)).as("by IPv6").isEqualTo(ExampleHost.SITE6);
        assertThat(ask(host.namespace(), HOST_WAN, 8080)).as("from the host").isEqualTo(HOST_WAN);
        assertThat(ask(host.namespace(), HOST_WAN6, 8081)).as("from the host").isEqualTo(HOST_WAN6);
        assertThat(ask(other, HOST_WAN, 8080)).as("from the same network").isEqualTo("10.60.0.1");
        assertThat(ask(other, HOST_WAN6, 8081)).as("from the same network").isEqualTo("fd60::1");
        assertThat(ask(host.site(), HOST_LAN, 8080)).as("by another uplink").isEqualTo(REFUSED);
        assertThat(ask(host.site(), HOST_WAN, 8082)).as("another port").isEqualTo(REFUSED);
        assertThat(ask(lab, HOST_WAN, 8080)).as("from an isolated network").isEqualTo(REFUSED);

        unplug();
        host.destroy();
        host.snapshot().since(before).requireNone("destroy");
    }

    @Test
    void networks_reach_each_other_where_a_rule_says_so() throws Exception {
        NamespaceSnapshot before = host.snapshot();
        String networks = NETWORKS.formatted("");
        host.apply(source("allowed", networks + """
                deny servers to web
                allow lab to office tcp 7007
                allow office to servers tcp 7007 limit 2/minute
                allow lab to host tcp 7007
                deny office to host tcp
                """));
        NetworkNamespace web = guest("vbr-office", "10.60.0", 2, "fd60:");
        NetworkNamespace other = guest("vbr-office", "10.60.0", 3, "fd60:");
        NetworkNamespace lab = guest("vbr-lab", "10.61.0", 2, "");
        NetworkNamespace servers = guest("vbr-servers", "10.62.0", 2, "");
        for (NetworkNamespace each : List.of(web, lab, servers, host.namespace())) {
            serve(each, PORT);
        }
        serve(web, OTHER_PORT);

        assertThat(ask(lab, "10.60.0.2", PORT)).as("allowed").isEqualTo("10.61.0.2");
        assertThat(ask(lab, "10.60.0.2", OTHER_PORT)).as("another port").isEqualTo(REFUSED);
        assertThat(ask(other, "10.61.0.2", PORT)).as("the other way").isEqualTo(REFUSED);
        assertThat(ask(lab, ExampleHost.SITE, PORT))
                .as("out of the isolated network")
                .isEqualTo(REFUSED);
        assertThat(ask(other, "10.62.0.2", PORT)).as("one").isEqualTo("10.60.0.3");
        assertThat(ask(other, "10.62.0.2", PORT)).as("two").isEqualTo("10.60.0.3");
        assertThat(ask(other, "10.62.0.2", PORT)).as("one too many").isEqualTo(SILENT);
        assertThat(ask(servers, "10.60.0.2", PORT)).as("denied").isEqualTo(REFUSED);
        assertThat(ask(lab, "10.61.0.1", PORT)).as("the host").isEqualTo("10.61.0.2");
        assertThat(ask(other, "10.60.0.1", PORT)).as("the host, denied").isEqualTo(REFUSED);

        try (Socket held = lab.call(() -> connect("10.60.0.2", PORT))) {
            assertThat(held.isConnected()).isTrue();
            host.apply(source("taken-back", networks));
            assertThat(host.namespace().exec("sh", "-c", "conntrack -L -s 10.61.0.2 2>/dev/null || :"))
                    .as("flows of what is no longer allowed")
                    .doesNotContain("dport=7007");
        }
        assertThat(ask(lab, "10.60.0.2", PORT)).as("no longer allowed").isNotEqualTo("10.61.0.2");
        unplug();
        host.destroy();
        host.snapshot().since(before).requireNone("destroy");
    }

    @Test
    void guests_of_one_bridge_reach_each_other_where_a_rule_says_so() {
        NamespaceSnapshot before = host.snapshot();
        Source source = source("guests", HOST + """
                network office on kvm1 {
                  subnet 10.63.0.0/24 { gateway .1 }
                  subnet fd63::/64 { gateway ::1 }
                  dns off
                  guests { blocked  allow web to db tcp 7007  allow web <-> mon icmp }
                }
                vm web { nic eth0 { network office  tap gt-web } }
                vm db  { nic eth0 { network office  tap gt-db } }
                vm mon { nic eth0 { network office  tap gt-mon } }
                """);
        host.apply(source);
        NetworkNamespace web = instead("gt-web", 2);
        NetworkNamespace db = instead("gt-db", 3);
        NetworkNamespace mon = instead("gt-mon", 4);
        serve(web, PORT);
        serve(db, PORT);
        serve(db, OTHER_PORT);

        assertThat(ask(web, "10.63.0.3", PORT)).isEqualTo("10.63.0.2");
        assertThat(ask(web, "fd63::3", PORT)).isEqualTo("fd63::2");
        assertThat(ask(web, "10.63.0.3", OTHER_PORT)).isEqualTo(SILENT);
        assertThat(ask(db, "10.63.0.2", PORT)).isEqualTo(SILENT);
        assertThat(ask(db, "fd63::2", PORT)).isEqualTo(SILENT);
        assertThat(pings(mon, "10.63.0.2")).isTrue();
        assertThat(pings(web, "fd63::4")).isTrue();
        assertThat(pings(mon, "10.63.0.3")).isFalse();
        for (NetworkNamespace each : List.of(web, db, mon)) {
            assertThat(pings(each, "10.63.0.1")).as("the gateway").isTrue();
            assertThat(pings(each, "fd63::1")).as("the gateway").isTrue();
        }

        unplug();
        host.apply(source);
        host.destroy();
        host.snapshot().since(before).requireNone("destroy");
    }

    @Test
    void guests_of_one_bridge_are_kept_apart_by_their_ports_where_nothing_is_allowed() {
        host.apply(source("blocked", HOST + """
                network office on kvm1 { subnet 10.63.0.0/24 { gateway .1 }  dns off  guests { blocked } }
                vm web { nic eth0 { network office  tap gt-web } }
                """));
        assertThat(host.namespace().exec("bridge", "-d", "link", "show", "dev", "gt-web"))
                .contains("isolated on");
        assertThat(host.namespace().exec("ebtables-save")).doesNotContain("VNET");
    }

    private Source source(String name, String text) {
        return Source.of(name, text, host.folder());
    }

    /** A namespace with one end of a cable; the other is a port of the bridge. */
    private NetworkNamespace guest(String bridge, String network, int number, String network6) {
        NetworkNamespace guest = NetworkNamespace.create();
        opened.add(guest);
        String port = "p" + opened.size();
        guest.cable("eth0", host.namespace(), port);
        ports.add(port);
        address(guest, network, number, network6);
        ExampleHost.shell(host.namespace(), "ip link set " + port + " master " + bridge, "ip link set " + port + " up");
        return guest;
    }

    /** The end of a cable in place of a tap: rules know it by its name. */
    private NetworkNamespace instead(String tap, int number) {
        NetworkNamespace guest = NetworkNamespace.create();
        opened.add(guest);
        ExampleHost.shell(host.namespace(), "ip link del " + tap);
        guest.cable("eth0", host.namespace(), tap);
        ports.add(tap);
        address(guest, "10.63.0", number, "fd63:");
        ExampleHost.shell(host.namespace(), "ip link set " + tap + " master vbr-office", "ip link set " + tap + " up");
        return guest;
    }

    private static void address(NetworkNamespace guest, String network, int number, String network6) {
        ExampleHost.shell(
                guest,
                "ip link set lo up",
                "ip address add %s.%d/24 dev eth0".formatted(network, number),
                "ip route add default via %s.1".formatted(network));
        if (!network6.isEmpty()) {
            ExampleHost.shell(
                    guest,
                    "ip address add %s:%d/64 dev eth0 nodad".formatted(network6, number),
                    "ip route add default via %s:1".formatted(network6));
        }
    }

    private void unplug() {
        ports.forEach(port -> ExampleHost.shell(host.namespace(), "ip link del " + port));
    }

    private static boolean pings(NetworkNamespace from, String address) {
        return from.tryExec("ping", "-c", "3", "-i", "0.2", "-W", "1", address).exitCode() == 0;
    }

    /** Tells whoever connects which address it came from. */
    private void serve(NetworkNamespace namespace, int port) {
        ServerSocket server = namespace.call(() -> new ServerSocket(port));
        opened.add(0, server);
        Thread thread = new Thread(() -> answer(server), "server");
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket peer = server.accept();
                String address = peer.getInetAddress().getHostAddress() + "\n";
                peer.getOutputStream().write(address.getBytes(StandardCharsets.US_ASCII));
                peer.shutdownOutput();
            } catch (IOException e) {
                // A peer that left early, or the end of the test: the loop knows.
            }
        }
    }

    private static Socket connect(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE);
        socket.connect(new InetSocketAddress(address, port), PATIENCE);
        return socket;
    }

    /** The address that the server saw; or how it went wrong. */
    private static String ask(NetworkNamespace from, String address, int port) {
        return from.call(() -> {
            try (Socket socket = connect(address, port)) {
                String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                return IpAddress.parse(told).toString();
            } catch (SocketTimeoutException e) {
                return SILENT;
            } catch (ConnectException | NoRouteToHostException e) {
                return REFUSED;
            }
        });
    }
}
