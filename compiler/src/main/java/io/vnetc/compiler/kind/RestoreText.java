// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What leads a table from one content to another in one commit. A chain that differs is declared, which empties it, and
 * filled; a built-in chain is never declared, for that would set its policy; nothing is deleted that was not seen.
 */
final class RestoreText {
    private RestoreText() {}

    static List<String> of(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        SortedMap<String, List<ChainLine>> old =
                before.map(FirewallTable::chains).orElseGet(TreeMap::new);
        SortedMap<String, List<ChainLine>> now =
                after.map(FirewallTable::chains).orElseGet(TreeMap::new);
        RuleFamily family = after.or(() -> before).map(FirewallTable::family).orElse(RuleFamily.IPV4);
        List<String> declared = new ArrayList<>();
        List<String> filled = new ArrayList<>();
        for (Map.Entry<String, List<ChainLine>> chain : now.entrySet()) {
            if (!chain.getValue().equals(old.get(chain.getKey()))) {
                declared.add(family.declaration(chain.getKey()));
                chain.getValue().forEach(line -> filled.add("-A " + chain.getKey() + " " + line.text()));
            }
        }
        List<String> lines = new ArrayList<>(declared);
        lines.addAll(filled);
        lines.addAll(jumps(
                before.map(FirewallTable::jumps).orElse(List.of()),
                after.map(FirewallTable::jumps).orElse(List.of())));
        List<String> stale =
                old.keySet().stream().filter(name -> !now.containsKey(name)).toList();
        stale.forEach(name -> lines.add("-F " + name));
        stale.forEach(name -> lines.add("-X " + name));
        if (lines.isEmpty()) {
            return List.of();
        }
        lines.add(0, "*" + after.or(() -> before).orElseThrow().table());
        lines.add("COMMIT");
        return lines;
    }

    private static List<String> jumps(List<String> old, List<String> now) {
        List<String> lines = new ArrayList<>();
        Set<String> builtIns = new LinkedHashSet<>(now);
        builtIns.addAll(old);
        for (String builtIn : builtIns) {
            int more = Collections.frequency(now, builtIn) - Collections.frequency(old, builtIn);
            String jump = " " + builtIn + " "
                    + Rule.jump(FirewallTable.baseChain(builtIn)).text();
            lines.addAll(Collections.nCopies(Math.max(more, 0), "-I" + jump));
            lines.addAll(Collections.nCopies(Math.max(-more, 0), "-D" + jump));
        }
        return lines;
    }
}
