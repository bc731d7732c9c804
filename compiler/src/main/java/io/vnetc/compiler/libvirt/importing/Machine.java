// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a guest's NICs have from its machine, where they do not say it themselves. */
final class Machine {
    /** One that nothing is known of: libvirt's default, a PC. */
    static final Machine UNKNOWN = new Machine(XmlElement.of("domain"));

    /** Machines whose root is PCI Express. */
    private static final Pattern EXPRESS = Pattern.compile("(pc-)?q35.*|virt(-.*)?");

    private final XmlElement domain;

    Machine(XmlElement domain) {
        this.domain = domain;
    }

    private Optional<XmlElement> type() {
        return domain.element("os").flatMap(os -> os.element("type"));
    }

    private String architecture() {
        return type().flatMap(type -> type.value("arch")).orElse("x86_64");
    }

    private String kind() {
        return type().flatMap(type -> type.value("machine")).orElse("pc");
    }

    /** The card where none is said: qemuDomainDefaultNetModel() of libvirt's src/qemu/qemu_domain.c. */
    String card() {
        String architecture = architecture();
        boolean isVirt = kind().matches("virt(-.*)?");
        if (architecture.startsWith("s390") || isVirt) {
            return "virtio";
        }
        if (architecture.startsWith("ppc64") && kind().matches("pseries.*")) {
            return "spapr-vlan";
        }
        if (architecture.startsWith("arm") || architecture.startsWith("aarch64")) {
            return kind().equals("versatilepb") ? "smc91c111" : "lan9118";
        }
        return "rtl8139";
    }

    /** Whether virtio is spoken through channels and not on a PCI bus, where nothing is said. */
    boolean hasChannels() {
        return architecture().startsWith("s390");
    }

    /** What QEMU calls the PCI bus of a number. */
    String pciBus(long number) {
        Optional<XmlElement> controller = controllers().stream()
                .filter(each -> each.says("type", "pci") && each.says("index", Long.toString(number)))
                .findFirst();
        boolean isExpress = controller
                .flatMap(each -> each.value("model"))
                .map(model -> model.equals("pcie-root"))
                .orElseGet(() -> EXPRESS.matcher(kind()).matches());
        if (number == 0) {
            return isExpress ? "pcie.0" : "pci.0";
        }
        return controller
                .flatMap(each -> each.element("alias"))
                .flatMap(alias -> alias.value("name"))
                .orElse("pci." + number);
    }

    /** What QEMU calls the USB of a number. */
    static String usbBus(long number) {
        return number == 0 ? "usb.0" : "usb" + number + ".0";
    }

    private List<XmlElement> controllers() {
        return domain.element("devices").stream()
                .flatMap(devices -> devices.elements("controller").stream())
                .toList();
    }

    /** When a machine starts from its network, counted from 1: it tries the first card, and no other. */
    Optional<Integer> networkBoot() {
        List<XmlElement> devices =
                domain.element("os").map(os -> os.elements("boot")).orElse(List.of());
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).says("dev", "network")) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }
}
