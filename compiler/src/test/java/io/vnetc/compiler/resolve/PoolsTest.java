// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.lower.Accounts;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Paths;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Pool.Member.VirtualFunction;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.Rate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Guests that are given devices of a pool. */
class PoolsTest {
    private static final String POOLS = """
            host kvm1 { uplink fast = eno1  uplink slow = eno2 }
            pool functions { sriov fast { vfs 3  driver vfio-pci } }
            pool cards { pci 0000:03:10.2  pci 0000:03:10.0 }
            network storage { forward hostdev cards  vlan 7 }
            """;

    private static Map<String, String> members(String source) {
        return Sources.model(source).guests().stream()
                .flatMap(guest -> guest.nics().stream())
                .collect(Collectors.toMap(
                        nic -> nic.guest() + "." + nic.name(),
                        nic -> ((Attachment.Function) nic.attachment()).member().toString()));
    }

    @Test
    void eachGetsADeviceOfItsOwnInTheOrderOfTheSource() {
        assertThat(members(POOLS + """
                vm web[1..2] { nic eth0 { pool functions } }
                vm db { nic eth0 { network storage }  nic eth1 { pool functions } }
                vm app { nic eth0 { pool cards } }
                """))
                .isEqualTo(Map.of(
                        "web1.eth0", "function 0 of eno1",
                        "web2.eth0", "function 1 of eno1",
                        "db.eth1", "function 2 of eno1",
                        "db.eth0", "0000:03:10.2",
                        "app.eth0", "0000:03:10.0"));
    }

    @Test
    void aGuestThatIsAddedAtTheEndMovesNoOther() {
        String guests = POOLS + "vm web { nic eth0 { pool functions } }\nvm app { nic eth0 { pool functions } }\n";
        assertThat(members(guests + "vm aaa { nic eth0 { pool functions } }")).containsAllEntriesOf(members(guests));
    }

    @Test
    void whoeverHasTheDevicesIsNamedWhereNoneIsLeft() {
        List<Diagnostic> found = Sources.diagnostics(POOLS + """
                vm a { nic eth0 { pool cards } }
                vm b { nic eth0 { network storage } }
                vm c { nic eth0 { network storage } }
                """);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).code()).isEqualTo(DiagnosticCode.POOL_EXHAUSTED);
        assertThat(found.get(0).message())
                .contains("left for `c.eth0`", "`a.eth0` has 0000:03:10.2", "`b.eth0` has 0000:03:10.0");
    }

    @Test
    void whatTheCardKeepsIsTheNicsOwnElseItsNetworks() {
        Model model = Sources.model(POOLS + """
                vm a {
                  nic eth0 { network storage }
                  nic eth1 { network storage  vlan 9  trust-filters }
                  nic eth2 { pool functions  vlan 100  rate 1gbit  spoof-check on }
                }
                """);

        var nics = model.guests().get(0).nics();
        assertThat(nics.get(0).port().vlan().flatMap(vlan -> vlan.untagged())).contains(7);
        assertThat(nics.get(1).port().vlan().flatMap(vlan -> vlan.untagged())).contains(9);
        assertThat(nics.get(1).port().trustFilters()).contains(true);
        assertThat(nics.get(2).network()).isEmpty();
        assertThat(nics.get(2).attachment())
                .isEqualTo(new Attachment.Function(
                        "functions",
                        new VirtualFunction(new InterfaceName("eno1"), 0),
                        Optional.of(Rate.parse("1gbit")),
                        Optional.of(true)));
    }

    @Test
    void qemuIsGivenTheDeviceAndNothingIsMadeOnTheHost() {
        Lowered lowered = lower(Surroundings.ASSUMED);

        assertThat(lowered.desired().entries()).isEmpty();
        assertThat(lowered.guests().get(0).arguments())
                .containsExactly(
                        "-device",
                        "{\"driver\":\"vfio-pci\",\"id\":\"nic-eth0\",\"host\":\"0000:03:10.2\"}",
                        "-device",
                        "{\"driver\":\"vfio-pci\",\"id\":\"nic-eth1\",\"host\":\"eno1/virtfn0\"}");
        assertThat(lowered.guests().get(0).functions()).hasToString("[function 0 of eno1]");
        assertThat(lowered.notices()).hasSize(2).allMatch(notice -> notice.contains("refused when it is applied"));
        assertThat(lowered.conflicts()).isEmpty();
    }

    /** What the card would not be told would part no guests. */
    @Test
    void itIsRefusedOnAHostWithAllThatIsAskedOfTheCard() {
        Surroundings host = new Surroundings(true, Set.of(), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);

        assertThat(lower(host).conflicts()).hasSize(2).allSatisfy(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING);
            assertThat(conflict.origin()).isPresent();
        });
        assertThat(lower(host).conflicts().get(1).message())
                .contains("`web.eth1` is function 0 of eno1", "the VLAN 100", "a rate of 1gbit", "spoof check off");
    }

    private static Lowered lower(Surroundings surroundings) {
        return Lowering.lower(Sources.model(POOLS + """
                vm web { nic eth0 { network storage }  nic eth1 { pool functions  vlan 100  rate 1gbit  spoof-check off } }
                """), "kvm1", surroundings);
    }
}
