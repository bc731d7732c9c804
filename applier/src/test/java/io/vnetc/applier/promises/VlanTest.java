// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.vnetc.applier.lab.FullKernel;
import io.vnetc.applier.lab.NamespaceSnapshot;
import org.junit.jupiter.api.Test;

/** Guests of one NAT network that VLANs keep apart. */
@FullKernel
final class VlanTest {
    private static final String SOURCE = """
            host kvm1 { uplink wan = eno1 }
            network office on kvm1 {
              forward nat via wan
              bridge vbr-office { }
              subnet 10.62.0.0/24 { gateway .1 }
              portgroup staff   { vlan 42 }
              portgroup guests  { vlan 43 }
            }
            vm one { nic eth0 { network office  portgroup staff   tap vt-one } }
            vm two { nic eth0 { network office  portgroup guests  tap vt-two } }
            """;

    @Test
    void the_bridge_is_made_with_its_vlans_and_leaves_nothing_behind() {
        try (ExampleHost host = ExampleHost.open()) {
            NamespaceSnapshot before = host.snapshot();

            host.apply(Source.of("vlans", SOURCE, host.folder()));

            JsonObject bridge = host.namespace()
                    .json("ip", "-d", "-j", "link", "show", "dev", "vbr-office")
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonObject("linkinfo")
                    .getAsJsonObject("info_data");
            assertThat(bridge.get("vlan_filtering").getAsInt()).isEqualTo(1);
            host.destroy();
            host.snapshot().since(before).requireNone("apply and destroy");
        }
    }
}
