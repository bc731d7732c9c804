// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static io.vnetc.compiler.testing.Networks.LAN;

import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Qos;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.testing.Networks;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Wishes of the real kinds, as lowering makes them of random models, and the host that they are for. */
public final class RandomNetworks {
    private RandomNetworks() {}

    /** A host with the uplink {@link Networks#LAN} and nothing of ours. */
    public static List<Entry> bareHost() {
        List<Entry> entries = new ArrayList<>();
        entries.add(Hosts.foreign(new ForeignLink(
                "eno1",
                "ether",
                1500,
                Optional.of(MacAddress.parse("52:54:00:12:34:56")),
                true,
                Optional.empty(),
                Optional.of("to the rack switch"))));
        for (Setting.Key key : Setting.Key.values()) {
            if (key != Setting.Key.IPV6_FORWARDING) {
                entries.add(Hosts.foreign(new Setting("eno1", key, key == Setting.Key.IPV6_ACCEPT_RA ? 1 : 0)));
            }
        }
        return entries;
    }

    /** What a random model makes of the host. */
    public static HostState wish(Random random) {
        List<Network> networks = new ArrayList<>();
        List<Nic> nics = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            String base = "10.20." + i + ".";
            Networks.Builder network = Networks.network(
                    "n" + i,
                    switch (random.nextInt(3)) {
                        case 0 -> Networks.isolated();
                        case 1 -> Networks.nat(LAN);
                        default -> Networks.routed(LAN);
                    });
            network.subnet(Networks.with(
                    Networks.subnet(base + "0/24", base + (random.nextBoolean() ? "1" : "254")),
                    Networks.dhcp(base + "100", base + (150 + random.nextInt(40)), Duration.ofHours(12))));
            if (random.nextBoolean()) {
                network.subnet(Networks.advertised("fd00:20:" + i + "::/64", "fd00:20:" + i + "::1"));
            }
            if (random.nextInt(3) == 0) {
                network.route("10.99." + i + ".0/24", base + "7");
            }
            network.qos(rates(random));
            networks.add(network.build());
        }
        for (int guest = 0; guest < 5 && !networks.isEmpty(); guest++) {
            String network = networks.get(random.nextInt(networks.size())).name();
            nics.add(Networks.limited(
                    Networks.nic("vm" + guest, "eth0", network, 1 + random.nextInt(2), Optional.empty()),
                    new MacAddress(0x5254_0000_0100L + guest),
                    rates(random)));
        }
        Model model = Networks.model("kvm1", List.of(LAN), networks, nics.toArray(Nic[]::new));
        return Lowering.lower(model, "kvm1", Surroundings.ASSUMED).desired();
    }

    private static Qos rates(Random random) {
        return Networks.qos(rate(random), rate(random));
    }

    private static Optional<Rate> rate(Random random) {
        return random.nextInt(3) == 0 ? Optional.of(new Rate(1_000_000L * (1 + random.nextInt(4)))) : Optional.empty();
    }
}
