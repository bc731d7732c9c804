// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.PciAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Devices of the host that a guest is given whole. What they are only the host knows. */
final class HostDeviceTranslation {
    /** Only graphics cards have these. */
    private static final List<String> OF_GRAPHICS = List.of("x-vga", "ramfb", "display", "x-igd-opregion", "x-igd-gms");

    private static final int MOST_ID = 0xffff;

    private final Findings findings;
    private final Diagnostics diagnostics;
    private final Values values;
    private final HostKnowledge host;

    HostDeviceTranslation(Findings findings, Diagnostics diagnostics, HostKnowledge host) {
        this.findings = findings;
        this.diagnostics = diagnostics;
        this.values = new Values(findings);
        this.host = host;
    }

    /** Whether it is a network card, or may be one. */
    boolean isWanted(Part part) {
        if (!(part.kind() instanceof Part.Kind.Pci)) {
            return true;
        }
        boolean graphics =
                OF_GRAPHICS.stream().anyMatch(name -> part.settings().peek(name).isPresent());
        return !graphics && isNetworkCard(part).orElse(true);
    }

    private Optional<Boolean> isNetworkCard(Part part) {
        if (part.settings().peek("failover_pair_id").isPresent()) {
            return Optional.of(true);
        }
        return part.settings()
                .peek("host")
                .flatMap(setting -> address(setting.value()))
                .flatMap(address -> Optional.ofNullable(host.networkCards().get(address)));
    }

    /** Says which it is. */
    void say(Part part, Statement.Block nic) {
        Settings settings = part.settings();
        boolean pci = part.kind() instanceof Part.Kind.Pci;
        boolean known = pci && isNetworkCard(part).isPresent();
        Optional<String> word = pci ? pci(settings, nic) : usb(settings, nic);
        nic.say(settings.from(), word.orElse("unplugged"));
        if (word.isPresent() && !known) {
            diagnostics.report(Diagnostic.warning(
                            DiagnosticCode.TO_FILL_IN,
                            settings.from().place(),
                            "whether this device is a network card the command line does not say")
                    .withHint("remove its `nic` if it is none"));
        }
    }

    private static Optional<PciAddress> address(String text) {
        try {
            return Optional.of(PciAddress.parse(text));
        } catch (LiteralException e) {
            return Optional.empty();
        }
    }

    private Optional<String> pci(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> place = settings.take("host");
        Optional<PciAddress> address = place.flatMap(setting -> address(setting.value()));
        if (address.isEmpty()) {
            findings.noEqual(
                    nic,
                    place.map(settings::from).orElseGet(settings::from),
                    "it names no device by its place on the PCI bus",
                    "write `host=0000:03:00.0`");
        }
        return address.map(there -> "pci " + CardTranslation.word(there.toString()));
    }

    private Optional<String> usb(Settings settings, Statement.Block nic) {
        Optional<Long> vendor = number(settings, "vendorid", nic);
        Optional<Long> product = number(settings, "productid", nic);
        Optional<Long> bus = number(settings, "hostbus", nic);
        Optional<Long> address = number(settings, "hostaddr", nic);
        Optional<Settings.Setting> port = settings.take("hostport");
        From from = settings.from();
        if (vendor.isPresent()
                && product.isPresent()
                && bus.isEmpty()
                && vendor.get() <= MOST_ID
                && product.get() <= MOST_ID) {
            return Optional.of("usb "
                    + CardTranslation.word(String.format(Locale.ROOT, "%04x:%04x", vendor.get(), product.get())));
        }
        if (vendor.isEmpty() && product.isEmpty() && bus.isPresent() && address.isPresent() && port.isEmpty()) {
            return Optional.of("usb " + bus.get() + "." + address.get());
        }
        boolean written =
                port.filter(setting -> setting.value().matches("[0-9.]{1,40}")).isPresent();
        if (vendor.isEmpty() && product.isEmpty() && bus.isPresent() && address.isEmpty() && written) {
            return Optional.of("usb " + bus.get() + "-" + port.orElseThrow().value());
        }
        findings.noEqual(
                nic,
                from,
                "the language names a device on USB in one way",
                "write `vendorid` and `productid`, `hostbus` and `hostaddr`, or `hostbus` and `hostport`");
        return Optional.empty();
    }

    private Optional<Long> number(Settings settings, String name, Statement.Block nic) {
        return settings.take(name).flatMap(setting -> values.number(nic, settings, setting));
    }
}
