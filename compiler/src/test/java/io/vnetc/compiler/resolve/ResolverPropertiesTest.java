// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any source; a failure names the seed that it came of. */
final class ResolverPropertiesTest {
    private static final int RUNS = 25;

    static Stream<Long> seeds() {
        return new SecureRandom().longs(RUNS).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameMeaningIsTheSameModelInWhateverOrderAndFiles(long seed) {
        Random random = new Random(seed);
        List<String> declarations = new RandomSource(random).declarations();
        String model = meaning(model(declarations, 1));

        Collections.shuffle(declarations, random);
        assertThat(meaning(model(declarations, 1 + random.nextInt(4)))).isEqualTo(model);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAllocatedDependsOnNobodyElse(long seed) {
        Random random = new Random(seed);
        List<String> declarations = new RandomSource(random).declarations();
        Map<String, String> all = allocated(model(declarations, 1));

        List<String> fewer = new ArrayList<>(declarations);
        // Guests go first: a network that has one cannot be taken from it.
        fewer.removeIf(declaration -> declaration.startsWith("vm") && random.nextBoolean());
        String guests = String.join(
                " ", fewer.stream().filter(each -> each.startsWith("vm")).toList());
        fewer.removeIf(declaration -> declaration.startsWith("network")
                && !guests.contains("network " + declaration.split(" ", 3)[1] + " "));
        Collections.shuffle(fewer, random);
        Map<String, String> some = allocated(model(fewer, 1));

        assertThat(some).hasSizeLessThanOrEqualTo(all.size());
        assertThat(all).containsAllEntriesOf(some);
    }

    @Test
    void declaringTheOnlyHostChangesNothingThatIsAllocated() {
        String source = "network office { }  vm web { nic eth0 { network office } }";

        assertThat(allocated(Sources.model("host kvm1 { uplink lan = eno1 } " + source)))
                .isEqualTo(allocated(Sources.model(source)));
    }

    @Test
    void manyNetworksAndGuestsAreNoClash() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append("network net%d { forward nat  subnet 10.%d.%d.0/24 { gateway .1  dhcp .100 .. .199 } }%n"
                    .formatted(i, i / 250, i % 250));
            text.append("vm guest%d { nic eth0 { network net%d } }%n".formatted(i, i));
        }
        Model model = Sources.model(text.toString());

        assertThat(model.networks()).hasSize(1_000);
        assertThat(model.guests()).hasSize(1_000);
    }

    private static Model model(List<String> declarations, int files) {
        InMemorySourceTree tree = new InMemorySourceTree();
        for (int i = 0; i < files; i++) {
            int file = i;
            List<String> part = declarations.stream()
                    .filter(declaration -> declarations.indexOf(declaration) % files == file)
                    .toList();
            tree = tree.with("part" + i + ".vnet", String.join("\n", part) + "\n");
        }
        return Sources.model(Frontend.parse(tree, ""));
    }

    /** A model as text, without the places that it came from. */
    private static String meaning(Model model) {
        return model.toString().replaceAll("origin=[^,\\]]*", "origin");
    }

    private static Map<String, String> allocated(Model model) {
        Map<String, String> allocated = new HashMap<>();
        model.networks()
                .forEach(network -> allocated.put(
                        network.owner().path(),
                        network.bridge().name() + " " + network.bridge().mac()));
        model.guests().stream()
                .flatMap(guest -> guest.nics().stream())
                .forEach(nic -> allocated.put(nic.owner().path(), nic.attachment() + " " + nic.mac()));
        return allocated;
    }
}
