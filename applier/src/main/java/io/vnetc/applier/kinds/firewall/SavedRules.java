// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.firewall;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.RuleFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What iptables-save(8) or ebtables-save(8) printed, as far as it is ours. */
final class SavedRules {
    private static final Pattern INCOMPATIBLE = Pattern.compile("# Table `(\\w+)' is incompatible.*");
    private static final String CHAIN = ":";
    private static final String RULE = "-A ";

    private final RuleFamily family;
    private final Map<Table, TreeMap<String, List<ChainLine>>> chains = new EnumMap<>(Table.class);
    private final Map<Table, List<String>> jumps = new EnumMap<>(Table.class);

    private SavedRules(RuleFamily family) {
        this.family = family;
        for (Table table : Table.values()) {
            chains.put(table, new TreeMap<>());
            jumps.put(table, new ArrayList<>());
        }
    }

    /**
     * Reads it.
     *
     * @throws DriverException where a table has rules that iptables cannot show: then nothing is known, not nothing there
     */
    static SavedRules parse(RuleFamily family, String text) throws DriverException {
        SavedRules rules = new SavedRules(family);
        Optional<Table> table = Optional.empty();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                requireCompatible(family, line);
            } else if (line.startsWith("*")) {
                table = tableOf(line.substring(1));
            } else if (table.isPresent()) {
                rules.add(table.get(), line);
            }
        }
        return rules;
    }

    private static void requireCompatible(RuleFamily family, String comment) throws DriverException {
        Matcher incompatible = INCOMPATIBLE.matcher(comment);
        if (incompatible.matches()) {
            throw new DriverException(
                    "cannot read the table " + incompatible.group(1) + " of " + family,
                    "it has rules that were made with nft, and iptables shows none of such a table",
                    "See them with `nft list ruleset`, and move them to a table of their own: iptables uses `ip "
                            + incompatible.group(1) + "` and its like itself.");
        }
    }

    private static Optional<Table> tableOf(String name) {
        for (Table table : Table.values()) {
            if (table.toString().equals(name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** A line is {@code :CHAIN POLICY}, with counters or without, or {@code -A CHAIN RULE}; a host may have ten thousands of them. */
    private void add(Table table, String line) {
        if (line.startsWith(CHAIN)) {
            String name = word(line, CHAIN.length());
            if (Chains.isOurs(name)) {
                chains.get(table).put(name, new ArrayList<>());
            }
        } else if (line.startsWith(RULE)) {
            String name = word(line, RULE.length());
            int text = RULE.length() + name.length() + 1;
            if (text < line.length()) {
                addRule(table, name, line.substring(text));
            }
        }
    }

    private static String word(String line, int from) {
        int end = line.indexOf(' ', from);
        return line.substring(from, end < 0 ? line.length() : end);
    }

    private void addRule(Table table, String chain, String text) {
        List<ChainLine> own = chains.get(table).get(chain);
        String base = FirewallTable.baseChain(chain);
        if (own != null) {
            own.add(family.parse(text));
        } else if (Chains.isOurs(base) && text.equals(Rule.jump(base).text())) {
            jumps.get(table).add(chain);
        }
    }

    /** What is ours in a table; empty where there is nothing. */
    Optional<FirewallTable> table(Table table) {
        TreeMap<String, List<ChainLine>> own = chains.get(table);
        return own.isEmpty() ? Optional.empty() : Optional.of(new FirewallTable(family, table, own, jumps.get(table)));
    }
}
