// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network interface as the kernel told it at one moment. Nothing is read from the message before it is asked for, so
 * each method throws {@link MessageFormatException} where the kernel did not keep to the form.
 */
public final class LinkInfo {
    private static final int IFF_UP = 0x1;
    private static final int IFF_LOWER_UP = 0x10000;
    private static final String[] OPERATIONAL_STATES = {
        "unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up"
    };

    private final Message message;
    private final Attributes attributes;

    LinkInfo(Message message) {
        this.message = message;
        this.attributes = message.attributes();
    }

    /** Its number, which another link may get once this one is gone. */
    public int index() {
        return (int) message.header(LinkAttributes.INDEX);
    }

    /** Its name. Any octets but a slash, a colon and white space may stand in it. */
    public String name() {
        return attributes.require(LinkAttributes.IFNAME);
    }

    /** The free text that it bears. */
    public Optional<String> alias() {
        return attributes.get(LinkAttributes.IFALIAS);
    }

    /** Its other names. */
    public List<String> alternativeNames() {
        List<String> names = new ArrayList<>();
        Attributes list = attributes.nested(LinkAttributes.PROP_LIST);
        for (Attributes.Entry entry : list.entries()) {
            if (entry.number() == LinkAttributes.ALT_IFNAME.number()) {
                names.add(list.decode(LinkAttributes.ALT_IFNAME, entry));
            }
        }
        return names;
    }

    /** {@code bridge}, {@code tun}, {@code veth}, …; empty for physical links and {@code lo}. */
    public String kind() {
        return attributes.nested(LinkAttributes.LINKINFO).text(LinkKind.KIND, "");
    }

    /** The kind of its master, as in {@code bridge}; empty where it has none. */
    public String masterKind() {
        return attributes.nested(LinkAttributes.LINKINFO).text(LinkKind.SLAVE_KIND, "");
    }

    /** Whether the administrator wants it up. */
    public boolean isUp() {
        return (message.header(LinkAttributes.FLAGS) & IFF_UP) != 0;
    }

    /** Whether it is up and something is at its other end: on a tap, a process that holds it. */
    public boolean hasCarrier() {
        return (message.header(LinkAttributes.FLAGS) & IFF_LOWER_UP) != 0;
    }

    /** All flags: {@code IFF_…} of linux/if.h. */
    public int flags() {
        return (int) message.header(LinkAttributes.FLAGS);
    }

    /** RFC 2863: {@code up}, {@code down}, {@code lowerlayerdown}, …. */
    public String operationalState() {
        long state = attributes.number(LinkAttributes.OPERSTATE, 0);
        return state < OPERATIONAL_STATES.length ? OPERATIONAL_STATES[(int) state] : "unknown";
    }

    /** The longest packet, in octets, without the link's own header. */
    public int mtu() {
        return (int) attributes.number(LinkAttributes.MTU, 0);
    }

    /** Its hardware address, where that is an Ethernet address. */
    public Optional<MacAddress> mac() {
        byte[] address = attributes.get(LinkAttributes.ADDRESS).orElse(new byte[0]);
        return address.length == 6 ? Optional.of(MacAddress.ofBytes(address)) : Optional.empty();
    }

    /** The group it was put in; 0 by default. */
    public int group() {
        return (int) attributes.number(LinkAttributes.GROUP, 0);
    }

    /** The index of the bridge or bond that it is a port of. */
    public OptionalInt masterIndex() {
        return index(LinkAttributes.MASTER);
    }

    /** The index of the link below it, or of its peer; perhaps in another namespace. */
    public OptionalInt lowerIndex() {
        return index(LinkAttributes.LINK);
    }

    /** An option of a bridge; empty on anything else. */
    public <T> Optional<T> bridge(Attribute<T> option) {
        return ofKind("bridge", option);
    }

    /** An option of a tap or tun; empty on anything else. */
    public <T> Optional<T> tun(Attribute<T> option) {
        return ofKind("tun", option);
    }

    /** An option of a macvtap; empty on anything else. */
    public <T> Optional<T> macvtap(Attribute<T> option) {
        return ofKind("macvtap", option);
    }

    /** An option of the kind that the link is of. */
    public <T> Optional<T> option(Attribute<T> option) {
        return attributes.nested(LinkAttributes.LINKINFO).nested(LinkKind.DATA).get(option);
    }

    private <T> Optional<T> ofKind(String kind, Attribute<T> option) {
        Attributes info = attributes.nested(LinkAttributes.LINKINFO);
        return info.text(LinkKind.KIND, "").equals(kind)
                ? info.nested(LinkKind.DATA).get(option)
                : Optional.empty();
    }

    /** An option of a bridge's port; empty on anything else. */
    public <T> Optional<T> port(Attribute<T> option) {
        Attributes info = attributes.nested(LinkAttributes.LINKINFO);
        return info.text(LinkKind.SLAVE_KIND, "").equals("bridge")
                ? info.nested(LinkKind.SLAVE_DATA).get(option)
                : Optional.empty();
    }

    /** An IPv4 setting; empty where IPv4 is off or the kernel does not know the setting. */
    public OptionalInt ipv4(Ipv4Setting setting) {
        Attributes ipv4 = attributes.nested(LinkAttributes.AF_SPEC).nested(FamilySettings.IPV4);
        return word(ipv4.get(FamilySettings.IPV4_VALUES), setting.number() - 1);
    }

    /** An IPv6 setting; empty where IPv6 is off or the kernel does not know the setting. */
    public OptionalInt ipv6(Ipv6Setting setting) {
        Attributes ipv6 = attributes.nested(LinkAttributes.AF_SPEC).nested(FamilySettings.IPV6);
        return word(ipv6.get(FamilySettings.IPV6_VALUES), setting.number());
    }

    /** How it gets its IPv6 addresses; empty where IPv6 is off. */
    public Optional<AddressGeneration> addressGeneration() {
        Attributes ipv6 = attributes.nested(LinkAttributes.AF_SPEC).nested(FamilySettings.IPV6);
        return AddressGeneration.of(ipv6.number(FamilySettings.ADDRESS_GENERATION, -1));
    }

    /** Whom a bond asks by ARP; nobody where it is none. */
    public List<IpAddress> arpTargets() {
        if (!kind().equals("bond")) {
            return List.of();
        }
        Attributes targets =
                attributes.nested(LinkAttributes.LINKINFO).nested(LinkKind.DATA).nested(BondAttributes.ARP_IP_TARGET);
        return targets.entries().stream()
                .map(entry -> targets.decode(BondAttributes.target(entry.number()), entry))
                .toList();
    }

    /** Everything the kernel told, for what has no method. */
    public Attributes attributes() {
        return attributes;
    }

    private OptionalInt index(Attribute<Long> attribute) {
        long index = attributes.number(attribute, 0);
        return index == 0 ? OptionalInt.empty() : OptionalInt.of((int) index);
    }

    private static OptionalInt word(Optional<int[]> words, int at) {
        return words.isPresent() && at < words.get().length ? OptionalInt.of(words.get()[at]) : OptionalInt.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkInfo link && message.equals(link.message);
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
