// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.guests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.lab.GuestImage;
import io.vnetc.applier.lab.Qemu;
import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two guests on a cable over each transport: LLDP, the spanning tree's and LACP's frames pass both ways, which a bridge of
 * Linux would keep to itself, and again after either guest was killed and started anew.
 */
final class CableTest {
    private static final List<String> KEPT_BY_BRIDGES = List.of("0180c2000000", "0180c2000002", "0180c200000e");
    /** An emulated guest on a busy machine; a stream is back within a second of its other end. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MULTICAST = 2;

    static Stream<Qemu> programs() {
        return Stream.of(Qemu.INSTALLED, Qemu.ofBackports());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void framesPassUntouchedAndEitherEndMayStartAgain(Qemu qemu, @TempDir Path folder) {
        boolean reconnects = !qemu.equals(Qemu.INSTALLED);
        String source =
                """
                vm a { nic e0  nic e1  nic e2 %1$s }
                vm b { nic e0  nic e1  nic e2 %1$s }
                link a.e0 <-> b.e0
                link a.e1 <-> b.e1 over unix { folder "%2$s" }
                link a.e2 <-> b.e2 over multicast
                %3$s
                """.formatted(reconnects ? "nic e3" : "", folder, reconnects ? "link a.e3 <-> b.e3 over stream" : "");
        List<String> ofA = PrintedArguments.of(source, "a", qemu.version()).arguments();
        List<String> ofB = PrintedArguments.of(source, "b", qemu.version()).arguments();
        GuestImage image = GuestImage.withFrames();

        try (NetworkNamespace host = NetworkNamespace.create()) {
            host.exec("ip", "link", "set", "lo", "up");
            try (Guest survivor = Guest.boot(host, qemu, image, ofA)) {
                try (Guest killed = Guest.boot(host, qemu, image, ofB)) {
                    assertFramesPass(survivor, killed, ofA, ofB);
                }
                try (Guest again = Guest.boot(host, qemu, image, ofB)) {
                    assertFramesPass(survivor, again, ofA, ofB);
                }
            }
            // The other end likewise: of a stream it is the one that the first goes to.
            try (Guest survivor = Guest.boot(host, qemu, image, ofB)) {
                try (Guest killed = Guest.boot(host, qemu, image, ofA)) {
                    killed.awaitReady();
                }
                try (Guest again = Guest.boot(host, qemu, image, ofA)) {
                    assertFramesPass(again, survivor, ofA, ofB);
                }
            }
        }
    }

    private static void assertFramesPass(Guest a, Guest b, List<String> ofA, List<String> ofB) {
        List<String> macsOfA = macs(ofA);
        List<String> macsOfB = macs(ofB);
        a.awaitReady();
        b.awaitReady();
        CompletableFuture<String> heardByA = CompletableFuture.supplyAsync(() -> frames(a, macsOfA.size()));
        String heardByB = frames(b, macsOfB.size());
        assertThat(heardByB.lines()).as("heard by b").containsExactlyInAnyOrderElementsOf(expected(macsOfA, macsOfB));
        assertThat(heardByA.join().lines())
                .as("heard by a")
                .containsExactlyInAnyOrderElementsOf(expected(macsOfB, macsOfA));
    }

    private static String frames(Guest guest, int cables) {
        String nics =
                IntStream.range(0, cables).mapToObj(cable -> "eth" + cable).collect(Collectors.joining(" "));
        return guest.run("frames %d %s".formatted(PATIENCE.toSeconds(), nics), PATIENCE.plusSeconds(20))
                .text();
    }

    /** All kinds of the other guest's frames on each cable; on a multicast one also its own, of which vnetc warns. */
    private static List<String> expected(List<String> others, List<String> own) {
        List<String> expected = new ArrayList<>();
        for (int cable = 0; cable < others.size(); cable++) {
            for (String destination : KEPT_BY_BRIDGES) {
                expected.add("eth%d %s %s".formatted(cable, destination, others.get(cable)));
                if (cable == MULTICAST) {
                    expected.add("eth%d %s %s".formatted(cable, destination, own.get(cable)));
                }
            }
        }
        return expected;
    }

    private static List<String> macs(List<String> arguments) {
        return IntStream.range(1, arguments.size())
                .filter(i -> arguments.get(i - 1).equals("-device"))
                .mapToObj(i -> JsonParser.parseString(arguments.get(i)).getAsJsonObject())
                .map(device -> device.get("mac").getAsString().replace(":", ""))
                .toList();
    }
}
