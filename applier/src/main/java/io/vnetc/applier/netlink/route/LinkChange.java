// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.system.LinkNames;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.Request;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes a link or changes one, all in one message: the kernel does everything or, where it refuses a part, nothing but
 * what came before it in its own order. What is not set is left as it is. Mutable while it is put together.
 *
 * <p>The message that makes a link can hold neither its alias (the kernel ignores it) nor settings of IPv4 and IPv6
 * (EAFNOSUPPORT), and the one that gives it its master no port options: make the link down, and change it with a second
 * message, then bring it up.
 */
public final class LinkChange implements Change {
    private static final int IFF_UP = 0x1;

    private final String name;
    private final String kind;
    private final boolean create;
    private final List<Value<?>> values = new ArrayList<>();
    private final List<Value<?>> options = new ArrayList<>();
    private final List<IpAddress> arpTargets = new ArrayList<>();
    private final List<Value<?>> port = new ArrayList<>();
    private final List<Value<?>> ipv4 = new ArrayList<>();
    private final List<Value<?>> ipv6 = new ArrayList<>();
    private String master;
    private String lower;
    private String peer;
    private String primary;
    private boolean changesArpTargets;
    private boolean changesUp;
    private boolean up;

    private LinkChange(String name, String kind, boolean create) {
        this.name = LinkNames.valid(name);
        this.kind = kind;
        this.create = create;
    }

    private record Value<T>(Attribute<T> attribute, T value) {
        void put(AttributeWriter writer) {
            writer.put(attribute, value);
        }
    }

    /** Makes a link of a kind such as {@code bridge} or {@code ifb}; fails where the name is taken. */
    public static LinkChange create(String name, String kind) {
        return new LinkChange(name, kind, true);
    }

    /** Makes a bridge, down; fails where the name is taken. */
    public static LinkChange createBridge(String name) {
        return create(name, "bridge");
    }

    /** Makes a link of a kind such as {@code vlan} on another link, down; fails where the name is taken. */
    public static LinkChange createOn(String name, String kind, String lower) {
        LinkChange change = create(name, kind);
        change.lower = lower;
        return change;
    }

    /** Makes a macvtap on another link, down; fails where the name is taken. */
    public static LinkChange createMacvtap(String name, String lower) {
        return createOn(name, "macvtap", lower);
    }

    /** Makes both ends of a pair, down and in one group; fails where a name is taken. */
    public static LinkChange createPair(String name, String peer, int group) {
        LinkChange change = create(name, "veth").group(group);
        change.peer = LinkNames.valid(peer);
        return change;
    }

    /** Changes a link of a kind, its own options too. */
    public static LinkChange changeKind(String name, String kind) {
        return new LinkChange(name, kind, false);
    }

    /** Changes a macvtap, its own options too. */
    public static LinkChange changeMacvtap(String name) {
        return new LinkChange(name, "macvtap", false);
    }

    /** Changes a link; fails where there is none of that name. */
    public static LinkChange change(String name) {
        return new LinkChange(name, "", false);
    }

    /** Changes a bridge, its own options too. */
    public static LinkChange changeBridge(String name) {
        return new LinkChange(name, "bridge", false);
    }

    /** Up or down. A link that goes down loses its IPv6 addresses and all its routes. */
    public LinkChange up(boolean wanted) {
        changesUp = true;
        up = wanted;
        return this;
    }

    /** Its hardware address. */
    public LinkChange mac(MacAddress address) {
        return put(LinkAttributes.ADDRESS, address.toBytes());
    }

    /**
     * In octets, 68 to 65535. A bridge keeps an MTU only if it was set after it was made, to another than it had; until
     * then it follows the smallest of its ports.
     */
    public LinkChange mtu(int octets) {
        return put(LinkAttributes.MTU, (long) octets);
    }

    /** A group, by which links can be found and deleted together. */
    public LinkChange group(int number) {
        return put(LinkAttributes.GROUP, (long) number);
    }

    /** Free text of at most 255 octets; empty takes it away. */
    public LinkChange alias(String text) {
        requireExisting("an alias");
        return put(LinkAttributes.IFALIAS, text);
    }

    /** Makes it a port of a bridge. */
    public LinkChange master(String bridgeName) {
        master = bridgeName;
        return this;
    }

    /** Takes it out of its bridge, which forgets all that was set for the port. */
    public LinkChange noMaster() {
        master = null;
        return put(LinkAttributes.MASTER, 0L);
    }

    /** An option of the bridge that it is: {@link BridgeAttributes}. */
    public <T> LinkChange bridge(Attribute<T> option, T value) {
        if (!kind.equals("bridge")) {
            throw new IllegalStateException("say changeBridge(\"" + name + "\") to change options of a bridge");
        }
        return option(option, value);
    }

    /** An option of the macvtap that it is: {@link MacvlanAttributes}. */
    public <T> LinkChange macvtap(Attribute<T> option, T value) {
        if (!kind.equals("macvtap")) {
            throw new IllegalStateException("say changeMacvtap(\"" + name + "\") to change options of a macvtap");
        }
        return option(option, value);
    }

    /** An option of the kind of link that was said when this was begun. */
    public <T> LinkChange option(Attribute<T> option, T value) {
        options.add(new Value<>(option, value));
        return this;
    }

