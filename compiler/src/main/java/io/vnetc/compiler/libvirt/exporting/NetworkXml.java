// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.dnsmasq.RawOptions;
import io.vnetc.compiler.libvirt.schema.NetworkSchema;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlException;
import io.vnetc.compiler.libvirt.xml.XmlName;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.model.About;
import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Policy;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Switching;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PciAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One network as an element. */
final class NetworkXml {
    private static final int ETHERNET_MTU = 1500;

    private final Map<String, Pool> pools;
    private final Unsayable unsayable;
    private final PortsXml ports;
    private final SubnetXml subnets;

    /** @param pools of devices, by name */
    NetworkXml(Map<String, Pool> pools, Unsayable unsayable) {
        this.pools = pools;
        this.unsayable = unsayable;
        this.ports = new PortsXml(unsayable);
        this.subnets = new SubnetXml(unsayable);
    }

    XmlElement of(Network network) {
        boolean own = !(network.forwarding() instanceof Forwarding.ExistingBridge)
                && network.forwarding().hasBridge();
        XmlElement root = XmlElement.of("network");
        if (own
                && network.policy().guestIpv6()
                && !hasIpv6(network)
                && !(network.forwarding() instanceof Forwarding.Open)) {
            root = root.with("ipv6", "yes");
        }
        root = root.with("trustGuestRxFilters", yesNo(network.ports().settings().trustFilters()));
        List<XmlElement> parts = new ArrayList<>();
        parts.add(XmlElement.of("name").withText(network.name()));
        parts.addAll(about(network));
        forward(network).ifPresent(parts::add);
        if (network.forwarding().hasBridge()) {
            parts.add(bridge(network.bridge(), own));
        }
        if (own) {
            if (network.bridge().mtu() != ETHERNET_MTU) {
                parts.add(XmlElement.of("mtu").with("size", network.bridge().mtu()));
            }
            parts.add(XmlElement.of("mac").with("address", network.bridge().mac()));
        }
        network.domain()
                .ifPresent(domain -> parts.add(XmlElement.of("domain")
                        .with("name", domain.name())
                        .with("localOnly", yes(domain.local()))
                        .with("register", yes(domain.registered()))));
        if (own) {
            DnsXml.of(network.dns()).ifPresent(parts::add);
        }
        network.qos().ifPresent(qos -> parts.add(ports.bandwidth(qos, network.origin())));
        parts.addAll(ports.settings(network.ports().settings(), network.origin(), true));
        parts.addAll(subnets.of(network.subnets()));
        network.routes().forEach(route -> parts.add(route(route)));
        network.ports().groups().forEach(group -> parts.add(ports.portgroup(group)));
        policy(network);
        List<XmlElement> options = options(network);
        if (!options.isEmpty()) {
            parts.add(new XmlElement(dnsmasq("options"), List.of(), List.copyOf(options), XmlElement.NOWHERE));
        }
        return root.with(parts);
    }

    private static XmlName dnsmasq(String name) {
        return new XmlName(NetworkSchema.DNSMASQ, NetworkSchema.DNSMASQ_PREFIX, name);
    }

    /** What libvirt has no elements for, and hands to dnsmasq as it is. */
    private static List<XmlElement> options(Network network) {
        List<String> lines = new ArrayList<>();
        network.dnsmasq().forEach(setting -> lines.add(RawOptions.toRaw(setting)));
        network.dns().aliases().forEach(alias -> lines.add("cname=" + alias.name() + "," + alias.target()));
        network.dns().pointers().forEach(pointer -> lines.add("ptr-record=" + pointer.name() + "," + pointer.target()));
        for (Subnet subnet : network.subnets()) {
            subnet.dhcp().stream()
                    .flatMap(dhcp -> dhcp.ranges().stream()
                            .map(Dhcp.Range::answer)
                            .findFirst()
                            .or(() -> Optional.of(dhcp.answer()))
                            .stream())
                    .flatMap(answer -> answer.options().stream())
                    .map(option -> RawOptions.toRaw(option, subnet.network().family()))
                    .filter(line -> !lines.contains(line))
                    .forEach(lines::add);
        }
        return lines.stream()
                .map(line ->
                        new XmlElement(dnsmasq("option"), List.of(), List.of(), XmlElement.NOWHERE).with("value", line))
                .toList();
    }

    private static boolean hasIpv6(Network network) {
        return network.subnets().stream().anyMatch(subnet -> subnet.network().family() == IpFamily.IPV6);
    }

    static Optional<String> yes(boolean said) {
        return said ? Optional.of("yes") : Optional.empty();
    }

    static Optional<String> yesNo(Optional<Boolean> said) {
        return said.map(value -> value ? "yes" : "no");
    }

    private List<XmlElement> about(Network network) {
        About about = network.about();
        List<XmlElement> parts = new ArrayList<>();
        about.uuid().ifPresent(uuid -> parts.add(XmlElement.of("uuid").withText(uuid)));
        about.title().ifPresent(title -> parts.add(XmlElement.of("title").withText(title)));
        about.description()
                .ifPresent(text -> parts.add(XmlElement.of("description").withText(text)));
        if (!about.metadata().isEmpty()) {
            List<XmlElement> elements = new ArrayList<>();
            for (About.Metadata metadata : about.metadata()) {
                try {
                    elements.add(XmlReader.read(new SourceFile(metadata.namespace(), metadata.xml())));
                } catch (XmlException e) {
                    unsayable.report(network.origin(), "metadata that is no XML");
                }
            }
            parts.add(XmlElement.of("metadata").with(elements));
        }
        return parts;
    }

