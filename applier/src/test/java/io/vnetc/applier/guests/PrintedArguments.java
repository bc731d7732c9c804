// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.guests;

import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.Optional;

/** What a source's guests are started with. */
final class PrintedArguments {
    private PrintedArguments() {}

    static QemuArguments of(String source, String guest, QemuVersion version) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("lab.vnet", source), "lab.vnet");
        Model model = Resolver.resolve(sources, Optional.of(version))
                .orElseThrow(
                        () -> new AssertionError(sources.diagnostics().all().toString()));
        return Lowering.lower(model, "kvm1", Surroundings.assumed(Optional.of(version), false)).guests().stream()
                .filter(arguments -> arguments.guest().equals(guest))
                .findFirst()
                .orElseThrow();
    }
}
