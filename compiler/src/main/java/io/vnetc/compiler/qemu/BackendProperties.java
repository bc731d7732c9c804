// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu;

import static io.vnetc.compiler.qemu.PropertyKind.flag;
import static io.vnetc.compiler.qemu.PropertyKind.number;
import static io.vnetc.compiler.qemu.PropertyKind.path;

import io.vnetc.compiler.dnsmasq.ValueType;
import java.util.List;

/** What backends and cables can be set to. */
public final class BackendProperties {
    private static final int MANY = 32;

    /** Of {@code user}: the options of QEMU's {@code -netdev user}; of addresses there is one of each family. */
    public static final List<PropertyKind> USER = List.of(
            flag("ipv4", "ipv4"),
            flag("ipv6", "ipv6"),
            flag("restrict", "restrict"),
            many("network", ValueType.NETWORK, 2, "net"),
            many("host", ValueType.ADDRESS, 2, "host"),
            many("dns", ValueType.ADDRESS, 2, "dns"),
            PropertyKind.of("dhcp-start", ValueType.ADDRESS, "dhcpstart"),
            PropertyKind.of("hostname", ValueType.TEXT, "hostname"),
            PropertyKind.of("domain", ValueType.NAME, "domainname"),
            many("search", ValueType.NAME, MANY, "dnssearch"),
            path("tftp", "tftp"),
            PropertyKind.of("tftp-server-name", ValueType.TEXT, "tftp-server-name"),
            PropertyKind.of("boot-file", ValueType.TEXT, "bootfile"),
            path("smb", "smb"),
            PropertyKind.of("smb-server", ValueType.ADDRESS, "smbserver"));

    /** Of {@code passt}: options of passt(1). */
    public static final List<PropertyKind> PASST = List.of(
            path("socket", "--socket"),
            path("log-file", "--log-file"),
            PropertyKind.of("interface", ValueType.TEXT, "--interface"),
            many("address", ValueType.ADDRESS, 2, "--address"),
            number("prefix-length", 0, 32, "--netmask"),
            many("gateway", ValueType.ADDRESS, 2, "--gateway"),
            many("dns", ValueType.ADDRESS, MANY, "--dns"),
            many("search", ValueType.NAME, MANY, "--search"),
            PropertyKind.of("hostname", ValueType.NAME, "--hostname"),
            PropertyKind.of("fqdn", ValueType.NAME, "--fqdn"));

    /** Of {@code stream}. */
    public static final List<PropertyKind> STREAM = List.of(
            flag("server", "server"),
            PropertyKind.of("address", ValueType.ADDRESS, "host"),
            PropertyKind.of("port", ValueType.PORT, "port"),
            path("socket", "path"),
            PropertyKind.of("reconnect", ValueType.TIME, "reconnect"));

    /** Of {@code dgram}. */
    public static final List<PropertyKind> DATAGRAM = List.of(
            PropertyKind.of("local", ValueType.ADDRESS, "host"),
            PropertyKind.of("local-port", ValueType.PORT, "port"),
            path("local-socket", "path"),
            PropertyKind.of("remote", ValueType.ADDRESS, "host"),
            PropertyKind.of("remote-port", ValueType.PORT, "port"),
            path("remote-socket", "path"));

    /** Of {@code vhost-user}. */
    public static final List<PropertyKind> VHOST_USER =
            List.of(flag("server", "server"), PropertyKind.of("reconnect", ValueType.TIME, "reconnect"));

    /** Of {@code bridge-helper}. */
    public static final List<PropertyKind> BRIDGE_HELPER = List.of(PropertyKind.program("helper", "helper"));

    /** Of {@code qemu-tap}. */
    public static final List<PropertyKind> QEMU_TAP = List.of(
            PropertyKind.of("name", ValueType.TEXT, "ifname"),
            path("script", "script"),
            path("down-script", "downscript"));

    /** Of a cable {@code over udp}; the left end is the one that is written first. */
    public static final List<PropertyKind> UDP_CABLE = List.of(
            PropertyKind.of("left", ValueType.ADDRESS, "host"),
            PropertyKind.of("left-port", ValueType.PORT, "port"),
            PropertyKind.of("right", ValueType.ADDRESS, "host"),
            PropertyKind.of("right-port", ValueType.PORT, "port"));

    /** Of a cable {@code over stream}; the end that is written first waits for the other. */
    public static final List<PropertyKind> STREAM_CABLE = List.of(
            PropertyKind.of("address", ValueType.ADDRESS, "host"),
            PropertyKind.of("port", ValueType.PORT, "port"),
            path("socket", "path"),
            PropertyKind.of("reconnect", ValueType.TIME, "reconnect"));

    /** Of a cable {@code over multicast}. */
    public static final List<PropertyKind> MULTICAST_CABLE = List.of(
            PropertyKind.of("group", ValueType.ADDRESS, "host"),
            PropertyKind.of("port", ValueType.PORT, "port"),
            PropertyKind.of("local", ValueType.ADDRESS, "host"));

    /** Of a cable {@code over unix}. */
    public static final List<PropertyKind> UNIX_CABLE = List.of(path("folder", "path"));

    private BackendProperties() {}

    private static PropertyKind many(String name, ValueType type, int most, String property) {
        return new PropertyKind(name, type, new PropertyKind.Form.Any(), most, property);
    }
}
