// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.compiler.state.HostFacts.Feature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What can be done with bridges here. */
final class BridgeFeatures {
    private static final Path CONFIGURATION = Path.of("/proc/config.gz");
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
    private static final String VLANS = "CONFIG_BRIDGE_VLAN_FILTERING=y";

    private BridgeFeatures() {}

    static void observe(LinkView links, StateBuilder into) {
        List<Seen> bridges =
                links.all().stream().filter(seen -> seen.sort() == Sort.BRIDGE).toList();
        if (bridges.isEmpty() ? isConfigured() : bridges.stream().anyMatch(seen -> PortView.knowsVlans(seen.link()))) {
            into.feature(Feature.BRIDGE_VLANS);
        }
    }

    /**
     * Whether the kernel was built with VLANs of bridges, as far as it says so where there is no bridge to look at; where
     * nobody says it, it is taken to be as every distribution's is.
     */
    private static boolean isConfigured() {
        try {
            Path packaged = Path.of("/boot/config-" + Files.readString(RELEASE).strip());
            if (Files.isReadable(CONFIGURATION)) {
                try (InputStream packed = Files.newInputStream(CONFIGURATION);
                        InputStream text = new GZIPInputStream(packed)) {
                    return says(text);
                }
            }
            if (Files.isReadable(packaged)) {
                try (InputStream text = Files.newInputStream(packaged)) {
                    return says(text);
                }
            }
        } catch (IOException e) {
            return true;
        }
        return true;
    }

    private static boolean says(InputStream text) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.US_ASCII))) {
            return reader.lines().anyMatch(VLANS::equals);
        }
    }
}
