// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import static io.vnetc.compiler.libvirt.schema.ElementType.named;

import io.vnetc.compiler.libvirt.xml.XmlName;

/** The elements of network XML, as of libvirt 12.5. */
public final class NetworkSchema {
    /** The namespace of dnsmasq's own lines. */
    public static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    /** How that namespace is written. */
    public static final String DNSMASQ_PREFIX = "dnsmasq";

    private static final ElementType LIMIT = named("")
            .has("average", ValueType.SPEED)
            .has("peak", ValueType.SPEED)
            .has("floor", ValueType.SPEED)
            .has("burst", ValueType.BURST);

    static final ElementType BANDWIDTH = named("bandwidth")
            .has("classID", ValueType.POSITIVE)
            .once(renamed(LIMIT, "inbound"))
            .once(renamed(LIMIT, "outbound"));

    static final ElementType VLAN = named("vlan")
            .has("trunk", ValueType.YES)
            .atLeastOnce(named("tag").needs("id", ValueType.TAG).has("nativeMode", ValueType.NATIVE_MODE));

    static final ElementType VIRTUALPORT = named("virtualport")
            .has("type", ValueType.SWITCH)
            .once(named("parameters")
                    .has("managerid", ValueType.UINT8)
                    .has("typeid", ValueType.UINT24)
                    .has("typeidversion", ValueType.UINT8)
                    .has("instanceid", ValueType.UUID)
                    .has("profileid", ValueType.PROFILE)
                    .has("interfaceid", ValueType.UUID));

    static final ElementType PORT = named("port").has("isolated", ValueType.YES_NO);

    private static final ElementType FORWARD = named("forward")
            .has("dev", ValueType.DEVICE)
            .has("mode", ValueType.MODE)
            .has("managed", ValueType.YES_NO)
            .often(named("interface").needs("dev", ValueType.DEVICE).has("connections", ValueType.UINT32))
            .often(named("address")
                    .needs("type", ValueType.PCI)
                    .has("domain", ValueType.PCI_DOMAIN)
                    .has("bus", ValueType.PCI_BUS)
                    .has("slot", ValueType.PCI_SLOT)
                    .has("function", ValueType.PCI_FUNCTION)
                    .has("multifunction", ValueType.ON_OFF)
                    .has("connections", ValueType.UINT32))
            .once(named("pf").needs("dev", ValueType.DEVICE))
            .once(named("driver").has("name", ValueType.DRIVER).has("model", ValueType.MODEL))
            .once(named("nat")
                    .has("ipv6", ValueType.YES_NO)
                    .once(named("address").needs("start", ValueType.IPV4).needs("end", ValueType.IPV4))
                    .once(named("port").needs("start", ValueType.PORT).needs("end", ValueType.PORT)));

    private static final ElementType LEASE =
            named("lease").needs("expiry", ValueType.NUMBER).has("unit", ValueType.LEASE_UNIT);

    private static final ElementType IP = named("ip")
            .has("address", ValueType.ADDRESS)
            .has("netmask", ValueType.IPV4)
            .has("prefix", ValueType.PREFIX)
            .has("family", ValueType.FAMILY)
            .has("localPtr", ValueType.YES_NO)
            .once(named("tftp").needs("root", ValueType.TEXT))
            .once(named("dhcp")
                    .often(named("range")
                            .needs("start", ValueType.ADDRESS)
                            .needs("end", ValueType.ADDRESS)
                            .once(LEASE))
                    .often(named("host")
                            .has("mac", ValueType.MAC)
                            .has("id", ValueType.DUID)
                            .has("name", ValueType.TEXT)
                            .needs("ip", ValueType.ADDRESS)
                            .once(LEASE))
                    .once(named("bootp").needs("file", ValueType.NOT_EMPTY).has("server", ValueType.DNS_NAME)));

    private static final ElementType DNS = named("dns")
            .has("enable", ValueType.YES_NO)
            .has("forwardPlainNames", ValueType.YES_NO)
            .often(named("forwarder")
                    .has("addr", ValueType.ADDRESS)
                    .has("domain", ValueType.DNS_NAME)
                    .has("port", ValueType.PORT))
            .often(named("txt").needs("name", ValueType.DNS_NAME).needs("value", ValueType.TEXT))
            .often(named("srv")
                    .needs("service", ValueType.TEXT)
                    .needs("protocol", ValueType.PROTOCOL)
                    .has("domain", ValueType.DNS_NAME)
                    .has("target", ValueType.TEXT)
                    .has("port", ValueType.UINT16)
                    .has("priority", ValueType.UINT16)
                    .has("weight", ValueType.UINT16))
            .often(named("host")
                    .needs("ip", ValueType.ADDRESS)
                    .atLeastOnce(named("hostname").holding(ValueType.DNS_NAME)));

    /** The whole of a network. */
    public static final ElementType NETWORK = named("network")
            .has("connections", ValueType.UINT32)
            .has("ipv6", ValueType.YES_NO)
            .has("trustGuestRxFilters", ValueType.YES_NO)
            .exactlyOnce(named("name").holding(ValueType.NOT_EMPTY))
            .once(named("uuid").holding(ValueType.UUID))
            .once(named("title").holding(ValueType.TEXT))
            .once(named("description").holding(ValueType.TEXT))
            .once(named("metadata").holdingAnything())
            .once(FORWARD)
            .once(named("bridge")
                    .has("name", ValueType.DEVICE)
                    .has("zone", ValueType.ZONE)
                    .has("stp", ValueType.ON_OFF)
                    .has("delay", ValueType.NUMBER)
                    .has("macTableManager", ValueType.MANAGER))
            .once(named("mtu").needs("size", ValueType.UINT16))
            .once(named("mac").needs("address", ValueType.MAC))
            .once(named("domain")
                    .needs("name", ValueType.DNS_NAME)
                    .has("localOnly", ValueType.YES_NO)
                    .has("register", ValueType.YES_NO))
            .once(DNS)
            .once(BANDWIDTH)
            .once(VLAN)
            .once(PORT)
            .often(IP)
            .often(named("route")
                    .has("family", ValueType.FAMILY)
                    .needs("address", ValueType.ADDRESS)
                    .has("netmask", ValueType.IPV4)
                    .has("prefix", ValueType.PREFIX)
                    .needs("gateway", ValueType.ADDRESS)
                    .has("metric", ValueType.UINT32))
            .once(VIRTUALPORT)
            .often(named("portgroup")
                    .needs("name", ValueType.DEVICE)
                    .has("default", ValueType.YES_NO)
                    .has("trustGuestRxFilters", ValueType.YES_NO)
                    .once(VIRTUALPORT)
                    .once(BANDWIDTH)
                    .once(VLAN))
            .once(named(new XmlName(DNSMASQ, DNSMASQ_PREFIX, "options"))
                    .often(named(new XmlName(DNSMASQ, DNSMASQ_PREFIX, "option")).needs("value", ValueType.TEXT)));

    /** Several networks, for which libvirt itself has no element. */
    public static final ElementType NETWORKS = named("networks").often(NETWORK);

    private NetworkSchema() {}

    private static ElementType renamed(ElementType type, String name) {
        return new ElementType(XmlName.of(name), type.attributes(), type.children(), type.text(), type.anything());
    }
}
