// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;

/** Sources as text, resolved. */
final class Sources {
    private Sources() {}

    static ParsedSources parsed(String text) {
        return Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
    }

    /** The model of a source in which nothing is wrong. */
    static Model model(String text) {
        return model(parsed(text));
    }

    static Model model(ParsedSources sources) {
        var model = Resolver.resolve(sources);
        // What is surely not meant is, in sources that are about one thing only.
        assertThat(sources.diagnostics().all())
                .filteredOn(one -> !one.code().id().startsWith("VN16"))
                .isEmpty();
        return model.orElseThrow();
    }

    /** The only network of a source in which nothing is wrong. */
    static Network network(String text) {
        List<Network> networks = model(text).networks();
        assertThat(networks).hasSize(1);
        return networks.get(0);
    }

    /** All there is to say of a source. */
    static List<Diagnostic> diagnostics(String text) {
        ParsedSources sources = parsed(text);
        Resolver.resolve(sources);
        return sources.diagnostics().all();
    }
}
