// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import static io.vnetc.compiler.libvirt.schema.ElementType.named;

/** The elements of a guest's NIC in domain XML, as of libvirt 12.5. Which go with which type of NIC its reader sees to. */
public final class InterfaceSchema {
    private static final ElementType IP = named("ip")
            .needs("address", ValueType.ADDRESS)
            .has("family", ValueType.FAMILY)
            .has("prefix", ValueType.PREFIX)
            .has("peer", ValueType.ADDRESS);

    private static final ElementType ROUTE = named("route")
            .has("family", ValueType.FAMILY)
            .has("address", ValueType.ADDRESS)
            .has("netmask", ValueType.IPV4)
            .has("prefix", ValueType.PREFIX)
            .needs("gateway", ValueType.ADDRESS)
            .has("metric", ValueType.UINT32);

    /** Where a device is in the guest, or on the host. */
    private static final ElementType ADDRESS = named("address")
            .has("type", ValueType.TEXT)
            .has("domain", ValueType.PCI_DOMAIN)
            .has("bus", ValueType.PCI_BUS)
            .has("slot", ValueType.PCI_SLOT)
            .has("function", ValueType.PCI_FUNCTION)
            .has("multifunction", ValueType.ON_OFF)
            .has("port", ValueType.USB_PORT)
            .has("device", ValueType.UINT8)
            .has("cssid", ValueType.HEX)
            .has("ssid", ValueType.HEX)
            .has("devno", ValueType.HEX)
            .has("reg", ValueType.HEX)
            .has("iobase", ValueType.HEX)
            .has("irq", ValueType.HEX)
            .once(named("zpci").has("uid", ValueType.HEX).has("fid", ValueType.HEX));

    private static final ElementType TEAMING =
            named("teaming").needs("type", ValueType.TEAM).has("persistent", ValueType.ALIAS);

    private static final ElementType SOURCE = named("source")
            .has("network", ValueType.NOT_EMPTY)
            .has("portgroup", ValueType.DEVICE)
            .has("portid", ValueType.UUID)
            .has("bridge", ValueType.DEVICE)
            .has("dev", ValueType.DEVICE)
            .has("mode", ValueType.TEXT)
            .has("type", ValueType.SOCKET)
            .has("path", ValueType.PATH)
            .has("name", ValueType.DEVICE)
            .has("address", ValueType.IPV4)
            .has("port", ValueType.PORT)
            .has("missing", ValueType.YES_NO)
            .has("switchid", ValueType.TEXT)
            .has("portgroupid", ValueType.TEXT)
            .has("connectionid", ValueType.TEXT)
            .once(named("local").needs("address", ValueType.IPV4).needs("port", ValueType.PORT))
            .once(named("reconnect").needs("enabled", ValueType.YES_NO).has("timeout", ValueType.UINT32))
            .once(ADDRESS)
            .once(named("vendor").needs("id", ValueType.USB_ID))
            .once(named("product").needs("id", ValueType.USB_ID))
            .often(IP)
            .often(ROUTE);

    private static final ElementType DRIVER = named("driver")
            .has("name", ValueType.CARD_DRIVER)
            .has("model", ValueType.MODEL)
            .has("txmode", ValueType.TRANSMISSION)
            .has("queues", ValueType.POSITIVE)
            .has("rx_queue_size", ValueType.POSITIVE)
            .has("tx_queue_size", ValueType.POSITIVE)
            .has("ioeventfd", ValueType.ON_OFF)
            .has("event_idx", ValueType.ON_OFF)
            .has("rss", ValueType.ON_OFF)
            .has("rss_hash_report", ValueType.ON_OFF)
            .has("iommu", ValueType.ON_OFF)
            .has("ats", ValueType.ON_OFF)
            .has("packed", ValueType.ON_OFF)
            .has("page_per_vq", ValueType.ON_OFF)
            .once(offloads("host").has("gso", ValueType.ON_OFF).has("mrg_rxbuf", ValueType.ON_OFF))
            .once(offloads("guest"));

