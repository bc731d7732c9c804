// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.Hosts;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.RandomNetworks;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A small host, before and after a day's work, whose plans are looked at. */
final class HomeLab {
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<String, List<ChainLine>> filter = new TreeMap<>();

    /** Two networks, two guests. */
    static HostState first() {
        HomeLab lab = new HomeLab();
        lab.network("office", 5, 1500, "10.20.1.1/24", 199, List.of("00:16:3e:77:e2:ed,10.20.1.10,printer"));
        lab.network("test", 20, 1500, "10.20.2.1/24", 150, List.of());
        lab.tap("web", "office", 30, 1);
        lab.tap("build", "test", 33, 1);
        return lab.state();
    }

    /** One network has other settings and one more reservation, one is gone, one is new. */
    static HostState second() {
        HomeLab lab = new HomeLab();
        lab.network(
                "office",
                5,
                9000,
                "10.20.1.1/24",
                150,
                List.of("00:16:3e:77:e2:ed,10.20.1.10,printer", "00:16:3e:77:e2:ee,10.20.1.11,nas"));
        lab.network("guests", 20, 1500, "10.20.3.1/24", 150, List.of());
        lab.tap("web", "office", 30, 1);
        lab.tap("build", "guests", 33, 4);
        return lab.state();
    }

    static Plan make() {
        return plan(first(), HostState.EMPTY);
    }

    static Plan change() {
        return plan(second(), first(), "vt-web-eth0", "vt-build-eth0");
    }

    static Plan destroy() {
        return plan(HostState.EMPTY, first(), "vt-web-eth0");
    }

    static Plan nothing() {
        return plan(first(), first());
    }

    private static Plan plan(HostState wish, HostState now, String... held) {
        return ((Planning.Ready) new Planner(Kinds.TABLE)
                        .plan("kvm1", wish, Hosts.after(now, RandomNetworks.bareHost(), held), Allowances.ALL))
                .plan();
    }

    private void network(String name, int line, int mtu, String address, int last, List<String> reservations) {
        Owner owner = Owner.network(name);
        InterfaceName bridge = new InterfaceName("vbr-" + name);
        String prefix = address.substring(0, address.lastIndexOf('.') + 1);
        add(
                line + 1,
                new Bridge(
                        bridge, owner, MacAddress.parse("52:54:00:6b:3c:01"), mtu, false, 0, true, false, false, true));
        add(line + 2, new BridgeAddress(bridge, owner, InterfaceAddress.parse(address)));
        add(
                line,
                new Dnsmasq(
                        name,
                        owner,
                        bridge,
                        "/run/vnet/dnsmasq/" + name,
                        List.of(
                                "bind-dynamic",
                                "interface=" + bridge,
                                "dhcp-range=" + prefix + "100," + prefix + last + ",255.255.255.0,12h",
                                "dhcp-authoritative"),
                        reservations,
                        List.of(),
                        true));
        filter.put(
                "VNET-OUT-" + bridge,
                List.of(
                        ChainLine.parse("-s " + prefix + "0/24 -o eno1 -j ACCEPT"),
                        ChainLine.parse("-j REJECT --reject-with icmp-port-unreachable")));
        if (mtu == 9000) {
            filter.merge(
                    "VNET-OUT-" + bridge,
                    List.of(ChainLine.parse("-o " + bridge + " -j ACCEPT")),
                    (old, more) -> List.of(more.get(0), old.get(0), old.get(1)));
        }
        List<ChainLine> dispatch = new ArrayList<>(filter.getOrDefault("VNET-OUT", List.of()));
        dispatch.add(ChainLine.parse("-i " + bridge + " -j VNET-OUT-" + bridge));
        filter.put("VNET-OUT", dispatch);
    }

    private void tap(String guest, String network, int line, int queues) {
        add(
                line,
                new Tap(
                        new InterfaceName("vt-" + guest + "-eth0"),
                        Owner.nic(guest, "eth0"),
                        Optional.of(64055L),
                        Optional.empty(),
                        queues > 1,
                        1500,
                        Optional.of(new InterfaceName("vbr-" + network)),
                        true));
    }

    private void add(int line, Resource resource) {
        entries.add(Entry.owned(resource, origin(line)));
    }

    private static Origin origin(int line) {
        return new Origin("lab.vnet", line, 3);
    }

    private HostState state() {
        add(3, new FirewallTable(IpFamily.IPV4, FirewallTable.Table.FILTER, filter, List.of("FORWARD")));
        entries.add(Entry.borrowed(new Setting("eno1", Setting.Key.IPV4_FORWARDING, 1), origin(2)));
        return HostState.of(entries);
    }
}
