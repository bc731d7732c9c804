// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.FolderSourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of a host's networks. */
final class TopologyTest {
    @TempDir
    private Path folder;

    @Test
    void guests_hang_below_their_network_and_networks_below_the_world() throws Exception {
        Model model = model("""
                host kvm1 { uplink lan = eno1 }
                host kvm2 { }
                network office on kvm1 { forward nat via lan  subnet 10.20.1.0/24 { gateway .1 } }
                network quiet on kvm1 { }
                network elsewhere on kvm2 { }
                vm web { nic eth0 { network office  mac 52:54:00:00:00:01 } }
                vm db {
                  nic eth0 { network office  mac 52:54:00:00:00:02 }
                  nic eth1 { network quiet  mac 52:54:00:00:00:03 }
                }
                """);
        assertThat(String.join("\n", Topology.draw(model, "kvm1", new Paint(false))) + "\n")
                .isEqualTo("""
                           the world outside: eno1 (lan)
                            │
                            ├── nat ───▶ office  vbr-office  10.20.1.0/24
                            │            ├─ db.eth0         vt-db-eth0       52:54:00:00:00:02
                            │            └─ web.eth0        vt-web-eth0      52:54:00:00:00:01
                            │
                            └╌╌ isolated quiet  vbr-quiet
                                         └─ db.eth1         vt-db-eth1       52:54:00:00:00:03
                        """);
    }

    private Model model(String source) throws Exception {
        Files.writeString(folder.resolve("lab.vnet"), source);
        return Resolver.resolve(Frontend.parse(FolderSourceTree.of(folder), "lab.vnet"))
                .orElseThrow();
    }
}
