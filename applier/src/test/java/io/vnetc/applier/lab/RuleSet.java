// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one {@code iptables-save} prints, chain by chain: the policy of a built-in chain, then the rules in their order.
 * Counters are dropped, and an empty built-in chain with policy ACCEPT is as good as none.
 */
final class RuleSet {
    private RuleSet() {}

    /** From "table chain" to the chain's text. */
    static SortedMap<String, String> parse(List<String> lines) {
        SortedMap<String, String> chains = new TreeMap<>();
        String table = "";
        for (String line : lines) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith(":")) {
                String[] words = line.substring(1).split(" ", -1);
                chains.put(table + " " + words[0], "policy " + words[1]);
            } else if (line.startsWith("-A ") || line.startsWith("[")) {
                String rule = line.replaceFirst("^\\[[0-9:]*\\] ", "");
                String chain = rule.split(" ", -1)[1];
                chains.merge(table + " " + chain, rule, (rules, next) -> rules + "\n" + next);
            } else if (line.startsWith("#")) {
                if (!line.startsWith("# Generated") && !line.startsWith("# Completed")) {
                    // "Table … is incompatible": its rules cannot be seen, which must not look like none.
                    chains.put(line, line);
                }
            } else if (!line.equals("COMMIT")) {
                throw new IllegalStateException("not a line of iptables-save: " + line);
            }
        }
        chains.values().removeIf("policy ACCEPT"::equals);
        return chains;
    }
}
