// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.finds;

import io.vnetc.applier.host.Paths;
import io.vnetc.compiler.hostsource.HostFinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for what runs the networks of a host beside us. */
public final class HostSearch {
    private HostSearch() {}

    /**
     * What there is in this network namespace.
     *
     * @param paths where our own things are
     */
    public static HostFinds run(Paths paths) throws IOException {
        TreeMap<String, List<String>> finds = new TreeMap<>();
        merge(finds, LibvirtNetworks.remarks(LibvirtNetworks.FOLDER));
        merge(finds, DnsmasqProcesses.remarks(paths.run()));
        return new HostFinds(finds);
    }

    private static void merge(Map<String, List<String>> into, Map<String, List<String>> from) {
        from.forEach((link, remarks) ->
                into.computeIfAbsent(link, none -> new ArrayList<>()).addAll(remarks));
    }
}