    private static final ElementType BACKEND = named("backend")
            .has("type", ValueType.TRANSLATOR)
            .has("tap", ValueType.PATH)
            .has("vhost", ValueType.PATH)
            .has("logFile", ValueType.PATH)
            .has("hostname", ValueType.TEXT)
            .has("fqdn", ValueType.TEXT);

    private static final ElementType PORT_FORWARD = named("portForward")
            .needs("proto", ValueType.PROTOCOL)
            .has("address", ValueType.ADDRESS)
            .has("dev", ValueType.DEVICE)
            .often(named("range")
                    .needs("start", ValueType.PORT)
                    .has("end", ValueType.PORT)
                    .has("to", ValueType.PORT)
                    .has("exclude", ValueType.YES_NO));

    private static final ElementType BOOT =
            named("boot").needs("order", ValueType.POSITIVE).has("loadparm", ValueType.TEXT);

    private static final ElementType ROM = named("rom")
            .has("bar", ValueType.ON_OFF)
            .has("file", ValueType.PATH)
            .has("enabled", ValueType.YES_NO);

    private static final ElementType ACPI =
            named("acpi").has("index", ValueType.UINT32).has("nodeset", ValueType.TEXT);

    private static final ElementType NAME = named("alias").needs("name", ValueType.ALIAS);

    /** A NIC. */
    public static final ElementType INTERFACE = named("interface")
            .needs("type", ValueType.CONNECTION)
            .has("managed", ValueType.YES_NO)
            .has("trustGuestRxFilters", ValueType.YES_NO)
            .once(named("mac")
                    .needs("address", ValueType.MAC)
                    .has("type", ValueType.ORIGIN)
                    .has("check", ValueType.YES_NO)
                    .has("currentAddress", ValueType.MAC))
            .once(SOURCE)
            .once(NetworkSchema.BANDWIDTH)
            .once(NetworkSchema.VLAN)
            .once(NetworkSchema.VIRTUALPORT)
            .once(NetworkSchema.PORT)
            .often(IP)
            .often(ROUTE)
            .often(PORT_FORWARD)
            .once(named("script").needs("path", ValueType.TEXT))
            .once(named("downscript").needs("path", ValueType.TEXT))
            .once(named("backenddomain").needs("name", ValueType.TEXT))
            .once(named("target").has("dev", ValueType.DEVICE).has("managed", ValueType.YES_NO))
            .once(named("guest").has("dev", ValueType.DEVICE).has("actual", ValueType.DEVICE))
            .once(named("model").needs("type", ValueType.CARD_MODEL))
            .once(DRIVER)
            .once(BACKEND)
            .once(named("filterref")
                    .needs("filter", ValueType.TEXT)
                    .often(named("parameter").needs("name", ValueType.TEXT).needs("value", ValueType.TEXT)))
            .once(named("tune").once(named("sndbuf").holding(ValueType.UINT32)))
            .once(named("link").needs("state", ValueType.LINK_STATE))
            .once(named("mtu").needs("size", ValueType.UINT16))
            .once(named("coalesce").once(named("rx").once(named("frames").has("max", ValueType.UINT32))))
            .once(TEAMING)
            .once(BOOT)
            .once(ROM)
            .once(ACPI)
            .once(ADDRESS)
            .once(NAME);

    /** A device of the host that a NIC stands in for. */
    public static final ElementType HOST_DEVICE = named("hostdev")
            .needs("mode", ValueType.SUBSYSTEM)
            .needs("type", ValueType.HOST_BUS)
            .has("managed", ValueType.YES_NO)
            .once(named("driver").has("name", ValueType.CARD_DRIVER).has("model", ValueType.MODEL))
            .exactlyOnce(named("source").has("startupPolicy", ValueType.TEXT).exactlyOnce(ADDRESS))
            .once(TEAMING)
            .once(BOOT)
            .once(ROM)
            .once(ACPI)
            .once(ADDRESS)
            .once(NAME);

    private InterfaceSchema() {}

    private static ElementType offloads(String name) {
        return named(name)
                .has("csum", ValueType.ON_OFF)
                .has("tso4", ValueType.ON_OFF)
                .has("tso6", ValueType.ON_OFF)
                .has("ecn", ValueType.ON_OFF)
                .has("ufo", ValueType.ON_OFF);
    }
}
