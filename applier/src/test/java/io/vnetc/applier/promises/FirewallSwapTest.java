// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What passes the firewall while it changes: all that may, before and after, and nothing that may no more. */
final class FirewallSwapTest {
    private static final int SWAPS = Integer.getInteger("rounds", 50);
    private static final int PORT = 7007;
    private static final int SILENCE = 1_500;

    private static final String HOST = "host kvm1 { uplink wan = eno1  uplink lan = eno2 }\n";
    private static final String STEADY =
            "network steady on kvm1 { forward %s  subnet 10.60.0.0/24 { gateway .1 }  dns off }\n";
    private static final String OTHER = "network other on kvm1 { %s  subnet 10.61.0.0/24 { gateway .1 }  dns off }\n";

    @Test
    void no_packet_is_lost_while_the_rules_of_another_network_change() throws Exception {
        try (ExampleHost host = ExampleHost.open();
                NetworkNamespace guest = NetworkNamespace.create()) {
            String steady = HOST + STEADY.formatted("nat via wan");
            Source one = Source.of("one", steady + OTHER.formatted("forward nat via wan"), host.folder());
            Source two = Source.of("two", steady + OTHER.formatted("forward route via wan, lan"), host.folder());
            Source three = Source.of("three", steady, host.folder());
            host.apply(one);
            plugIn(host, guest);
            NamespaceSnapshot rules = host.snapshot();
            PacketFlood.Count count;
            try (PacketFlood flood = PacketFlood.start(guest, host.site(), ExampleHost.SITE)) {
                for (int swap = 0; swap < SWAPS; swap++) {
                    host.apply(swap % 3 == 0 ? two : swap % 3 == 1 ? three : one, new StepWatch(() -> rules))
                            .requireExit(0, "swap " + swap);
                }
                count = flood.end();
            }
            assertThat(count.failures()).isEmpty();
            assertThat(count.sent()).isGreaterThan(20L * SWAPS);
            assertThat(count.lost()).as("lost of " + count.sent()).isZero();
        }
    }

    @Test
    void a_flow_ends_when_its_network_is_isolated() throws Exception {
        endsAFlow("subnet 10.60.0.0/24 { gateway .1 }  dns off");
    }

    @Test
    void a_flow_ends_when_its_uplink_is_taken_back() throws Exception {
        endsAFlow("forward nat via lan  subnet 10.60.0.0/24 { gateway .1 }  dns off");
    }

    private static void endsAFlow(String now) throws Exception {
        try (ExampleHost host = ExampleHost.open();
                NetworkNamespace guest = NetworkNamespace.create();
                ServerSocket server = host.site().call(() -> new ServerSocket(PORT))) {
            host.apply(Source.of("open", HOST + STEADY.formatted("nat via wan, lan"), host.folder()));
            plugIn(host, guest);
            server.setSoTimeout(SILENCE);
            try (Socket client = guest.call(() -> connect())) {
                try (Socket peer = server.accept()) {
                    peer.setSoTimeout(SILENCE);
                    assertThat(arrives(client, peer)).isTrue();
                    assertThat(arrives(peer, client)).isTrue();

                    host.apply(Source.of("closed", HOST + "network steady on kvm1 { " + now + " }", host.folder()));

                    assertThat(arrives(client, peer)).as("from the guest").isFalse();
                    assertThat(arrives(peer, client)).as("to the guest").isFalse();
                }
            }
        }
    }

    /** To be called inside: the system's socket is made when it connects. */
    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(ExampleHost.SITE, PORT), SILENCE);
        socket.setSoTimeout(SILENCE);
        return socket;
    }

    private static boolean arrives(Socket from, Socket to) {
        try {
            from.getOutputStream().write('x');
            return to.getInputStream().read() == 'x';
        } catch (IOException e) {
            // Silence, or a refusal that the kernel told of.
            return false;
        }
    }

    /** A guest is a namespace with one end of a cable; the other is a port of the bridge. */
    private static void plugIn(ExampleHost host, NetworkNamespace guest) {
        guest.cable("eth0", host.namespace(), "guest-port");
        ExampleHost.shell(guest, "ip address add 10.60.0.2/24 dev eth0", "ip route add default via 10.60.0.1");
        ExampleHost.shell(host.namespace(), "ip link set guest-port master vbr-steady");
        guest.exec("ping", "-c", "1", "-W", "2", ExampleHost.SITE);
    }
}
