// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Dns;
import io.vnetc.dsl.value.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network's resolver as {@code <dns>}. */
final class DnsXml {
    private DnsXml() {}

    static Optional<XmlElement> of(Dns dns) {
        if (!dns.enabled()) {
            return Optional.of(XmlElement.of("dns").with("enable", "no"));
        }
        List<XmlElement> entries = new ArrayList<>();
        for (Dns.Forwarder forwarder : dns.forwarders()) {
            if (forwarder.asHost() && forwarder.domain().isPresent()) {
                entries.add(XmlElement.of("forwarder").with("domain", forwarder.domain()));
            }
            forwarder
                    .servers()
                    .forEach(server -> entries.add(XmlElement.of("forwarder")
                            .with("domain", forwarder.domain())
                            .with("addr", server.address())
                            .with("port", Optional.of(server.port()).filter(port -> port != Dns.Server.PORT))));
        }
        for (Dns.Text text : dns.texts()) {
            entries.add(XmlElement.of("txt").with("name", text.name()).with("value", text.value()));
        }
        for (Dns.Service service : dns.services()) {
            entries.add(service(service));
        }
        for (Dns.HostRecord host : dns.hosts()) {
            entries.add(XmlElement.of("host")
                    .with("ip", host.address())
                    .with(host.names().stream()
                            .map(name -> XmlElement.of("hostname").withText(name.text()))
                            .toList()));
        }
        return entries.isEmpty() && dns.plainNames()
                ? Optional.empty()
                : Optional.of(XmlElement.of("dns")
                        .with("forwardPlainNames", dns.plainNames() ? Optional.empty() : Optional.of("no"))
                        .with(entries));
    }

    private static XmlElement service(Dns.Service service) {
        String[] labels = service.service().text().split("\\.", 3);
        return XmlElement.of("srv")
                .with("service", labels[0].substring(1))
                .with("protocol", labels[1].substring(1))
                .with("domain", labels.length > 2 ? Optional.of(DomainName.parse(labels[2])) : Optional.empty())
                .with("target", service.target())
                .with("port", service.target().map(target -> service.port()))
                .with("priority", service.target().map(target -> service.priority()))
                .with("weight", service.target().map(target -> service.weight()));
    }
}
