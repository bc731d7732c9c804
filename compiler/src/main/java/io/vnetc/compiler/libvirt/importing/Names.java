// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Names of one kind, each a name of the language, no two the same; whoever asks for one again gets the same. */
public final class Names {
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** The name of a thing that is called so elsewhere. */
    public String of(String original) {
        return given.computeIfAbsent(original, this::free);
    }

    /** A name for a thing that has none elsewhere. */
    String fresh(String wanted) {
        return free(wanted);
    }

    private String free(String original) {
        String wanted = Spelling.declared(original);
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            String end = "-" + i;
            name = wanted.substring(0, Math.min(wanted.length(), 63 - end.length())) + end;
        }
        return name;
    }

    /** The original names, each with the one that it got. */
    public Map<String, String> all() {
        return given;
    }
}
