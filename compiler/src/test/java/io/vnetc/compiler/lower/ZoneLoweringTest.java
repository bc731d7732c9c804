// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.ZoneMembership;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which zone of firewalld a bridge is put in. */
final class ZoneLoweringTest {
    private static final String[] OF_LIBVIRT = {"public", "trusted", "libvirt", "libvirt-routed"};

    @ParameterizedTest
    @CsvSource({
        "forward nat, libvirt",
        "'', libvirt",
        "forward route, libvirt-routed",
    })
    void aNetworkIsWhereLibvirtWouldPutIt(String forward, String zone) {
        Lowered lowered = lower(network(forward, ""), firewalld(Map.of(), OF_LIBVIRT));

        assertThat(zones(lowered)).containsExactly(zone);
        assertThat(lowered.notices()).noneMatch(notice -> notice.contains("firewalld"));
    }

    @Test
    void aRoutedNetworkIsWithTheOthersWhereLibvirtHasNoOtherZoneForIt() {
        assertThat(zones(lower(network("forward route", ""), firewalld(Map.of(), "public", "libvirt"))))
                .containsExactly("libvirt");
    }

    @ParameterizedTest
    @CsvSource({"forward open, trusted", "forward nat, public", "forward route, trusted", "'', public"})
    void whatIsWrittenGoesBefore(String forward, String zone) {
        Lowered lowered = lower(network(forward, "zone " + zone), firewalld(Map.of(), OF_LIBVIRT));

        assertThat(zones(lowered)).containsExactly(zone);
        assertThat(lowered.notices()).noneMatch(notice -> notice.contains("firewalld"));
    }

    @ParameterizedTest
    @CsvSource({"forward nat, public", "forward open, 'public,libvirt'"})
    void aBridgeThatStaysInTheDefaultZoneIsNoticed(String forward, String zones) {
        Lowered lowered = lower(network(forward, ""), firewalld(Map.of(), zones.split(",")));

        assertThat(zones(lowered)).isEmpty();
        assertThat(lowered.conflicts()).isEmpty();
        assertThat(lowered.notices())
                .filteredOn(notice -> notice.contains("firewalld"))
                .singleElement()
                .asString()
                .contains("vbr-office", "default zone `public`", "network office", "write `zone trusted`");
    }

    @Test
    void aBridgeThatTheHostHasNoAddressOnNeedsNoZone() {
        Lowered lowered = lower("network office { }", firewalld(Map.of(), "public"));

        assertThat(lowered.notices()).isEmpty();
        assertThat(zones(lower("""
                host kvm1 { uplink lan = eno1 }
                network office on kvm1 { forward bridge via lan }
                """, firewalld(Map.of(), OF_LIBVIRT)))).isEmpty();
        assertThat(zones(lower("network site { forward bridge  bridge br0 }", firewalld(Map.of(), OF_LIBVIRT))))
                .isEmpty();
    }

    @Test
    void aZoneThatFirewalldDoesNotHaveIsRefusedWithTheOneThatIsLikeIt() {
        Lowered lowered = lower(network("forward nat", "zone trustd"), firewalld(Map.of(), OF_LIBVIRT));

        assertThat(zones(lowered)).isEmpty();
        assertThat(lowered.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING);
            assertThat(conflict.message()).contains("vbr-office", "`trustd`", "firewalld has no such zone");
            assertThat(conflict.remedy())
                    .contains("did you mean `trusted`?", "public", "libvirt-routed", "--new-zone=trustd");
            assertThat(conflict.origin()).isPresent();
        });
    }

    @Test
    void whereNoFirewalldRunsOnlyWhatIsWrittenIsRefused() {
        assertThat(lower(network("forward nat", ""), Optional.empty()).conflicts())
                .isEmpty();
        assertThat(lower(network("forward nat", "zone trusted"), Optional.empty())
                        .conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING);
                    assertThat(conflict.message()).contains("zone `trusted`", "no firewalld runs");
                    assertThat(conflict.remedy()).contains("systemctl start firewalld");
                });
    }

    @Test
    void whatSomebodyPutInAZoneForGoodStaysThere() {
        for (String name : List.of("vbr-office", "vbr-+", "+")) {
            Optional<Firewalld> firewalld = firewalld(Map.of(name, "public"), OF_LIBVIRT);

            assertThat(zones(lower(network("forward nat", ""), firewalld))).isEmpty();
            assertThat(lower(network("forward nat", ""), firewalld).conflicts()).isEmpty();
            assertThat(lower(network("forward nat", "zone public"), firewalld).conflicts())
                    .isEmpty();
            assertThat(lower(network("forward nat", "zone trusted"), firewalld).conflicts())
                    .singleElement()
                    .satisfies(conflict -> {
                        assertThat(conflict.reason()).isEqualTo(Conflict.Reason.FOREIGN);
                        assertThat(conflict.message()).contains("permanent", "`" + name + "` in `public`");
                        assertThat(conflict.remedy()).contains("write `zone public`", "--remove-interface=" + name);
                    });
        }
        assertThat(zones(lower(network("forward nat", ""), firewalld(Map.of("vbr-office2", "public"), OF_LIBVIRT))))
                .containsExactly("libvirt");
    }

    @Test
    void ofSeveralNamesTheLongestOneCounts() {
        Optional<Firewalld> firewalld = firewalld(Map.of("vbr+", "public", "vbr-office", "trusted"), OF_LIBVIRT);

        assertThat(lower(network("forward nat", "zone trusted"), firewalld).conflicts())
                .isEmpty();
    }

    @Test
    void whatNobodyLookedForIsAsItIsWritten() {
        assertThat(zones(Lowering.lower(model(network("forward nat", "zone trusted")), "kvm1", Surroundings.ASSUMED)))
                .containsExactly("trusted");
        assertThat(zones(Lowering.lower(model(network("forward nat", "")), "kvm1", Surroundings.ASSUMED)))
                .isEmpty();
    }

    private static String network(String forward, String bridge) {
        return "network office { %s  bridge { %s }  subnet 10.20.1.0/24 { gateway .1 } }".formatted(forward, bridge);
    }

    private static Optional<Firewalld> firewalld(Map<String, String> permanent, String... zones) {
        return Optional.of(new Firewalld("public", new TreeSet<>(Arrays.asList(zones)), new TreeMap<>(permanent)));
    }

    private static List<String> zones(Lowered lowered) {
        return lowered.desired().entries().values().stream()
                .map(Entry::resource)
                .flatMap(resource ->
                        resource instanceof ZoneMembership membership ? Stream.of(membership.zone()) : Stream.empty())
                .toList();
    }

    private static Lowered lower(String source, Optional<Firewalld> firewalld) {
        return Lowering.lower(
                model(source),
                "kvm1",
                new Surroundings(
                        true,
                        Set.of(),
                        firewalld,
                        Set.of(),
                        new TreeMap<>(),
                        Set.of(),
                        Optional.empty(),
                        false,
                        Accounts.NONE,
                        Paths.HOST));
    }

    private static Model model(String text) {
        var sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
        assertThat(sources.diagnostics().all()).isEmpty();
        return Resolver.resolve(sources).orElseThrow();
    }
}
