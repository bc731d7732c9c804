// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.Pool.Member;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PciAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a NIC is plugged into, as the beginning of its element. */
final class ConnectionXml {
    private final Map<String, Pool> pools;
    private final Unsayable unsayable;
    private final PortsXml ports;
    private final UserXml users;

    /** @param pools of devices, by name */
    ConnectionXml(Map<String, Pool> pools, Unsayable unsayable) {
        this.pools = pools;
        this.unsayable = unsayable;
        this.ports = new PortsXml(unsayable);
        this.users = new UserXml(unsayable);
    }

    /** Empty where libvirt has none like it, which is reported. */
    Optional<XmlElement> of(Nic nic) {
        Attachment attachment = nic.attachment();
        // What apply made is there when the guest starts, and set as its network says: libvirt only opens it.
        Optional<InterfaceName> link = attachment.link();
        if (link.isPresent()) {
            return Optional.of(nic("ethernet", nic)
                    .with(XmlElement.of("target").with("dev", link.get()).with("managed", "no")));
        }
        if (attachment instanceof Attachment.QemuTap tap) {
            return Optional.of(qemuTap(nic, tap));
        }
        if (attachment instanceof Attachment.User user) {
            return Optional.of(nic("user", nic).with(users.own(user, nic.origin())));
        }
        if (attachment instanceof Attachment.Passt passt) {
            return Optional.of(nic("user", nic).with(users.passt(passt, nic.origin())));
        }
        if (attachment instanceof Attachment.Stream stream) {
            return stream(nic, stream);
        }
        if (attachment instanceof Attachment.Datagram datagram) {
            return datagram(nic, datagram);
        }
        if (attachment instanceof Attachment.VhostUser switched) {
            return Optional.of(vhostUser(nic, switched));
        }
        if (attachment instanceof Attachment.Vdpa vdpa) {
            return Optional.of(nic("vdpa", nic).with(XmlElement.of("source").with("dev", vdpa.device())));
        }
        if (attachment instanceof Attachment.HelperBridge helper) {
            helper.helper().ifPresent(path -> unsayable.report(nic.origin(), "where the bridge helper is"));
            return Optional.of(nic("bridge", nic).with(XmlElement.of("source").with("bridge", helper.bridge())));
        }
        if (attachment instanceof Attachment.Function function) {
            return function(nic, function);
        }
        if (attachment instanceof Attachment.Passthrough given) {
            return hostDevice(nic, given.device());
        }
        unsayable.report(
                nic.origin(),
                attachment instanceof Attachment.Hub ? "a hub inside of QEMU" : "a NIC that is plugged into nothing");
        return Optional.empty();
    }

    private static XmlElement nic(String type, Nic nic) {
        return XmlElement.of("interface")
                .with("type", type)
                .with(XmlElement.of("mac").with("address", nic.mac()));
    }

    private static XmlElement qemuTap(Nic nic, Attachment.QemuTap tap) {
        List<XmlElement> parts = new ArrayList<>();
        tap.name().ifPresent(name -> parts.add(XmlElement.of("target").with("dev", name)));
        tap.script().ifPresent(path -> parts.add(XmlElement.of("script").with("path", path)));
        tap.downScript().ifPresent(path -> parts.add(XmlElement.of("downscript").with("path", path)));
        return nic("ethernet", nic).with(parts);
    }

    private Optional<XmlElement> stream(Nic nic, Attachment.Stream stream) {
        stream.reconnect().ifPresent(time -> unsayable.report(nic.origin(), "a stream that reconnects"));
        return source(nic, stream.place(), "a stream")
                .map(source -> nic(stream.server() ? "server" : "client", nic).with(source));
    }

    private Optional<XmlElement> datagram(Nic nic, Attachment.Datagram datagram) {
        Optional<XmlElement> remote = source(nic, datagram.remote(), "datagrams");
        boolean isGroup = datagram.remote() instanceof SocketPlace.Internet internet
                && internet.address().isMulticast();
        if (isGroup) {
            datagram.local()
                    .ifPresent(local ->
                            unsayable.report(nic.origin(), "through which of the host's links multicast goes"));
            return remote.map(source -> nic("mcast", nic).with(source));
        }
        return remote.flatMap(source -> datagram.local()
                .flatMap(local -> place(local, "local"))
                .map(local -> nic("udp", nic).with(source.with(local))));
    }

