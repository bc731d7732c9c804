// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.kind.BridgeAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Around every single step of every example: it changes its own thing and nothing else of the whole namespace. */
final class FootprintTest {
    /** Of the other examples that one is changed to from, every eighth, another for each; with {@code -Dstride=1} all. */
    private static final int STRIDE = Integer.getInteger("stride", 8);

    private static final Pattern OURS = Pattern.compile("vbr-[^@: ]+");

    static List<Source> examples() {
        return Source.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_step_changes_its_own_thing_only(Source example) {
        try (ExampleHost host = ExampleHost.open()) {
            StepWatch making = new StepWatch(host::snapshot);
            host.apply(example, making).requireExit(0, "apply " + example);
            check(making);
            StepWatch removing = new StepWatch(host::snapshot);
            host.destroy(removing).requireExit(0, "destroy of " + example);
            check(removing);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void so_does_a_step_from_any_other_example_to_it(Source example) {
        List<Source> others = new ArrayList<>(Source.examples());
        int turn = others.indexOf(example) % STRIDE;
        others.remove(example);
        try (ExampleHost host = ExampleHost.open()) {
            for (int i = turn; i < others.size(); i += STRIDE) {
                host.apply(others.get(i));
                StepWatch changing = new StepWatch(host::snapshot);
                host.apply(example, changing).requireExit(0, "apply " + example + " after " + others.get(i));
                check(changing);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_kernel_never_gives_a_bridge_an_address_by_itself(Source example) throws Exception {
        try (ExampleHost host = ExampleHost.open();
                LinkMonitor monitor = LinkMonitor.start(host.namespace(), host.folder())) {
            host.apply(example);
            host.destroy();

            for (String event : monitor.events()) {
                if (OURS.matcher(event).find()) {
                    assertThat(event).as("an address that the kernel made").doesNotContain("kernel_ll", "kernel_ra");
                }
            }
        }
    }

    private static void check(StepWatch watch) {
        assertThat(watch.seen()).as("steps").isNotEmpty();
        NamespaceSnapshot before = watch.seen().get(0).before();
        NamespaceSnapshot after = watch.seen().get(watch.seen().size() - 1).after();
        Set<String> permitted = new HashSet<>(permissions(before));
        permitted.addAll(permissions(after));
        watch.forEach(seen -> {
            String step = "the step " + seen.step().action() + " " + seen.step().address();
            var difference = seen.after().since(seen.before());
            // Pictures leave out link-local addresses: the kernel makes some by itself.
            boolean visible = !(seen.step().resource() instanceof BridgeAddress address
                    && address.inet().toString().startsWith("fe80:"));
            assertThat(difference.isNone()).as("%s changes nothing", step).isEqualTo(!visible);
            difference.outside(Footprint.of(seen.step())).requireNone(step + ", beyond its footprint,");
            assertThat(permitted)
                    .as("what %s permits was or will be permitted", step)
                    .containsAll(permissions(seen.after()));
            closedToAutoconfiguration(seen.after());
        });
    }

    /** Rules that let packets through, in the spelling of the tool, each with the tool and table it is of. */
    private static Set<String> permissions(NamespaceSnapshot snapshot) {
        Set<String> rules = new HashSet<>();
        snapshot.sections().forEach((section, items) -> {
            if (section.contains("tables")) {
                items.forEach((chain, text) -> text.lines()
                        .filter(line -> line.endsWith("-j ACCEPT"))
                        .forEach(line -> rules.add(section + " " + chain + " " + line)));
            }
        });
        return rules;
    }

    private static void closedToAutoconfiguration(NamespaceSnapshot snapshot) {
        snapshot.section("link").forEach((name, text) -> {
            if (name.startsWith("vbr-") && text.contains("\"UP\"")) {
                assertThat(text).as("bridge %s is up", name).contains("\"inet6_addr_gen_mode\": \"none\"");
                String settings = "net/ipv6/conf/" + name + "/";
                assertThat(snapshot.section("sysctl"))
                        .containsEntry(settings + "accept_ra", "0")
                        .containsEntry(settings + "autoconf", "0");
            }
        });
    }
}
