// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.netlink.route.AddressChange;
import io.vnetc.applier.netlink.route.Change;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkDeletion;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.LinkTable;
import io.vnetc.applier.netlink.route.RouteProtocol;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.InterfaceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TransportTest {
    @Test
    void aSocketStaysInTheNamespaceItWasOpenedIn() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                NetworkNamespace other = NetworkNamespace.create();
                RouteSocket socket = host.call(RouteSocket::open)) {
            other.run(() -> socket.apply(LinkChange.createBridge("here")));
            assertThat(host.exec("ip", "-br", "link")).contains("here");
            assertThat(other.exec("ip", "-br", "link")).doesNotContain("here");
        }
    }

    @Test
    void aMessageLongerThanTheBufferArrivesWhole() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                RouteSocket socket = host.call(RouteSocket::open)) {
            host.exec("ip", "link", "add", "br0", "type", "bridge");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                names.add("n" + i + "-" + "x".repeat(100));
            }
            // More than that do not fit into the buffer of ip, which says nothing.
            for (int from = 0; from < names.size(); from += 8) {
                List<String> command = new ArrayList<>(List.of("ip", "link", "property", "add", "dev", "br0"));
                for (String name : names.subList(from, from + 8)) {
                    command.addAll(List.of("altname", name));
                }
                host.exec(command.toArray(new String[0]));
            }
            assertThat(socket.link("br0").orElseThrow().alternativeNames()).containsExactlyElementsOf(names);
            assertThat(socket.links().find("br0").orElseThrow().alternativeNames())
                    .containsExactlyElementsOf(names);
        }
    }

    @Test
    void aDumpIsNeverAMixtureHoweverMuchGoesOn() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                RouteSocket reader = host.call(RouteSocket::open);
                RouteSocket writer = host.call(RouteSocket::open)) {
            List<Change> stable = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                stable.add(LinkChange.create("ifb" + i, "ifb"));
            }
            writer.applyAll(stable);
            AtomicBoolean stop = new AtomicBoolean();
            Thread noise = new Thread(() -> {
                try {
                    while (!stop.get()) {
                        // Always one of the two is there, and at one moment of each round both.
                        writer.apply(LinkChange.create("even", "ifb"));
                        writer.applyAll(List.of(LinkDeletion.of("odd")));
                        writer.apply(LinkChange.create("odd", "ifb"));
                        writer.apply(LinkDeletion.of("even"));
                    }
                } catch (NetlinkException e) {
                    throw new IllegalStateException(e);
                }
            });
            noise.start();
            int whole = 0;
            try {
                while (reader.link("odd").isEmpty() && reader.link("even").isEmpty()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 40; i++) {
                    LinkTable links;
                    try {
                        links = reader.links();
                    } catch (NetlinkException e) {
                        assertThat(e).hasMessageContaining("it changed while it was read");
                        continue;
                    }
                    whole++;
                    assertThat(links.find("odd").isPresent()
                                    || links.find("even").isPresent())
                            .isTrue();
                    assertThat(links.all()).hasSizeBetween(202, 203);
                }
            } finally {
                stop.set(true);
                noise.join();
            }
            assertThat(whole).isPositive();
        }
    }

    @Test
    void aRecordingAnswersLikeTheKernelDidAndOnlyToTheSameQuestions() throws Exception {
        RecordingTransport recorder;
        List<LinkInfo> before;
        List<Change> changes = List.of(
                LinkChange.createBridge("br0"),
                AddressChange.add("br0", InterfaceAddress.parse("10.0.0.1/24")),
                LinkChange.change("br0").mtu(10));
        try (NetworkNamespace host = NetworkNamespace.create()) {
            recorder = new RecordingTransport(host.call(() -> KernelTransport.open(RouteProtocol.PROTOCOL)));
            try (RouteSocket socket = new RouteSocket(recorder)) {
                assertThat(socket.applyAll(changes).get(2).orElseThrow()).hasMessageContaining("mtu less than");
                before = List.copyOf(socket.links().all());
            }
        }
        assertThat(recorder.recording()).startsWith("# create bridge br0\n> ");

        try (RouteSocket replay =
                new RouteSocket(new ReplayingTransport(RouteProtocol.PROTOCOL, recorder.recording()))) {
            assertThat(replay.applyAll(changes).get(2).orElseThrow())
                    .hasMessage("cannot change link br0: EINVAL (Invalid argument): mtu less than device minimum");
            assertThat(replay.links().all()).containsExactlyElementsOf(before);
            assertThatThrownBy(replay::links).hasMessageContaining("the recording ends before list the links");
        }
        try (RouteSocket replay =
                new RouteSocket(new ReplayingTransport(RouteProtocol.PROTOCOL, recorder.recording()))) {
            assertThatThrownBy(() -> replay.apply(LinkChange.createBridge("br1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("IFLA_IFNAME=br1")
                    .hasMessageContaining("but recorded is")
                    .hasMessageContaining("IFLA_IFNAME=br0");
        }
    }
}
