// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.schema;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import java.math.BigInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The types of values in network XML, as libvirt's schema has them. */
public enum ValueType {
    TEXT("any text", text -> true),
    NOT_EMPTY("a text that is not empty", text -> !text.isEmpty()),
    YES_NO("`yes` or `no`", matches("yes|no")),
    YES("`yes`", matches("yes")),
    ON_OFF("`on` or `off`", matches("on|off")),
    UUID("a UUID", matches("[a-fA-F0-9]{32}|[a-fA-F0-9]{8}-([a-fA-F0-9]{4}-){3}[a-fA-F0-9]{12}")),
    DEVICE("the name of a device", matches("[a-zA-Z0-9_.\\-\\\\:/]+")),
    ZONE("the name of a firewalld zone", matches("[a-zA-Z0-9_-]+")),
    MAC("a unicast MAC address", matches("[a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}")),
    DUID("a DUID", matches("0{1,2}:0?[1-4](:[a-fA-F0-9]{1,2}){5,128}")),
    DNS_NAME("a DNS name", matches("[a-zA-Z0-9.-]+")),
    IPV4("an IPv4 address", text -> isAddress(text, IpFamily.IPV4)),
    ADDRESS("an IP address", text -> isAddress(text, IpFamily.IPV4) || isAddress(text, IpFamily.IPV6)),
    FAMILY("`ipv4` or `ipv6`", matches("ipv4|ipv6")),
    PREFIX("a prefix length of 0 to 128", text -> isNumber(text, 0, 128)),
    PORT("a port of 1 to 65535", text -> isNumber(text, 1, 65_535)),
    UINT16("a number of 0 to 65535", text -> isNumber(text, 0, 65_535)),
    UINT32("a number of 0 to 4294967295", text -> isNumber(text, 0, 0xffff_ffffL)),
    POSITIVE("a number above 0", text -> isNumber(text, 1, Long.MAX_VALUE)),
    NUMBER("a number", text -> isNumber(text, 0, Long.MAX_VALUE)),
    SPEED("a number of KiB a second above 0", text -> isNumber(text, 1, 18_014_398_509_481_984L)),
    BURST("a number of KiB above 0", text -> isNumber(text, 1, 0xffff_ffffL)),
    TAG("a VLAN of 0 to 4095", text -> isNumber(text, 0, 4095)),
    NATIVE_MODE("`tagged` or `untagged`", matches("tagged|untagged")),
    MODE("a way of forwarding", matches("nat|route|open|bridge|passthrough|private|vepa|hostdev")),
    MANAGER("`kernel` or `libvirt`", matches("kernel|libvirt")),
    PROTOCOL("`tcp` or `udp`", matches("tcp|udp")),
    LEASE_UNIT("`seconds`, `minutes` or `hours`", matches("seconds|minutes|hours")),
    PCI("`pci`", matches("pci")),
    PCI_DOMAIN("a PCI domain", matches("(0x)?[0-9a-fA-F]{1,8}")),
    PCI_BUS("a PCI bus", matches("0x[0-9a-fA-F]{1,2}|[0-9]{1,3}")),
    PCI_SLOT("a PCI slot", matches("(0x)?[0-1]?[0-9a-fA-F]|[0-9]{1,2}")),
    PCI_FUNCTION("a PCI function of 0 to 7", matches("(0x)?[0-7]")),
    DRIVER("`vfio`, `kvm` or `xen`", matches("vfio|kvm|xen")),
    MODEL("the name of a driver", matches("[a-zA-Z0-9_-]+")),
    SWITCH("the type of a switch", matches("802\\.1Qbg|802\\.1Qbh|openvswitch|midonet")),
    UINT8("a number of 0 to 255", text -> isHexOr(text, 2, 255)),
    UINT24("a number of 0 to 16777215", text -> isHexOr(text, 6, 0xff_ffff)),
    PROFILE("a text of at most 39 characters", text -> text.length() <= 39),
    CONNECTION(
            "a way to plug a NIC in",
            matches(
                    "network|bridge|user|ethernet|direct|hostdev|vdpa|vhostuser|mcast|server|client|udp|internal|null|vds")),
    CARD_MODEL("the name of a card", matches("[a-zA-Z0-9_-]+")),
    CARD_DRIVER("`qemu`, `vhost`, `vfio`, `kvm` or `xen`", matches("qemu|vhost|vfio|kvm|xen")),
    TRANSMISSION("`iothread` or `timer`", matches("iothread|timer")),
    TRANSLATOR("`default` or `passt`", matches("default|passt")),
    MACVTAP("a mode of a macvtap", matches("vepa|bridge|private|passthrough")),
    SOCKET("`unix`", matches("unix")),
    SOCKET_END("`client` or `server`", matches("client|server")),
    LINK_STATE("`up` or `down`", matches("up|down")),
    ORIGIN("`generated` or `static`", matches("generated|static")),
    SUBSYSTEM("`subsystem`", matches("subsystem")),
    HOST_BUS("`pci`: only such a device has a NIC that stands in for it", matches("pci")),
    TEAM("`persistent` or `transient`", matches("persistent|transient")),
    ALIAS("the name of a device in its guest", matches("[a-zA-Z0-9._-]+")),
    PATH("a path from the root on", matches("/.+")),
    USB_ID("a number of 0x0000 to 0xffff", matches("(0x)?[0-9a-fA-F]{1,4}")),
    USB_PORT("a port on USB", matches("[0-9]{1,3}(\\.[0-9]{1,3}){0,3}")),
    HEX("a number", text -> isHexOr(text, 16, Long.MAX_VALUE));

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // None of the predicates above holds anything that changes.
    private final Predicate<String> test;

    ValueType(String words, Predicate<String> test) {
        this.words = words;
        this.test = test;
    }

    /** Whether a text is a value of this type. */
    public boolean accepts(String text) {
        return test.test(text);
    }

    /** What it is, with its article. */
    @Override
    public String toString() {
        return words;
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static boolean isAddress(String text, IpFamily family) {
        try {
            return IpAddress.parse(text).family() == family;
        } catch (LiteralException e) {
            return false;
        }
    }

    private static boolean isNumber(String text, long least, long most) {
        if (!text.matches("[0-9]{1,20}")) {
            return false;
        }
        BigInteger number = new BigInteger(text);
        return number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    private static boolean isHexOr(String text, int digits, long most) {
        return text.matches("0x[0-9a-fA-F]{1," + digits + "}") || isNumber(text, 0, most);
    }
}
