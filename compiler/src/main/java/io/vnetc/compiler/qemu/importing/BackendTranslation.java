// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.util.Map;

/** What a card is plugged into, by its type in QEMU. */
final class BackendTranslation {
    /** What has no equal, and what comes nearest. */
    private static final Map<String, String> INSTEAD = Map.of(
            "l2tpv3", "make the tunnel on the host with `ip l2tp`, and plug the guest into a bridge with it",
            "vde", "plug the guest into a network",
            "netmap", "plug the guest into a network",
            "af-xdp", "plug the guest into a network, or give it a device of the host",
            "vmnet-host", "it is of macOS: plug the guest into a network",
            "vmnet-shared", "it is of macOS: plug the guest into a network with `forward nat`",
            "vmnet-bridged", "it is of macOS: plug the guest into a network with `forward bridge`");

    private final Findings findings;
    private final UserTranslation user;
    private final TapTranslation tap;
    private final SocketTranslation sockets;
    private final SwitchTranslation switches;
    private final PasstTranslation passt;

    BackendTranslation(
            Findings findings,
            Diagnostics diagnostics,
            BridgeNetworks networks,
            NeededVersion version,
            Map<String, Settings> chardevs,
            HostKnowledge host) {
        this.findings = findings;
        this.user = new UserTranslation(findings);
        this.tap = new TapTranslation(findings, diagnostics, networks, host);
        this.sockets = new SocketTranslation(findings, version);
        this.switches = new SwitchTranslation(findings, chardevs);
        this.passt = new PasstTranslation(findings);
    }

    /** Says in a NIC what it is plugged into; what cannot be said is reported. */
    Plugged translate(Backend backend, Statement.Block nic) {
        Settings settings = backend.settings();
        Plugged plugged = switch (backend.type()) {
            case "user" -> user.translate(settings, nic);
            case "tap" -> tap.tap(settings, nic);
            case "bridge" -> tap.bridge(settings, nic);
            case "socket" -> sockets.legacy(settings, nic);
            case "stream" -> sockets.stream(settings, nic);
            case "dgram" -> sockets.datagram(settings, nic);
            case "vhost-user" -> switches.vhostUser(settings, nic);
            case "vhost-vdpa" -> switches.vdpa(settings, nic);
            case "passt" -> passt.translate(settings, nic);
            default -> {
                findings.noEqual(
                        nic,
                        settings.from(),
                        INSTEAD.containsKey(backend.type())
                                ? "the language has no such backend"
                                : "QEMU has no backend of that name that is known here",
                        INSTEAD.getOrDefault(backend.type(), "plug the guest into a network"));
                nic.say(settings.from(), "unplugged");
                settings.left().forEach(setting -> settings.takeAll(setting.name()));
                yield Plugged.PLAIN;
            }
        };
        settings.left()
                .forEach(setting ->
                        findings.noEqual(nic, settings.from(setting), "the language has no word for it", "remove it"));
        return plugged;
    }
}
