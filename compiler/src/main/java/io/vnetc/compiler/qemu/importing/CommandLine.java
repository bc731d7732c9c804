// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command line of QEMU.
 *
 * @param program that it begins with; absent where only arguments are given
 * @param arguments after it
 * @param host what the host says of it
 */
public record CommandLine(Optional<String> program, List<Word> arguments, HostKnowledge host) {
    private static final Pattern QEMU = Pattern.compile("(?:.*/)?(?:qemu-system-[a-z0-9_]+|qemu-kvm|qemu|kvm)");

    public CommandLine {
        arguments = List.copyOf(arguments);
    }

    /** Whether a program is called as QEMU is. */
    static boolean isQemu(String program) {
        return QEMU.matcher(program).matches();
    }
}
