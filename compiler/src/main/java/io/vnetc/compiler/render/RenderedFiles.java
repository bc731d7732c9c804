// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render;

import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.RuleFamily;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.render.iptables.RestoreFile;
import io.vnetc.compiler.render.json.PlanJson;
import io.vnetc.compiler.render.plan.PlanText;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.state.Entry;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one host is to be, as files to be kept and compared: the same source gives the same bytes. Nobody looked at the
 * host, so it is taken for one that has all that is needed and nothing of ours yet.
 */
public final class RenderedFiles {
    private static final String SYSCTL = "sysctl -w ";

    private RenderedFiles() {}

    /** The files, by their path relative to the host's folder. */
    public static SortedMap<String, String> of(String host, Lowered lowered) {
        Plan plan = new Planner(Kinds.TABLE).blueprint(host, lowered.desired());
        List<String> netlink = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (!(step.resource() instanceof FirewallTable || step.resource() instanceof Dnsmasq)) {
                for (String command : Kinds.TABLE.commands(step.before(), step.after())) {
                    if (command.startsWith(SYSCTL)) {
                        settings.add(command.substring(SYSCTL.length()));
                    } else {
                        netlink.add(command);
                    }
                }
            }
        }
        TreeMap<String, String> files = new TreeMap<>();
        files.put("plan.txt", new PlanText(Kinds.TABLE, false).render(plan));
        files.put("plan.json", new PlanJson(Kinds.TABLE).write(plan));
        files.put("netlink.txt", text(netlink));
        files.put("sysctl.conf", text(settings));
        files.put("iptables/v4.rules", text(RestoreFile.of(lowered.desired(), IpFamily.IPV4)));
        files.put("iptables/v6.rules", text(RestoreFile.of(lowered.desired(), IpFamily.IPV6)));
        List<String> frames = RestoreFile.of(lowered.desired(), RuleFamily.BRIDGE);
        if (!frames.isEmpty()) {
            files.put("ebtables/bridge.rules", text(frames));
        }
        for (Entry entry : lowered.desired().entries().values()) {
            if (entry.resource() instanceof Dnsmasq dnsmasq) {
                String name = "dnsmasq/" + dnsmasq.network();
                files.put(name + ".conf", text(dnsmasq.configuration()));
                files.put(name + "." + Dnsmasq.DHCP_HOSTS_FILE, text(dnsmasq.dhcpHosts()));
                files.put(name + "." + Dnsmasq.DNS_HOSTS_FILE, text(dnsmasq.dnsHosts()));
            }
        }
        for (QemuArguments guest : lowered.guests()) {
            files.put("qemu/" + guest.guest() + ".args", text(guest.arguments()));
        }
        return files;
    }

    private static String text(List<String> lines) {
        return Dnsmasq.fileText(lines);
    }
}
