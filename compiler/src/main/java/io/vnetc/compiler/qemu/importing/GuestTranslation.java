// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Names;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The guest of one command line. */
final class GuestTranslation {
    private final Findings findings;
    private final Diagnostics diagnostics;
    private final Values values;
    private final BackendTranslation backends;
    private final CardTranslation cards;
    private final HostDeviceTranslation devices;
    private final Statement.Block guest;
    private final String guestName;
    private final Wiring wiring;
    private final Names names = new Names();
    private final Map<String, String> byId = new HashMap<>();
    private final Set<String> standbys = new HashSet<>();
    private final List<CableJoin.End> ends = new ArrayList<>();

    /**
     * @param guest the block that its NICs go into
     * @param wiring what they are plugged into
     */
    GuestTranslation(
            Findings findings,
            Diagnostics diagnostics,
            BackendTranslation backends,
            NeededVersion version,
            HostKnowledge host,
            Statement.Block guest,
            String guestName,
            Wiring wiring) {
        this.findings = findings;
        this.diagnostics = diagnostics;
        this.values = new Values(findings);
        this.backends = backends;
        this.cards = new CardTranslation(findings, version);
        this.devices = new HostDeviceTranslation(findings, diagnostics, host);
        this.guest = guest;
        this.guestName = guestName;
        this.wiring = wiring;
    }

    /** Says each card, then what else is in hubs; gives the sockets, which may be ends of cables. */
    List<CableJoin.End> translate(List<Part> parts) {
        List<Part> wanted = parts.stream().filter(devices::isWanted).toList();
        List<String> called = new ArrayList<>();
        for (Part part : wanted) {
            part.settings().peek("failover_pair_id").ifPresent(pair -> standbys.add(pair.value()));
            String name = name(part);
            part.id().ifPresent(id -> byId.putIfAbsent(id, name));
            called.add(name);
        }
        for (int i = 0; i < wanted.size(); i++) {
            card(wanted.get(i), called.get(i));
        }
        wiring.legs().forEach(this::leg);
        wiring.unused()
                .forEach(backend -> findings.note(
                        backend.settings().from().place(),
                        "`" + backend.settings().title() + "` is left out: no card is plugged into it"));
        return ends;
    }

    /** That of its identifier, in our own arguments without what we put before it. */
    private String name(Part part) {
        Optional<String> netdev = part.plug() instanceof Part.Plugging.Named named
                ? Optional.of(named.id()).map(id -> id.replaceFirst("^host-?(?=.)", ""))
                : Optional.empty();
        return fresh(part.id()
                .map(id -> id.replaceFirst("^nic-(?=.)", ""))
                .or(() -> netdev)
                .orElse("net0"));
    }

    private String fresh(String wanted) {
        String name = wanted;
        for (int i = 1; names.all().containsKey(name); i++) {
            name = wanted.equals("net0") ? "net" + i : wanted + "-" + (i + 1);
        }
        return names.of(name);
    }

    private void card(Part part, String name) {
        Settings settings = part.settings();
        Statement.Block nic = new Statement.Block("nic " + Spelling.name(name), settings.from());
        guest.add(nic);
        values.known(nic, settings);
        if (part.kind() instanceof Part.Kind.Unknown unknown) {
            findings.noEqual(
                    nic,
                    settings.from(),
                    "`" + Findings.printable(unknown.driver()) + "` is no card that is known here",
                    "name one of those of `device`, such as virtio-net-pci or e1000e");
            plug(part, nic);
            settings.left().forEach(setting -> settings.takeAll(setting.name()));
        } else if (part.kind() instanceof Part.Kind.Emulated emulated) {
            Plugged plugged = plug(part, nic);
            standby(settings, part, nic);
            cards.emulated(settings, emulated.model(), plugged, nic);
            plugged.socket().ifPresent(socket -> ends.add(new CableJoin.End(guestName, name, socket)));
        } else {
            devices.say(part, nic);
            pair(settings, nic);
            cards.given(settings, part.kind() instanceof Part.Kind.Usb, nic);
        }
    }

    private Plugged plug(Part part, Statement.Block nic) {
        From from = part.settings().from();
        Wiring.Plug plug;
        if (part.plug() instanceof Part.Plugging.Own own) {
            plug = new Wiring.Plug.Direct(own.backend());
        } else if (part.plug() instanceof Part.Plugging.Named named) {
            plug = wiring.plug(named.id());
        } else if (part.plug() instanceof Part.Plugging.Hub hub) {
            plug = wiring.plug(hub.number());
        } else {
            plug = new Wiring.Plug.Loose();
        }
        if (plug instanceof Wiring.Plug.Direct direct) {
            values.known(nic, direct.backend().settings());
            return backends.translate(direct.backend(), nic);
        }
        if (plug instanceof Wiring.Plug.InHub hub) {
            nic.say(from, "hub hub" + hub.number());
            return Plugged.PLAIN;
        }
        if (plug instanceof Wiring.Plug.Missing missing) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.COMMAND_LINE,
                            from.place(),
                            "there is no free `-netdev` with the id `" + Findings.printable(missing.id()) + "`")
                    .withHint("give it as well, and plug one card into each"));
        }
        nic.say(from, "unplugged");
        return Plugged.PLAIN;
    }

    /** A standby is one by what names it. */
    private void standby(Settings settings, Part part, Statement.Block nic) {
        settings.take("failover")
                .filter(setting -> values.flag(nic, settings, setting).orElse(false))
                .filter(setting -> part.id().filter(standbys::contains).isEmpty())
                .ifPresent(setting -> findings.noEqual(
                        nic,
                        settings.from(setting),
                        "no device of the host names it as its standby",
                        "give that device as well, with `failover_pair_id`"));
    }

    private void pair(Settings settings, Statement.Block nic) {
        settings.take("failover_pair_id").ifPresent(pair -> {
            String standby = byId.get(pair.value());
            if (standby == null) {
                findings.noEqual(nic, settings.from(pair), "there is no card of that id", "give it as well");
            } else {
                nic.say(settings.from(pair), "failover " + Spelling.name(standby));
            }
        });
    }

    /** A backend in a hub has no card, and is a NIC of the language all the same. */
    private void leg(Backend backend, int hub) {
        Settings settings = backend.settings();
        SourceRange place = settings.from().place();
        String name =
                fresh(backend.id().map(id -> id.replaceFirst("^host-(?=.)", "")).orElse("leg" + hub));
        Statement.Block nic = new Statement.Block("nic " + Spelling.name(name), settings.from());
        guest.add(nic);
        nic.say(new From(settings.title(), place), "hub hub" + hub);
        values.known(nic, settings);
        Plugged plugged = backends.translate(backend, nic);
        if (plugged.takesVhost() && plugged.vhost()) {
            nic.say(settings.from(), "vhost on");
        }
        if (plugged.queues() > 1) {
            findings.noEqual(nic, settings.from(), "what is in a hub has one queue", "remove `queues`");
        }
    }
}
