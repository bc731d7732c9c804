// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What QEMU tells a script of its: the name of a tap. */
final class TapScriptOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "TAP", description = "The tap's name, as QEMU says it.")
    private String name = "";

    InterfaceName tap() {
        try {
            return new InterfaceName(name);
        } catch (LiteralException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