    /** Whom a bond asks by ARP: these, and nobody else. */
    public LinkChange arpTargets(List<IpAddress> addresses) {
        changesArpTargets = true;
        arpTargets.clear();
        arpTargets.addAll(addresses);
        return this;
    }

    /** The member that a bond prefers. */
    public LinkChange primary(String link) {
        primary = link;
        return this;
    }

    /** An option of the port of a bridge that it is already: {@link BridgePortAttributes}. */
    public <T> LinkChange port(Attribute<T> option, T value) {
        port.add(new Value<>(option, value));
        return this;
    }

    /** A setting of IPv4, as if written to {@code /proc/sys/net/ipv4/conf}. The link has to be there already. */
    public LinkChange ipv4(Ipv4Setting setting, int value) {
        requireExisting("an IPv4 setting");
        ipv4.add(new Value<>(FamilySettings.change(setting), value & 0xffff_ffffL));
        return this;
    }

    /** Where its IPv6 addresses come from. The link has to be there already, and comes up in a later message only. */
    public LinkChange addressGeneration(AddressGeneration mode) {
        requireExisting("a mode of address generation");
        ipv6.add(new Value<>(FamilySettings.ADDRESS_GENERATION, (long) mode.number()));
        return this;
    }

    /** Any other attribute of {@link LinkAttributes}. */
    public <T> LinkChange put(Attribute<T> attribute, T value) {
        values.add(new Value<>(attribute, value));
        return this;
    }

    private void requireExisting(String what) {
        if (create) {
            throw new IllegalStateException("the kernel does not take " + what + " in the message that makes " + name);
        }
    }

    @Override
    public String operation() {
        return (create ? "create " : "change ") + (kind.isEmpty() ? "link" : kind) + " " + name;
    }

    @Override
    public List<String> neededLinks() {
        return Stream.of(master, lower, primary).filter(Objects::nonNull).toList();
    }

    @Override
    public List<String> affectedLinks() {
        return create ? Stream.of(name, peer).filter(Objects::nonNull).toList() : List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        if (up && !ipv6.isEmpty()) {
            throw new IllegalStateException("the kernel brings " + name
                    + " up, with its link-local address, before it looks at the mode of address generation: change that"
                    + " in a message before");
        }
        Request.Builder builder = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.NEW_LINK, operation());
        if (create) {
            builder.flags(Request.CREATE | Request.EXCLUSIVE);
        }
        if (changesUp) {
            builder.header(LinkAttributes.FLAGS, up ? IFF_UP : 0).header(LinkAttributes.CHANGE, IFF_UP);
        }
        AttributeWriter writer = builder.attributes().put(LinkAttributes.IFNAME, name);
        for (Value<?> value : values) {
            value.put(writer);
        }
        if (master != null) {
            writer.put(LinkAttributes.MASTER, indexes.of(master));
        }
        if (lower != null) {
            writer.put(LinkAttributes.LINK, indexes.of(lower));
        }
        putKind(writer, indexes);
        putFamilies(writer);
        return builder.build();
    }

    private void putKind(AttributeWriter writer, Indexes indexes) {
        if (kind.isEmpty() && port.isEmpty()) {
            return;
        }
        writer.begin(LinkAttributes.LINKINFO);
        if (!kind.isEmpty()) {
            writer.put(LinkKind.KIND, kind);
        }
        if (!options.isEmpty() || changesArpTargets || primary != null || peer != null) {
            writer.begin(LinkKind.DATA);
            putAll(options, writer);
            if (changesArpTargets) {
                writer.begin(BondAttributes.ARP_IP_TARGET);
                for (int i = 0; i < arpTargets.size(); i++) {
                    writer.put(BondAttributes.target(i), arpTargets.get(i));
                }
                writer.end();
            }
            if (primary != null) {
                writer.put(BondAttributes.PRIMARY, (long) indexes.of(primary));
            }
            if (peer != null) {
                writer.put(VethAttributes.PEER, otherEnd());
            }
            writer.end();
        }
        if (!port.isEmpty()) {
            writer.put(LinkKind.SLAVE_KIND, "bridge").begin(LinkKind.SLAVE_DATA);
            putAll(port, writer);
            writer.end();
        }
        writer.end();
    }

    /** A message of its own without what says how long it is. */
    private byte[] otherEnd() {
        Request.Builder end = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.NEW_LINK, operation())
                .put(LinkAttributes.IFNAME, peer);
        for (Value<?> value : values) {
            if (value.attribute().equals(LinkAttributes.GROUP)) {
                value.put(end.attributes());
            }
        }
        byte[] message = end.build().toOctets(0);
        return Arrays.copyOfRange(message, Message.HEADER, message.length);
    }

    private void putFamilies(AttributeWriter writer) {
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            return;
        }
        writer.begin(LinkAttributes.AF_SPEC);
        if (!ipv4.isEmpty()) {
            writer.begin(FamilySettings.IPV4).begin(FamilySettings.IPV4_CHANGES);
            putAll(ipv4, writer);
            writer.end().end();
        }
        if (!ipv6.isEmpty()) {
            writer.begin(FamilySettings.IPV6);
            putAll(ipv6, writer);
            writer.end();
        }
        writer.end();
    }

    private static void putAll(List<Value<?>> values, AttributeWriter writer) {
        for (Value<?> value : values) {
            value.put(writer);
        }
    }

    @Override
    public String toString() {
        return operation();
    }
}
