// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The arguments of a command line by their options. */
final class Arguments {
    /** More cards and backends than any machine takes; each costs time here. */
    private static final int MOST = 4_096;

    /** What says something about cards, or names what does. */
    private static final Set<String> OF_NETWORKS = Set.of(
            "M",
            "bootp",
            "chardev",
            "device",
            "global",
            "machine",
            "name",
            "net",
            "netdev",
            "nic",
            "nodefaults",
            "object",
            "qmp",
            "readconfig",
            "redir",
            "set",
            "smb",
            "tftp",
            "usbdevice");

    private Arguments() {}

    /**
     * An option with its argument.
     *
     * @param option without dashes
     * @param value the option itself, where it takes none
     */
    record Argument(String option, Word value) {}

    /** Those that have to do with networks; what QEMU would refuse is reported. */
    static List<Argument> of(CommandLine line, Diagnostics diagnostics) {
        List<Argument> arguments = new ArrayList<>();
        List<Word> words = line.arguments();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (!word.text().startsWith("-") || word.text().equals("-")) {
                word.expansion()
                        .ifPresent(
                                place -> diagnostics.report(
                                        Diagnostic.warning(
                                                        DiagnosticCode.TO_FILL_IN,
                                                        place,
                                                        "what the shell puts in here is not known")
                                                .withHint(
                                                        "if it says anything of networks, write it out, or give `--pid` of the running guest")));
                continue;
            }
            String option = word.text().replaceFirst("^--?", "");
            boolean last = i + 1 == words.size();
            if (last && ProgramOptions.wants(option)) {
                diagnostics.report(Diagnostic.error(
                                DiagnosticCode.COMMAND_LINE,
                                word.place(),
                                "`" + Findings.printable(word.text()) + "` wants an argument")
                        .withHint("add it, or remove the option"));
            }
            boolean takes =
                    !last && ProgramOptions.takes(option, words.get(i + 1).text());
            if (takes) {
                i++;
            }
            if (OF_NETWORKS.contains(option) && (takes || !ProgramOptions.wants(option))) {
                arguments.add(new Argument(option, words.get(i)));
            }
        }
        if (arguments.size() > MOST) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.COMMAND_LINE,
                            arguments.get(MOST).value().place(),
                            "there are more than " + MOST + " arguments about networks")
                    .withHint("split the command line"));
            return List.of();
        }
        return arguments;
    }
}
