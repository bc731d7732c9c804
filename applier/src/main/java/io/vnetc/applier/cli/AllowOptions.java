// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Allowances;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is refused unless it is said. */
final class AllowOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--allow-destroy",
            paramLabel = "ADDRESS",
            description = "Let this protected thing go: network/NAME, vm/NAME, vm/NAME/NIC. May be repeated.")
    private Set<String> destroy = new LinkedHashSet<>();

    @Option(
            names = "--allow-recreate",
            paramLabel = "ADDRESS",
            description = "Make this link again although a running guest has it open: vm/NAME/NIC, network/NAME."
                    + " May be repeated.")
    private Set<String> recreate = new LinkedHashSet<>();

    Allowances allowances() {
        destroy.forEach(this::check);
        recreate.forEach(this::check);
        return new Allowances(destroy, recreate);
    }

    private void check(String address) {
        try {
            new Owner(address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "`" + address + "` is no address: write network/NAME, or vm/NAME/NIC", e);
        }
    }
}