    private Optional<XmlElement> source(Nic nic, SocketPlace place, String what) {
        Optional<XmlElement> source = place(place, "source");
        if (source.isEmpty()) {
            unsayable.report(
                    nic.origin(),
                    what + (place instanceof SocketPlace.File ? " through a socket of the file system" : " over IPv6"));
        }
        return source;
    }

    private static Optional<XmlElement> place(SocketPlace place, String element) {
        return place instanceof SocketPlace.Internet internet
                        && internet.address().family() == IpFamily.IPV4
                ? Optional.of(XmlElement.of(element)
                        .with("address", internet.address())
                        .with("port", internet.port()))
                : Optional.empty();
    }

    private static XmlElement vhostUser(Nic nic, Attachment.VhostUser switched) {
        XmlElement source = XmlElement.of("source")
                .with("type", "unix")
                .with("path", switched.socket())
                .with("mode", switched.server() ? "server" : "client");
        return nic("vhostuser", nic)
                .with(switched.reconnect()
                        .map(time -> source.with(XmlElement.of("reconnect")
                                .with("enabled", "yes")
                                .with("timeout", time.toSeconds())))
                        .orElse(source));
    }

    private Optional<XmlElement> function(Nic nic, Attachment.Function function) {
        if (!(function.member() instanceof Member.Device device)) {
            unsayable.report(
                    nic.origin(),
                    function.member() + ", whose place on the bus only its host knows: name it in the pool");
            return Optional.empty();
        }
        function.rate().ifPresent(rate -> unsayable.report(nic.origin(), "the rate of a function"));
        function.spoofCheck()
                .ifPresent(check -> unsayable.report(nic.origin(), "whether a function may send as another"));
        return Optional.of(XmlElement.of("interface")
                .with("type", "hostdev")
                .with("managed", NetworkXml.yes(pools.get(function.pool()).managed()))
                .with(XmlElement.of("mac").with("address", nic.mac()))
                .with(XmlElement.of("source").with(pci(XmlElement.of("address").with("type", "pci"), device.address())))
                .with(ports.settings(nic.port(), nic.origin(), false)));
    }

    /** Whole, it is no interface to libvirt, and whoever starts the guest binds it. */
    private Optional<XmlElement> hostDevice(Nic nic, HostDevice device) {
        XmlElement source = XmlElement.of("source");
        if (device instanceof HostDevice.Pci pci) {
            return Optional.of(hostDevice("pci").with(source.with(pci(XmlElement.of("address"), pci.address()))));
        }
        if (device instanceof HostDevice.UsbProduct product) {
            return Optional.of(hostDevice("usb")
                    .with(source.with(id("vendor", product.vendor())).with(id("product", product.product()))));
        }
        if (device instanceof HostDevice.UsbAddress address) {
            return Optional.of(hostDevice("usb")
                    .with(source.with(
                            XmlElement.of("address").with("bus", address.bus()).with("device", address.address()))));
        }
        unsayable.report(nic.origin(), "a device on USB by the socket that it is plugged into");
        return Optional.empty();
    }

    private static XmlElement hostDevice(String bus) {
        return XmlElement.of("hostdev")
                .with("mode", "subsystem")
                .with("type", bus)
                .with("managed", "no");
    }

    private static XmlElement id(String element, int number) {
        return XmlElement.of(element).with("id", "0x%04x".formatted(number));
    }

    /** An element with a place on the PCI bus. */
    static XmlElement pci(XmlElement element, PciAddress address) {
        return element.with("domain", "0x%04x".formatted(address.domain()))
                .with("bus", "0x%02x".formatted(address.bus()))
                .with("slot", "0x%02x".formatted(address.slot()))
                .with("function", "0x%x".formatted(address.function()));
    }
}
