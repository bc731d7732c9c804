// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.resolve.explain.Explanation.Setting;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
    private static final String SOURCE = """
            template network lab(network block, duration time = 12h, number frames = 1500) {
              forward nat
              bridge { mtu frames  stp on }
              subnet block { gateway .1  dhcp .100 .. .199 lease time }
            }
            network office from lab(10.20.1.0/24) {
              bridge { stp off }
              domain office.example
            }
            for i in 1 .. 2 { vm "web${i}" { nic eth0 { network office } } }
            """;

    @Test
    void saysOfEachValueWhichLineTemplateArgumentOrDefaultItIsFrom() {
        assertThat(explained("office"))
                .containsEntry("forward mode", "nat <- template lab, main.vnet:2")
                .containsEntry("bridge stp", "off <- main.vnet:7, in place of main.vnet:3")
                .containsEntry("bridge mtu", "1500 <- default of frames, main.vnet:1")
                .containsEntry("subnet 10.20.1.0/24 network", "10.20.1.0/24 <- argument block, main.vnet:6")
                .containsEntry("subnet 10.20.1.0/24 gateway", ".1 <- template lab, main.vnet:4")
                .containsEntry("subnet 10.20.1.0/24 dhcp lease", "12h <- default of time, main.vnet:1")
                .containsEntry("domain name", "office.example <- main.vnet:8");
    }

    @Test
    void saysWhatNobodySaid() {
        assertThat(explained("office"))
                .containsEntry("bridge name", "vbr-office <- derived from the name `office`")
                .containsEntry("bridge mac", "52:54:32:bc:02:16 <- derived from the name `office`");
        assertThat(explained("web2"))
                .containsEntry("nic eth0 network", "office <- main.vnet:10")
                .containsEntry("nic eth0 tap", "vt-web2-eth0 <- derived from the name `web2/eth0`")
                .containsEntry("nic eth0 queues", "1 <- default");
    }

    @Test
    void aNameThatNothingHasIsExplainedByNothing() {
        ParsedSources sources = parsed();

        assertThat(Explainer.explain(sources, model(sources), "nobody")).isEmpty();
        assertThat(Explainer.names(sources)).containsExactly("office", "web1", "web2");
    }

    private static Map<String, String> explained(String name) {
        ParsedSources sources = parsed();
        List<Explanation> found = Explainer.explain(sources, model(sources), name);
        assertThat(found).hasSize(1);
        return found.get(0).settings().stream()
                .collect(Collectors.toMap(Setting::path, setting -> setting.value() + " <- " + setting.from()));
    }

    private static ParsedSources parsed() {
        return Frontend.parse(new InMemorySourceTree().with("main.vnet", SOURCE), "main.vnet");
    }

    private static Model model(ParsedSources sources) {
        return Resolver.resolve(sources)
                .orElseThrow(() -> new AssertionError(sources.diagnostics().all()));
    }
}
