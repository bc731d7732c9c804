// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.iptables;

import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.RuleFamily;
import io.vnetc.compiler.state.HostState;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All rules of one family, as {@code iptables-restore --noflush} takes them on a host that has none of ours yet. */
public final class RestoreFile {
    private RestoreFile() {}

    public static List<String> of(HostState state, IpFamily family) {
        return of(state, RuleFamily.of(family));
    }

    /** The lines; none where the state has no rules of the family. Address translation comes before what it is for. */
    public static List<String> of(HostState state, RuleFamily family) {
        List<String> lines = new ArrayList<>();
        for (FirewallTable.Table table : family.tables()) {
            state.find(FirewallTable.address(family, table))
                    .map(entry -> (FirewallTable) entry.resource())
                    .ifPresent(rules -> lines.addAll(FirewallTable.restoreText(Optional.empty(), Optional.of(rules))));
        }
        return lines;
    }
}
