// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources and states to apply. */
final class Samples {
    static final Setting FORWARDING_OFF = new Setting("eno1", Setting.Key.IPV4_FORWARDING, 0);
    static final Setting FORWARDING_ON = new Setting("eno1", Setting.Key.IPV4_FORWARDING, 1);

    private Samples() {}

    static ForeignLink uplink() {
        return new ForeignLink(
                "eno1",
                "ether",
                1500,
                Optional.of(MacAddress.parse("00:16:3e:00:00:01")),
                true,
                Optional.empty(),
                Optional.empty());
    }

    static Bridge bridge(String network, int mtu) {
        return new Bridge(
                new InterfaceName("vbr-" + network),
                Owner.network(network),
                MacAddress.parse("52:54:00:00:00:01"),
                mtu,
                false,
                0,
                true,
                false,
                false,
                true);
    }

    static BridgeAddress address(String network, String inet) {
        return new BridgeAddress(
                new InterfaceName("vbr-" + network), Owner.network(network), InterfaceAddress.parse(inet));
    }

    /** Each resource on a source line of its own, counted from 1. */
    static HostState desired(Resource... resources) {
        List<Entry> entries = new ArrayList<>();
        for (Resource resource : List.of(resources)) {
            Origin origin = new Origin("lab.vnet", entries.size() + 1, 1);
            entries.add(resource instanceof Setting ? Entry.borrowed(resource, origin) : Entry.owned(resource, origin));
        }
        return HostState.of(entries);
    }
}
