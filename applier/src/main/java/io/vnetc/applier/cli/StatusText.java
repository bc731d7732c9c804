// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.status.Lease;
import io.vnetc.applier.status.NetworkStatus;
import io.vnetc.applier.status.NetworkStatus.GuestPort;
import io.vnetc.applier.status.Status;
import io.vnetc.compiler.state.RunningGuest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A status for a person, within 80 columns where names are no longer than usual. */
final class StatusText {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ROOT);

    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    StatusText(Paint paint) {
        this.paint = paint;
    }

    String text(Status status) {
        if (status.networks().isEmpty()
                && status.rules() == 0
                && status.borrowed().isEmpty()) {
            lines.add("vnetc owns nothing on " + status.host() + ".");
        }
        for (NetworkStatus network : status.networks()) {
            network(network);
            lines.add("");
        }
        status.guests().forEach(this::commands);
        if (status.rules() > 0) {
            row("rules", status.rules() + " of the packet filter");
        }
        status.borrowed().forEach(setting -> row("borrowed", setting));
        health(status);
        return String.join("\n", lines) + "\n";
    }

    private void network(NetworkStatus network) {
        lines.add(
                network.isOwned()
                        ? paint.bold(network.name()) + "  " + paint.cyan(network.bridge())
                        : paint.bold(network.bridge()) + paint.dim("  a link that was there before"));
        network.addresses().forEach(address -> row("address", address));
        network.routes().forEach(route -> row("route", route));
        network.service()
                .ifPresent(service -> row(
                        "dhcp, dns",
                        service.isRunning()
                                ? paint.green("running")
                                        + service.process()
                                                .map(process -> paint.dim("  dnsmasq, pid " + process))
                                                .orElse("")
                                : paint.red("not running")));
        network.leases().forEach(this::lease);
        network.guests().forEach(this::guest);
    }

    private void lease(Lease lease) {
        String until = lease.expiry() == 0
                ? "for ever"
                : "until " + UNTIL.format(Instant.ofEpochSecond(lease.expiry()).atZone(ZoneId.systemDefault()));
        row(
                "lease",
                "%-16s %-16s %s  %s"
                        .formatted(lease.address(), lease.name().orElse("-"), lease.client(), paint.dim(until)));
    }

    private void guest(GuestPort guest) {
        String state = guest.isHeld()
                ? paint.green("running")
                        + guest.holder().map(holder -> paint.dim("  " + holder)).orElse("")
                : paint.dim("not running");
        row("guest", "%-16s %-16s ".formatted(guest.guest(), guest.tap()) + state);
    }

    private void commands(String name, RunningGuest guest) {
        row(
                "commands",
                "%-16s ".formatted(name)
                        + guest.silence()
                                .map(why ->
                                        paint.red("does not answer") + paint.dim("  " + guest.socket() + ": " + why))
                                .orElseGet(() -> paint.green("answers") + paint.dim("  " + guest.socket())));
    }

    private void health(Status status) {
        if (!status.isApplied()) {
            return;
        }
        if (status.differences().isEmpty()) {
            row("health", paint.green("✓") + " all is as it was applied");
            return;
        }
        row("health", paint.red("✗") + " not as it was applied:");
        status.differences().forEach(difference -> row("", "  " + difference));
        row("", "To mend it: vnetc apply");
    }

    private void row(String label, String value) {
        lines.add("  " + paint.dim("%-10s".formatted(label)) + " " + value);
    }
}
