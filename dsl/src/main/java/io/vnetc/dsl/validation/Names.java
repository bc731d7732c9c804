// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.scoping.Definitions;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Dhcp;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.Pool;
import io.vnetc.dsl.vnet.Portgroup;
import io.vnetc.dsl.vnet.Reservation;
import io.vnetc.dsl.vnet.Subnet;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.Uplink;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;

/** Names differ where they are of one kind, have a form that is safe in a path and an argument, and portgroups exist. */
final class Names {
    private static final int LONGEST = 63;

    private final ParsedSources sources;

    Names(ParsedSources sources) {
        this.sources = sources;
    }

    void check() {
        List<Host> hosts = sources.declarations(Host.class);
        List<Network> networks = sources.declarations(Network.class);
        List<Guest> guests = sources.declarations(Guest.class);
        differ("host", "", hosts, Host::getName, true);
        differ("network", "", networks, Network::getName, false);
        differ("pool", "", sources.declarations(Pool.class), Pool::getName, false);
        definitions();
        // Guests with a range are told apart when they are counted out.
        differ(
                "vm",
                "",
                guests.stream().filter(guest -> guest.getRange() == null).toList(),
                Guest::getName,
                false);
        guests.stream()
                .filter(guest -> guest.getRange() != null)
                .forEach(guest -> form(guest, guest.getName(), "vm", false));
        for (Host host : hosts) {
            differ("uplink", " in host `" + host.getName() + "`", host.getUplinks(), Uplink::getName, false);
        }
        networks.forEach(this::inNetwork);
        for (Guest guest : guests) {
            differ("nic", " in vm `" + guest.getName() + "`", guest.getNics(), Nic::getName, false);
            guest.getNics().forEach(this::portgroup);
        }
    }

    private void definitions() {
        sources.declarations(Let.class).forEach(let -> form(let, let.getName(), "let", false));
        sources.declarations(Template.class).forEach(each -> form(each, each.getName(), "template", false));
        for (Definitions.Clash clash : sources.definitions().clashes()) {
            EObject name = clash.second();
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.DUPLICATE_NAME,
                                    sources.nameOf(clash.second()),
                                    "there are two " + clash.kind() + "s `"
                                            + name.eGet(name.eClass().getEStructuralFeature("name")) + "`")
                            .withHint("rename one of them")
                            .withRelated(sources.nameOf(clash.first()), "the first one is here"));
        }
    }

    private void inNetwork(Network network) {
        differ(
                "portgroup",
                " in network `" + network.getName() + "`",
                network.getPortgroups(),
                Portgroup::getName,
                false);
        for (Subnet subnet : network.getSubnets()) {
            for (Dhcp dhcp : subnet.getDhcp()) {
                List<Reservation> named = dhcp.getReservations().stream()
                        .filter(reservation -> reservation.getName() != null)
                        .toList();
                differ("DHCP host", " in one `dhcp`", named, Reservation::getName, true);
            }
        }
    }

    private <T extends EObject> void differ(
            String kind, String where, List<T> named, Function<T, String> nameOf, boolean dots) {
        Map<String, T> first = new HashMap<>();
        for (T each : named) {
            String name = nameOf.apply(each);
            if (name == null) {
                continue;
            }
            form(each, name, kind, dots);
            T before = first.putIfAbsent(name, each);
            if (before != null) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.DUPLICATE_NAME,
                                        sources.nameOf(each),
                                        "there are two " + kind + "s `" + name + "`" + where)
                                .withHint("rename one of them")
                                .withRelated(sources.nameOf(before), "the first one is here"));
            }
        }
    }

    private void form(EObject object, String name, String kind, boolean dots) {
        if (name.length() > LONGEST) {
            formError(
                    object,
                    "the name of a " + kind + " has at most " + LONGEST + " characters, and this has " + name.length(),
                    "take a shorter one");
        } else if (!dots && name.contains(".")) {
            formError(
                    object,
                    "the name of a " + kind + " has no `.` in it",
                    "dots part a network from its portgroup, and a vm from its nic");
        } else if (name.contains("..") || name.endsWith(".") || name.endsWith("-")) {
            formError(
                    object, "the name of a " + kind + " ends with a letter, a digit or `_`, also before each `.`", "");
        }
    }

    private void formError(EObject object, String message, String hint) {
        Diagnostic diagnostic = Diagnostic.error(DiagnosticCode.NAME_FORM, sources.nameOf(object), message);
        sources.diagnostics().report(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint));
    }

    private void portgroup(Nic nic) {
        if (nic.getNetworks().isEmpty() || nic.getNetworks().get(0).eIsProxy()) {
            return;
        }
        Network network = nic.getNetworks().get(0);
        List<String> known =
                network.getPortgroups().stream().map(Portgroup::getName).toList();
        for (int i = 0; i < nic.getPortgroups().size(); i++) {
            String name = nic.getPortgroups().get(i);
            if (!known.contains(name)) {
                String hint = Similar.to(name, known)
                        .map(similar -> "did you mean `" + similar + "`?")
                        .orElse(
                                known.isEmpty()
                                        ? "declare it in the network: `portgroup " + name + " { … }`"
                                        : "there are: `" + String.join("`, `", known) + "`");
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.UNKNOWN_NAME,
                                        sources.rangeOf(nic, Literals.NIC__PORTGROUPS, i),
                                        "network `" + network.getName() + "` has no portgroup `" + name + "`")
                                .withHint(hint)
                                .withRelated(sources.nameOf(network), "the network is here"));
            }
        }
    }
}
