// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.Entry;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What guests' cards are on the host. */
final class GuestLoweringTest {
    @Test
    void aCardWithItsCableOutHasItsTapDown() {
        assertThat(taps(lower("""
                network lab { subnet 10.0.0.0/24 { gateway .1 } }
                vm a { nic e0 { network lab }  nic e1 { network lab  link down } }
                """)))
                .extracting(tap -> tap.name().text(), Tap::up)
                .containsExactlyInAnyOrder(tuple("vt-a-e0", true), tuple("vt-a-e1", false));
    }

    @Test
    void theHostHasNothingOfWhatIsInsideOfQemu() {
        Lowered lowered = lower("""
                vm a { nic e0 { user }  nic e1 { unplugged }  nic e2  nic e3 { hub h }  nic e4 { hub h  user } }
                vm b { nic e2 }
                link a.e2 <-> b.e2
                """);
        assertThat(lowered.desired().entries()).isEmpty();
        assertThat(lowered.guests()).extracting(QemuArguments::guest).containsExactly("a", "b");
        assertThat(lowered.notices()).isEmpty();
    }

    @Test
    void aHostRunsItsOwnGuestsOnly() {
        Lowered lowered = lower("""
                host kvm1 { }
                host kvm2 { }
                vm a on kvm1 { nic e0 { user } }
                vm b on kvm2 { nic e0 { user } }
                """);
        assertThat(lowered.guests()).extracting(QemuArguments::guest).containsExactly("a");
    }

    @Test
    void itIsSaidThatMulticastGivesFramesBack() {
        assertThat(lower("""
                vm a { nic e0 }
                vm b { nic e0 }
                link a.e0 <-> b.e0 over multicast
                """).notices())
                .singleElement()
                .asString()
                .contains("a.e0 <-> b.e0", "its own frames back", "main.vnet:3");
    }

    private static List<Tap> taps(Lowered lowered) {
        return lowered.desired().entries().values().stream()
                .map(Entry::resource)
                .filter(Tap.class::isInstance)
                .map(Tap.class::cast)
                .toList();
    }

    private static Lowered lower(String text) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
        Model model = Resolver.resolve(sources).orElseThrow();
        return Lowering.lower(model, "kvm1", Surroundings.ASSUMED);
    }
}