    private Optional<XmlElement> forward(Network network) {
        Forwarding forwarding = network.forwarding();
        if (forwarding instanceof Forwarding.Nat nat) {
            return Optional.of(via(network, "nat", nat.via()).with(nat(network, nat)));
        }
        if (forwarding instanceof Forwarding.Routed routed) {
            return Optional.of(via(network, "route", routed.via()));
        }
        if (forwarding instanceof Forwarding.Open) {
            return Optional.of(XmlElement.of("forward").with("mode", "open"));
        }
        if (forwarding instanceof Forwarding.Macvtap macvtap) {
            return Optional.of(XmlElement.of("forward")
                    .with("mode", macvtap.mode().name().toLowerCase(Locale.ROOT))
                    .with(macvtap.via().stream()
                            .map(uplink -> XmlElement.of("interface").with("dev", uplink.link()))
                            .toList()));
        }
        if (forwarding instanceof Forwarding.ExistingBridge) {
            return Optional.of(XmlElement.of("forward").with("mode", "bridge"));
        }
        if (forwarding instanceof Forwarding.Hostdev hostdev) {
            return Optional.of(hostdev(pools.get(hostdev.pool())));
        }
        return Optional.empty();
    }

    private XmlElement hostdev(Pool pool) {
        XmlElement element = XmlElement.of("forward").with("mode", "hostdev").with("managed", yes(pool.managed()));
        Optional<String> driver = pool.driver().or(() -> pool.model().map(model -> Pool.VFIO));
        if (driver.filter(Pool.VFIO::equals).isPresent()) {
            element = element.with(XmlElement.of("driver").with("name", "vfio").with("model", pool.model()));
        } else if (driver.isPresent()) {
            unsayable.report(pool.origin(), "devices that are bound to another driver than " + Pool.VFIO);
        }
        if (pool.physical().size() > 1) {
            unsayable.report(pool.origin(), "a pool of the functions of several links");
        }
        List<XmlElement> members = new ArrayList<>();
        for (Pool.Physical physical : pool.physical()) {
            if (physical.functions().isPresent()) {
                unsayable.report(pool.origin(), "how many virtual functions a link is to have");
            }
            members.add(XmlElement.of("pf").with("dev", physical.link()));
        }
        for (PciAddress device : pool.devices()) {
            members.add(ConnectionXml.pci(XmlElement.of("address").with("type", "pci"), device));
        }
        return element.with(members);
    }

    private XmlElement nat(Network network, Forwarding.Nat nat) {
        XmlElement element = XmlElement.of("nat").with("ipv6", yes(!nat.ipv6Routed() && hasIpv6(network)));
        for (AddressRange range : nat.addresses()) {
            if (range.family() == IpFamily.IPV6) {
                unsayable.report(network.origin(), "IPv6 addresses that packets leave with");
            } else {
                element = element.with(
                        XmlElement.of("address").with("start", range.first()).with("end", range.last()));
            }
        }
        if (nat.ports().isEmpty()) {
            unsayable.report(network.origin(), "ports that the kernel chooses: it maps to 1024 to 65535");
        }
        return element.with(nat.ports().stream().map(NetworkXml::portRange).toList());
    }

    private XmlElement via(Network network, String mode, List<Uplink> uplinks) {
        if (uplinks.size() > 1) {
            unsayable.report(network.origin(), "forwarding by several uplinks and no others");
        }
        return XmlElement.of("forward")
                .with("mode", mode)
                .with("dev", uplinks.stream().findFirst().map(Uplink::link));
    }

    private static XmlElement portRange(PortRange ports) {
        return XmlElement.of("port").with("start", ports.first()).with("end", ports.last());
    }

    private XmlElement bridge(Bridge bridge, boolean own) {
        XmlElement element = XmlElement.of("bridge").with("name", bridge.name());
        if (!own) {
            return element;
        }
        Switching switching = bridge.switching();
        return element.with("stp", bridge.stp() ? "on" : "off")
                .with("delay", bridge.forwardDelay().toSeconds())
                .with("macTableManager", switching.managedTable() ? Optional.of("libvirt") : Optional.empty())
                .with("zone", bridge.zone());
    }

    private static XmlElement route(StaticRoute route) {
        return XmlElement.of("route")
                .with("family", route.destination().family() == IpFamily.IPV4 ? "ipv4" : "ipv6")
                .with("address", route.destination().base())
                .with("prefix", route.destination().length())
                .with("gateway", route.gateway())
                .with("metric", route.metric());
    }

    private void policy(Network network) {
        Policy policy = network.policy();
        policy.publications()
                .forEach(publication ->
                        unsayable.report(publication.origin(), "a port of the host that leads to a guest"));
        policy.between().forEach(rule -> unsayable.report(rule.origin(), "rules between guests of one bridge"));
        if (policy.blocked()) {
            unsayable.report(network.origin(), "guests that reach each other only where a rule says so");
        }
        Switching switching = network.bridge().switching();
        if (switching.stpPriority() != Switching.DEFAULT.stpPriority()) {
            unsayable.report(network.origin(), "a bridge's priority in the spanning tree");
        }
        if (!switching.timers().equals(Switching.DEFAULT.timers())) {
            unsayable.report(network.origin(), "the times of a bridge");
        }
        if (switching.vlanProtocol() != Switching.DEFAULT.vlanProtocol()) {
            unsayable.report(network.origin(), "a bridge with the tags of a provider");
        }
        if (!switching.multicastSnooping()) {
            unsayable.report(network.origin(), "a bridge that does not look into multicast");
        }
        if (network.bridge().forwardDelay().toMillis() % 1000 != 0) {
            unsayable.report(network.origin(), "a forward delay of part of a second");
        }
    }
}
