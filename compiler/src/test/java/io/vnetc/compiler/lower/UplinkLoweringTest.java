// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the host as ports of bridges, and with macvtaps on them. */
class UplinkLoweringTest {
    private static final String HOST = "host kvm1 { uplink a = eno1  uplink b = eno2 }\n";

    @Test
    void anUplinkIsBorrowedAsAPort() {
        Entry port = find(
                HOST + "network site { forward bridge via a { cost 10  port-priority 5  hairpin } }",
                new ResourceAddress("port", "eno1"));

        assertThat(port.standing()).isEqualTo(Standing.BORROWED);
        assertThat(port.resource())
                .isEqualTo(new UplinkPort(
                        new InterfaceName("eno1"),
                        Optional.of(new InterfaceName("vbr-site")),
                        new BridgePort(false, true, true, true, 10, 5, BridgePort.DEFAULT.vlans(), List.of()),
                        true));
        assertThat(Kinds.TABLE.commands(
                        Optional.of(
                                new UplinkPort(new InterfaceName("eno1"), Optional.empty(), BridgePort.DEFAULT, false)),
                        Optional.of(port.resource())))
                .containsExactly(
                        "ip link set dev eno1 master vbr-site up",
                        "bridge link set dev eno1 hairpin on cost 10 priority 5");
    }

    @Test
    void anUplinkIsInTheVlansOfAllGuestsWithTheirTags() {
        Entry port = find(
                HOST + "network site { forward bridge via a }\n"
                        + "vm web { nic eth0 { network site  vlan 42 } }\n"
                        + "vm db { nic eth0 { network site  vlan trunk 50..52 } }\n",
                new ResourceAddress("port", "eno1"));

        assertThat(((UplinkPort) port.resource()).port().vlans())
                .containsExactly(
                        PortVlan.DEFAULT, new PortVlan(42, 42, false, false), new PortVlan(50, 52, false, false));
    }

    @Test
    void macvtapsAreSpreadInTheOrderOfTheSource() {
        HostState state = lower(HOST + "network site { forward macvtap private via b, a }\n"
                + "vm zeta { nic eth0 { network site } }\n"
                + "vm alpha { nic eth0 { network site }  nic eth1 { network site } }\n");

        assertThat(Stream.of("vt-zeta-eth0", "vt-alpha-eth0", "vt-alpha-eth1")
                        .map(name -> (Macvtap) state.find(new ResourceAddress("macvtap", name))
                                .orElseThrow()
                                .resource())
                        .map(macvtap -> macvtap.lower().text()))
                .containsExactly("eno2", "eno1", "eno2");
        assertThat(state.entries().keySet()).noneMatch(address -> address.kind().equals("bridge"));
    }

    private static Entry find(String text, ResourceAddress address) {
        return lower(text).find(address).orElseThrow();
    }

    private static HostState lower(String text) {
        var sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
        var model = Resolver.resolve(sources);
        assertThat(sources.diagnostics().hasErrors())
                .as(sources.diagnostics().all().toString())
                .isFalse();
        return Lowering.lower(model.orElseThrow(), "kvm1", Surroundings.ASSUMED).desired();
    }
}
