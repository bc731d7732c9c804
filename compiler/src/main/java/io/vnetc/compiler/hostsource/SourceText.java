// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.hostsource;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A source in the making: lines, indented by the blocks they are in, and names that nothing else has. */
final class SourceText {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private int depth;

    /** A line; an empty one parts two blocks. */
    SourceText line(String line) {
        if (!line.isEmpty()) {
            text.append("  ".repeat(depth)).append(line);
        }
        text.append('\n');
        return this;
    }

    /** A comment, each of whose lines is one; what cannot be printed is left out. */
    SourceText comment(List<String> lines) {
        for (String line : lines) {
            line("// " + line.replaceAll("\\p{Cntrl}", " "));
        }
        return this;
    }

    SourceText open(String line) {
        line(line + " {");
        depth++;
        return this;
    }

    SourceText close() {
        depth--;
        return line("}");
    }

    /** A name of the language for something that is called otherwise: the same where that is one, and nothing has it. */
    String name(String called, String otherwise) {
        String clean = called.replaceAll("[^A-Za-z0-9_-]", "-").replaceAll("-+$", "");
        if (!clean.matches("[A-Za-z_].*")) {
            clean = otherwise + "-" + clean;
        }
        String name = clean.replaceAll("-+$", "");
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = clean + "-" + i;
        }
        // Between quotes a name may be a word of the language.
        return name.matches("[a-z]+") ? "\"" + name + "\"" : name;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
