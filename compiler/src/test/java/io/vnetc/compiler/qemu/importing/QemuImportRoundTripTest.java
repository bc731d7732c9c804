// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is imported is printed again with the same properties, whichever form it had. {@code -Dseed=N}, {@code -Drounds=N}. */
class QemuImportRoundTripTest {
    private static final List<String> NAMES_OF_OURS = List.of("id", "netdev");

    @Test
    void anImportedCommandLineIsPrintedWithTheSameProperties() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("rounds", 200); round++) {
            RandomCommandLine line = new RandomCommandLine(random);
            String what = "seed " + seed + ", round " + round + ": " + String.join(" ", line.words());
            String vnet = Imports.words(line.words()).text().orElse("");
            assertThat(vnet)
                    .as(what + "\n" + Imports.words(line.words()).diagnostics().all())
                    .isNotEmpty();
            assertThat(printed(vnet)).as(what + "\n" + vnet).containsExactlyInAnyOrderElementsOf(line.expected());
        }
    }

    /** Identifiers are ours; what is off when nothing is said is the same as nothing. */
    private static List<Map<String, String>> printed(String vnet) {
        return Imports.flat(Imports.arguments(vnet, "web")).stream()
                .<Map<String, String>>map(flat -> {
                    Map<String, String> own = new TreeMap<>(flat);
                    NAMES_OF_OURS.forEach(own::remove);
                    own.remove("vhost", "false");
                    return own;
                })
                .toList();
    }

    /** What we print ourselves we read, and print the same. */
    @Test
    void ourOwnArgumentsAreAFixedPoint() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("rounds", 100); round++) {
            List<String> words = new RandomCommandLine(random).words();
            List<String> printed = Imports.arguments(Imports.words(words).vnet(), "web");
            List<String> again = Imports.arguments(
                    Imports.script(String.join("\n", printed) + "\n-name\nweb\n")
                            .vnet(),
                    "web");
            assertThat(again).as("seed " + seed + ", round " + round).isEqualTo(printed);
        }
    }
}
