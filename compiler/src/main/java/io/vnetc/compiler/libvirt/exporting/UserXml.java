// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.GuestPort;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A network of one guest behind QEMU's own or passt's address translation. */
final class UserXml {
    private static final Set<String> OF_OWN = Set.of("network");

    private static final Set<String> OF_PASST =
            Set.of("log-file", "interface", "address", "prefix-length", "gateway", "hostname", "fqdn");

    private final Unsayable unsayable;

    UserXml(Unsayable unsayable) {
        this.unsayable = unsayable;
    }

    List<XmlElement> own(Attachment.User user, Origin origin) {
        unsaid(user.properties(), OF_OWN, "QEMU's own network", origin);
        if (!user.published().isEmpty()) {
            unsayable.report(origin, "ports that QEMU's own network publishes: use `passt`");
        }
        if (!user.forwards().isEmpty()) {
            unsayable.report(origin, "addresses in QEMU's own network that lead out of it");
        }
        List<XmlElement> parts = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            user.properties()
                    .network("network", family)
                    .ifPresent(network -> parts.add(ip(network.base()).with("prefix", network.length())));
        }
        return parts;
    }

    private static XmlElement ip(IpAddress address) {
        return XmlElement.of("ip").with("family", family(address)).with("address", address);
    }

    private static String family(IpAddress address) {
        return address.family() == IpFamily.IPV6 ? "ipv6" : "ipv4";
    }

    List<XmlElement> passt(Attachment.Passt passt, Origin origin) {
        PropertySet set = passt.properties();
        unsaid(set, OF_PASST, "passt", origin);
        List<XmlElement> parts = new ArrayList<>();
        set.text("interface")
                .ifPresent(link -> parts.add(XmlElement.of("source").with("dev", link)));
        set.addresses("address")
                .map(address -> ip(address)
                        .with(
                                "prefix",
                                address.family() == IpFamily.IPV4 ? set.number("prefix-length") : Optional.empty()))
                .forEach(parts::add);
        set.addresses("gateway")
                .map(gateway ->
                        XmlElement.of("route").with("family", family(gateway)).with("gateway", gateway))
                .forEach(parts::add);
        passt.published().forEach(port -> parts.add(published(port)));
        parts.add(XmlElement.of("backend")
                .with("type", "passt")
                .with("logFile", set.text("log-file"))
                .with("hostname", set.text("hostname"))
                .with("fqdn", set.text("fqdn")));
        return parts;
    }

    private static XmlElement published(GuestPort port) {
        List<XmlElement> ranges = new ArrayList<>();
        ranges.add(range(port.ports())
                .with(
                        "to",
                        Optional.of(port.targetPort())
                                .filter(target -> target != port.ports().first())));
        port.excluded().forEach(excluded -> ranges.add(range(excluded).with("exclude", "yes")));
        return XmlElement.of("portForward")
                .with("proto", port.protocol().name().toLowerCase(Locale.ROOT))
                .with("address", port.on())
                .with("dev", port.via())
                .with(ranges);
    }

    private static XmlElement range(PortRange ports) {
        return XmlElement.of("range")
                .with("start", ports.first())
                .with("end", Optional.of(ports.last()).filter(last -> last != ports.first()));
    }

    private void unsaid(PropertySet set, Set<String> said, String what, Origin origin) {
        set.values().keySet().stream()
                .filter(name -> !said.contains(name))
                .forEach(name -> unsayable.report(origin, "the setting `" + name + "` of " + what));
    }
}
