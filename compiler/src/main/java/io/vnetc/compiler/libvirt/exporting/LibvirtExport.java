// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlWriter;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes networks, and guests' NICs, as libvirt's XML. */
public final class LibvirtExport {
    private LibvirtExport() {}

    /**
     * What came of it.
     *
     * @param documents by network, in the order of their names; empty where there are errors
     * @param diagnostics what cannot be said, with its place in the source
     */
    public record Exported(SortedMap<String, String> documents, Diagnostics diagnostics) {}

    /**
     * Writes them.
     *
     * @param only the one that is wanted; absent: all
     * @param lenient whether a comment stands for what libvirt cannot say, and not an error
     */
    public static Exported of(Model model, Optional<String> only, boolean lenient) {
        Diagnostics diagnostics = new Diagnostics();
        Unsayable unsayable = new Unsayable(diagnostics, lenient);
        SortedMap<String, String> documents = new TreeMap<>();
        NetworkXml networks = new NetworkXml(pools(model), unsayable);
        model.permissions().forEach(rule -> unsayable.report(rule.origin(), "rules between networks"));
        for (Network network : model.networks()) {
            if (only.isEmpty() || only.get().equals(network.name())) {
                String xml = XmlWriter.document(networks.of(network));
                documents.put(network.name(), comments(unsayable.takeComments()) + xml);
            }
        }
        return new Exported(diagnostics.hasErrors() ? new TreeMap<>() : documents, diagnostics);
    }

    /**
     * What came of a guest.
     *
     * @param text its NICs' elements, one after the other; empty where there are errors
     * @param diagnostics what cannot be said, with its place in the source
     */
    public record ExportedGuest(String text, Diagnostics diagnostics) {}

    /**
     * Writes the NICs of a guest as elements of a domain's devices.
     *
     * @param model that the guest is of
     * @param lenient whether a comment stands for what libvirt cannot say, and not an error
     */
    public static ExportedGuest of(Model model, Guest guest, boolean lenient) {
        Diagnostics diagnostics = new Diagnostics();
        Unsayable unsayable = new Unsayable(diagnostics, lenient);
        InterfaceXml interfaces = new InterfaceXml(pools(model), unsayable);
        StringBuilder text = new StringBuilder();
        for (Nic nic : guest.nics()) {
            Optional<XmlElement> element = interfaces.of(nic, mtu(model, nic));
            text.append(comments(unsayable.takeComments()));
            element.map(XmlWriter::document).ifPresent(text::append);
        }
        return new ExportedGuest(diagnostics.hasErrors() ? "" : text.toString(), diagnostics);
    }

    private static int mtu(Model model, Nic nic) {
        return nic.mtu()
                .or(() -> model.networks().stream()
                        .filter(network -> nic.isOn(network.name()))
                        .map(network -> network.bridge().mtu())
                        .findFirst())
                .orElse(QemuArguments.ETHERNET_MTU);
    }

    private static Map<String, Pool> pools(Model model) {
        return model.pools().stream().collect(Collectors.toMap(Pool::name, Function.identity()));
    }

    private static String comments(List<String> comments) {
        StringBuilder text = new StringBuilder();
        comments.forEach(comment -> text.append("<!-- ").append(comment).append(" -->\n"));
        return text.toString();
    }
}
