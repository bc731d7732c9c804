// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.schema.VirtualportNames;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Portgroup;
import io.vnetc.compiler.model.Qos;
import io.vnetc.compiler.model.Virtualport;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How ports are set, of a network or a portgroup. */
final class PortsXml {
    /** A number of libvirt's is this many bits a second: see PortTranslation. */
    private static final long BITS = 8_000;

    private static final long KIB = 1024;

    private final Unsayable unsayable;

    PortsXml(Unsayable unsayable) {
        this.unsayable = unsayable;
    }

    XmlElement portgroup(Portgroup group) {
        XmlElement element = XmlElement.of("portgroup")
                .with("name", group.name())
                .with("default", NetworkXml.yes(group.isDefault()))
                .with("trustGuestRxFilters", NetworkXml.yesNo(group.ports().trustFilters()))
                .with(settings(group.ports(), group.origin(), false));
        return group.qos().isPresent() ? element.with(bandwidth(group.qos().get(), group.origin())) : element;
    }

    /** Elements for all that is set but the trust in filters, which is an attribute. */
    List<XmlElement> settings(PortSettings settings, Origin origin, boolean ofNetwork) {
        List<XmlElement> parts = new ArrayList<>();
        settings.vlan().ifPresent(vlan -> parts.add(vlan(vlan)));
        settings.virtualport().ifPresent(virtualport -> parts.add(virtualport(virtualport)));
        if (settings.isolated().isPresent()) {
            if (ofNetwork) {
                parts.add(XmlElement.of("port").with("isolated", NetworkXml.yesNo(settings.isolated())));
            } else {
                unsayable.report(origin, "isolation of a portgroup");
            }
        }
        refuse(settings.hairpin(), origin, "hairpin ports");
        refuse(settings.learning(), origin, "whether a port learns");
        refuse(settings.flood(), origin, "whether a port is flooded");
        refuse(settings.cost(), origin, "the cost of a port");
        refuse(settings.priority(), origin, "the priority of a port");
        settings.options().keySet().forEach(option -> unsayable.report(origin, "the " + option.word() + " of a port"));
        return parts;
    }

    private void refuse(Optional<?> setting, Origin origin, String what) {
        if (setting.isPresent()) {
            unsayable.report(origin, what);
        }
    }

    private static XmlElement vlan(Vlan vlan) {
        TreeSet<Integer> tags = new TreeSet<>();
        for (IntegerRange range : vlan.tagged()) {
            for (long tag = range.first(); tag <= range.last(); tag++) {
                tags.add(Math.toIntExact(tag));
            }
        }
        boolean trunk = !tags.isEmpty();
        vlan.untagged().ifPresent(tags::add);
        return XmlElement.of("vlan")
                .with("trunk", NetworkXml.yes(trunk))
                .with(tags.stream()
                        .map(tag -> XmlElement.of("tag")
                                .with("id", tag)
                                .with(
                                        "nativeMode",
                                        trunk && vlan.untagged().equals(Optional.of(tag))
                                                ? Optional.of(vlan.keepsTag() ? "tagged" : "untagged")
                                                : Optional.empty()))
                        .toList());
    }

    private static XmlElement virtualport(Virtualport virtualport) {
        XmlElement element = XmlElement.of("virtualport");
        if (!virtualport.type().equals("any")) {
            element = element.with("type", virtualport.type());
        }
        if (virtualport.parameters().isEmpty()) {
            return element;
        }
        XmlElement parameters = XmlElement.of("parameters");
        for (var parameter : virtualport.parameters().entrySet()) {
            parameters = parameters.with(VirtualportNames.LIBVIRTS.get(parameter.getKey()), parameter.getValue());
        }
        return element.with(parameters);
    }

    XmlElement bandwidth(Qos qos, Origin origin) {
        List<XmlElement> limits = new ArrayList<>();
        qos.inbound().ifPresent(limit -> limits.add(limit("inbound", limit, origin)));
        qos.outbound().ifPresent(limit -> {
            limits.add(limit(
                    "outbound",
                    new Qos.Limit(limit.average(), Optional.empty(), limit.burst(), Optional.empty()),
                    origin));
            if (limit.peak().isPresent() && !limit.peak().equals(limit.average())) {
                unsayable.report(origin, "an outbound peak, of which it takes no notice");
            }
        });
        return XmlElement.of("bandwidth").with(limits);
    }

    private XmlElement limit(String name, Qos.Limit limit, Origin origin) {
        return XmlElement.of(name)
                .with("average", limit.average().map(rate -> kilobytes(rate, origin)))
                .with("peak", limit.peak().map(rate -> kilobytes(rate, origin)))
                .with("floor", limit.floor().map(rate -> kilobytes(rate, origin)))
                .with("burst", limit.burst().map(size -> {
                    if (size.bytes() % KIB != 0 || size.bytes() == 0) {
                        unsayable.report(origin, "a burst of " + size + ", which is no whole number of KiB");
                    }
                    return Math.max(1, size.bytes() / KIB);
                }));
    }

    private long kilobytes(Rate rate, Origin origin) {
        if (rate.bitsPerSecond() % BITS != 0) {
            unsayable.report(origin, "a rate of " + rate + ", which is no multiple of 8kbit");
        }
        return Math.max(1, rate.bitsPerSecond() / BITS);
    }
}
