// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A picture of a host's networks: what is outside on top, guests below their network. */
final class Topology {
    private final Model model;
    private final String host;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private Topology(Model model, String host, Paint paint) {
        this.model = model;
        this.host = host;
        this.paint = paint;
    }

    /** The lines of the picture. */
    static List<String> draw(Model model, String host, Paint paint) {
        Topology topology = new Topology(model, host, paint);
        topology.draw();
        return topology.lines;
    }

    private void draw() {
        List<Network> networks = model.networks().stream()
                .filter(network -> network.host().map(host::equals).orElse(true))
                .toList();
        lines.add("   " + paint.dim("the world outside") + uplinks());
        for (int i = 0; i < networks.size(); i++) {
            network(networks.get(i), i == networks.size() - 1);
        }
    }

    private String uplinks() {
        String names = model.hosts().stream()
                .filter(declared -> declared.name().equals(host))
                .flatMap(declared -> declared.uplinks().stream())
                .map(uplink -> uplink.link().text() + " (" + uplink.role() + ")")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : paint.dim(": ") + names;
    }

    private void network(Network network, boolean isLast) {
        String rail = isLast ? " " : "│";
        lines.add(paint.dim("    │"));
        StringBuilder line = new StringBuilder("    ")
                .append(paint.dim(isLast ? "└" : "├"))
                .append(way(network.forwarding()))
                .append(paint.bold(network.name()))
                .append("  ")
                .append(paint.cyan(network.bridge().name().text()));
        network.subnets().forEach(subnet -> line.append("  ").append(subnet.network()));
        lines.add(line.toString());
        List<Nic> nics = model.guests().stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> nic.isOn(network.name()))
                .toList();
        for (int i = 0; i < nics.size(); i++) {
            Nic nic = nics.get(i);
            lines.add("    " + paint.dim(rail + "            " + (i == nics.size() - 1 ? "└─ " : "├─ "))
                    + "%-14s".formatted(nic.guest() + "." + nic.name())
                    + paint.dim("  %-15s  %s".formatted(end(nic.attachment()), nic.mac())));
        }
    }

    private static String end(Attachment attachment) {
        return attachment instanceof Attachment.Function function
                ? function.member().toString()
                : attachment.link().map(InterfaceName::text).orElse("");
    }

    /** Twelve columns, so that names stand below each other. */
    private String way(Forwarding forwarding) {
        if (forwarding instanceof Forwarding.Nat) {
            return paint.green("── nat ───▶ ");
        }
        if (forwarding instanceof Forwarding.Routed) {
            return paint.green("◀─ route ─▶ ");
        }
        if (forwarding instanceof Forwarding.Open) {
            return paint.yellow("◀─ open ──▶ ");
        }
        if (forwarding instanceof Forwarding.ExistingBridge) {
            return paint.green("── bridge ─ ");
        }
        if (forwarding instanceof Forwarding.ManagedBridge) {
            return paint.green("══ bridge ═ ");
        }
        if (forwarding instanceof Forwarding.Macvtap) {
            return paint.green("══ macvtap  ");
        }
        if (forwarding instanceof Forwarding.Hostdev) {
            return paint.green("══ hostdev  ");
        }
        return paint.dim("╌╌ isolated ");
    }
}
