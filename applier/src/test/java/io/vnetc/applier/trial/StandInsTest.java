// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.host.Programs;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.FolderSourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in for a host's surroundings, on the real kernel. */
final class StandInsTest {
    @TempDir
    private Path folder;

    @Test
    void uplinks_have_addresses_the_first_has_the_default_route_and_no_subnet_of_the_source_is_taken()
            throws Exception {
        Model model = model("""
                host kvm1 { uplink wan = eno1  uplink lan = eno2 }
                network lab on kvm1 { forward nat via wan  subnet 192.0.2.0/24 { gateway .1 } }
                """);
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            StandIns made = namespace.call(() -> StandIns.make(model, "kvm1", new Programs()));
            assertThat(made.links())
                    .containsExactly(
                            new StandIns.Link("eno1", "uplink wan", "198.51.100.2/24"),
                            new StandIns.Link("eno2", "uplink lan", "203.0.113.2/24"));
            assertThat(namespace.exec("ip", "route", "show", "default")).contains("via 198.51.100.1 dev eno1");
            assertThat(namespace.exec("ip", "-6", "route", "show", "default")).contains("dev eno1");
        }
    }

    @Test
    void bridges_that_are_to_be_there_are() throws Exception {
        Model model = model("network lan { forward bridge  bridge br0 }");
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            StandIns made = namespace.call(() -> StandIns.make(model, "any", new Programs()));
            assertThat(made.links()).containsExactly(new StandIns.Link("br0", "bridge of the host", ""));
            assertThat(namespace.exec("ip", "-d", "link", "show", "br0"))
                    .contains("bridge")
                    .contains("UP");
        }
    }

    @Test
    void a_network_that_forwards_without_an_uplink_gets_one() throws Exception {
        Model model = model("network lab { forward nat  subnet 10.1.0.0/24 { gateway .1 } }");
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThat(namespace
                            .call(() -> StandIns.make(model, "any", new Programs()))
                            .links())
                    .containsExactly(new StandIns.Link("uplink0", "uplink", "192.0.2.2/24"));
        }
    }

    private Model model(String source) throws Exception {
        Files.writeString(folder.resolve("lab.vnet"), source);
        return Resolver.resolve(Frontend.parse(FolderSourceTree.of(folder), "lab.vnet"))
                .orElseThrow();
    }
}
