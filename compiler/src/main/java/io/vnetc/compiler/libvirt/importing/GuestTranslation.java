// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.ElementType;
import io.vnetc.compiler.libvirt.schema.InterfaceSchema;
import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.compiler.libvirt.xml.XmlAttribute;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A guest, of which its NICs are all that is looked at: {@code <domain>}. */
final class GuestTranslation {
    /** Elements that hand words to QEMU past libvirt. */
    private static final String QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

    private static final Set<String> NIC_OPTIONS = Set.of("-netdev", "-nic", "-net");
    /** Before aliases that are the user's own. */
    private static final String OWN_ALIAS = "ua-";

    private final Findings findings;
    private final InterfaceTranslation interfaces;

    GuestTranslation(Findings findings, InterfaceTranslation interfaces) {
        this.findings = findings;
        this.interfaces = interfaces;
    }

    /**
     * What a NIC has from its guest.
     *
     * @param name of the guest
     * @param nics by their aliases, how they are called
     * @param teamed aliases of NICs that another says it stands in for
     */
    record Guest(String name, Machine machine, Map<String, String> nics, Set<String> teamed) {}

    /** Fills the block of a guest with the NICs of its domain. */
    void domain(XmlElement domain, String name, Statement.Block out) {
        List<XmlElement> nics = new ArrayList<>();
        domain.elements("devices").forEach(devices -> {
            nics.addAll(devices.elements("interface"));
            // A device that a NIC stands in for is a NIC as well.
            devices.elements("hostdev").stream()
                    .filter(device -> device.element("teaming").isPresent())
                    .forEach(nics::add);
        });
        nics(nics, "domain/devices/", new Machine(domain), name, out);
        past(domain, out);
    }

    /** Fills the block of a guest with NICs that stand for themselves. */
    void bare(List<XmlElement> nics, String name, Statement.Block out) {
        nics(nics, "", Machine.UNKNOWN, name, out);
    }

    private void nics(List<XmlElement> nics, String path, Machine machine, String guest, Statement.Block out) {
        Names names = new Names();
        List<String> called = new ArrayList<>();
        Map<String, String> byAlias = new HashMap<>();
        Set<String> teamed = new HashSet<>();
        for (int i = 0; i < nics.size(); i++) {
            XmlElement nic = nics.get(i);
            Optional<String> alias = nic.element("alias").flatMap(each -> each.value("name"));
            String name = names.fresh(alias.filter(each -> each.startsWith(OWN_ALIAS))
                    .map(each -> each.substring(OWN_ALIAS.length()))
                    .orElse("eth" + i));
            called.add(name);
            alias.ifPresent(each -> byAlias.put(each, name));
            nic.element("teaming").flatMap(each -> each.value("persistent")).ifPresent(teamed::add);
        }
        Guest context = new Guest(guest, machine, byAlias, teamed);
        for (int i = 0; i < nics.size(); i++) {
            XmlElement nic = nics.get(i);
            String name = called.get(i);
            boolean isFirst = i == 0;
            Statement.Block block =
                    new Statement.Block("nic " + Spelling.name(name), new From(path + nic.local(), nic.place()));
            boolean isDevice = nic.local().equals("hostdev");
            check(nic, isDevice ? InterfaceSchema.HOST_DEVICE : InterfaceSchema.INTERFACE, path, block)
                    .ifPresent(checked -> {
                        Node node = new Node(checked, path + nic.local());
                        if (isDevice) {
                            interfaces.hostDevice(node, name, context, block);
                        } else {
                            interfaces.translate(node, name, isFirst, context, block);
                        }
                    });
            out.add(block);
        }
    }

    private Optional<XmlElement> check(XmlElement nic, ElementType type, String path, Statement.Block out) {
        List<SchemaCheck.Problem> problems = new ArrayList<>();
        Optional<XmlElement> checked = SchemaCheck.checked(nic, type, problems::add);
        problems.forEach(
                problem -> findings.schema(out, new SchemaCheck.Problem(path + problem.path(), problem.diagnostic())));
        if (checked.isEmpty()) {
            out.say(new From(path + nic.local(), nic.place()), "unplugged");
        }
        return checked;
    }

    /** What reaches QEMU past libvirt, and is a NIC, or changes one. */
    private void past(XmlElement domain, Statement.Block out) {
        for (XmlElement element : domain.elements()) {
            if (!element.name().namespace().equals(QEMU)) {
                continue;
            }
            for (XmlElement inner : element.elements()) {
                Optional<XmlAttribute> argument =
                        inner.attribute("value").filter(value -> NIC_OPTIONS.contains(value.value()));
                argument.ifPresent(value -> findings.noEqual(
                        out,
                        new From("domain/" + element.name() + "/" + inner.name() + "/@value", value.place()),
                        "it is an argument of QEMU's own, which libvirt does not look into",
                        "read it with `vnetc import qemu`"));
                boolean changesNic = element.local().equals("override")
                        && inner.value("alias")
                                .filter(alias -> alias.matches("net[0-9]+|ua-.*"))
                                .isPresent();
                if (changesNic) {
                    findings.noEqual(
                            out,
                            new From("domain/" + element.name() + "/" + inner.name(), inner.place()),
                            "it changes what libvirt tells QEMU of a NIC",
                            "set the NIC's `device { … }` by hand, and remove it");
                }
            }
        }
    }
}
