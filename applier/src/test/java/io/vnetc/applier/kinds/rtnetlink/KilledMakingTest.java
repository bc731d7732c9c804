// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.TAPS;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What there is after each message of a make: nothing that is open to the network, and nothing that nobody would own. */
class KilledMakingTest {
    private final DriverLab lab = new DriverLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private static Tap tap(String name) {
        return new Tap(
                name(name),
                Owner.nic(name, "eth0"),
                Optional.empty(),
                Optional.empty(),
                false,
                1500,
                Optional.of(name("vbr-0")),
                true);
    }

    /** Has each message of the drivers watched from here on. */
    private void watch(WatchedTransport.Watcher watcher) {
        lab.provide(lab.space.call(() -> new RouteSocket(WatchedTransport.open(watcher))));
    }

    @Test
    void nothingIsUpBeforeItIsConfigured() {
        List<String> seen = new ArrayList<>();
        RouteSocket eyes = lab.space.call(RouteSocket::open);
        watch((number, operation) -> lookAt(eyes, operation, seen));
        List<Bridge> bridges =
                IntStream.range(0, 5).mapToObj(i -> bridge("vbr-" + i)).toList();

        lab.moveAll(BRIDGES, DriverLab.creations(bridges));
        lab.moveAll(TAPS, DriverLab.creations(List.of(tap("vt-0"), tap("vt-1"))));
        lab.moveAll(BRIDGES, DriverLab.deletions(bridges));
        eyes.close();

        assertThat(seen).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("fine"));
    }

    private static void lookAt(RouteSocket eyes, String operation, List<String> seen) {
        try {
            for (LinkInfo link : eyes.links().all()) {
                boolean quiet = link.ipv6(Ipv6Setting.DISABLE_IPV6).orElse(1) == 1
                        || link.ipv6(Ipv6Setting.ACCEPT_RA).orElse(1) == 0;
                boolean addressless = link.addressGeneration().equals(Optional.of(AddressGeneration.NONE));
                if (link.isUp()) {
                    boolean fine = quiet
                            && addressless
                            && link.alias().isPresent()
                            && LinkView.see(link).isOurs();
                    seen.add((fine ? "fine: " : "open: ") + link.name() + " after " + operation);
                }
            }
            if (!eyes.addresses().isEmpty()) {
                seen.add("an address after " + operation);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ofBridgesNothingIsLeftThatIsNotOurs(int message) {
        NamespaceSnapshot before = lab.snapshot();
        watch((number, operation) -> {
            if (number == message) {
                throw new WatchedTransport.Killed();
            }
        });

        assertThatThrownBy(() -> lab.moveAll(BRIDGES, DriverLab.creations(List.of(bridge("vbr-0"), bridge("vbr-1")))))
                .isInstanceOf(WatchedTransport.Killed.class);

        List<Resource> left = lab.owned();
        assertThat(left).isNotEmpty().allMatch(Bridge.class::isInstance);
        lab.moveAll(
                BRIDGES,
                DriverLab.deletions(left.stream().map(Bridge.class::cast).toList()));
        lab.snapshot().since(before).requireNone("a kill after message " + message + ", and a cleaning up");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void ofTapsEitherNothingIsLeftOrATapOfOurs(int message) {
        lab.make(BRIDGES, bridge("vbr-0"));
        NamespaceSnapshot before = lab.snapshot();
        lab.reopen();
        watch((number, operation) -> {
            if (number == message) {
                throw new WatchedTransport.Killed();
            }
        });

        assertThatThrownBy(() -> lab.moveAll(TAPS, DriverLab.creations(List.of(tap("vt-0"), tap("vt-1")))))
                .isInstanceOf(WatchedTransport.Killed.class);

        List<Tap> left = lab.owned().stream()
                .filter(Tap.class::isInstance)
                .map(Tap.class::cast)
                .toList();
        assertThat(left).hasSize(Math.min(message - 1, 2));
        lab.moveAll(TAPS, DriverLab.deletions(left));
        lab.snapshot().since(before).requireNone("a kill after message " + message + ", and a cleaning up");
    }
}
