// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import io.vnetc.applier.netlink.KernelTransport;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.RecordingTransport;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.MacAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of ports: to the kernel that runs this, and recorded, where that has no such bridge or switch. */
class BridgePortMessagesTest {
    private static final MacAddress GUEST = MacAddress.parse("52:54:00:aa:bb:cc");
    private static final UUID INSTANCE = UUID.fromString("09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f");
    private static final UUID HOST = UUID.fromString("5d3acde4-6b3a-4d6e-8bd1-2c5b0f9d1c11");

    private final NetworkNamespace host = NetworkNamespace.create();
    private final RecordingTransport recorder =
            new RecordingTransport(host.call(() -> KernelTransport.open(RouteProtocol.PROTOCOL)));
    private final RouteSocket socket = new RouteSocket(recorder);

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    private void bridge() {
        host.exec("ip", "link", "add", "br0", "type", "bridge");
        host.exec("ip", "link", "add", "port0", "type", "veth", "peer", "name", "peer0");
        host.exec("ip", "link", "set", "port0", "master", "br0");
    }

    @Test
    void anAddressBehindAPortIsStaticForBridgeAndGoesAgain() throws Exception {
        bridge();

        socket.apply(BridgeEntryChange.add("port0", GUEST));
        socket.apply(BridgeEntryChange.add("port0", GUEST));

        assertThat(entries()).containsExactly(GUEST.toString());
        int port = socket.link("port0").orElseThrow().index();
        assertThat(socket.bridgeEntries()).contains(new BridgeEntry(port, GUEST, true));
        assertThat(socket.bridgeEntries().stream().filter(BridgeEntry::fixed).distinct())
                .hasSize(1);

        socket.apply(BridgeEntryChange.delete("port0", GUEST));
        assertThat(entries()).isEmpty();
    }

    private List<String> entries() {
        JsonArray all = host.json("bridge", "-j", "fdb", "show", "dev", "port0").getAsJsonArray();
        return all.asList().stream()
                .map(entry -> entry.getAsJsonObject())
                .filter(entry -> entry.get("state").getAsString().equals("static"))
                .map(entry -> entry.get("mac").getAsString())
                // Once for each VLAN of the port, where the kernel has them.
                .distinct()
                .toList();
    }

    @Test
    void vlansGoInOneMessageWithTheirRanges() {
        bridge();
        List<BridgeVlan> vlans = List.of(
                new BridgeVlan(1, 1, false, true),
                new BridgeVlan(20, 30, false, false),
                new BridgeVlan(42, 42, true, true));

        Message put = recorded(new BridgeVlanChange(true, "port0", false, vlans));
        Message taken =
                recorded(new BridgeVlanChange(false, "br0", true, List.of(new BridgeVlan(43, 43, false, false))));

        assertThat(put.type()).isEqualTo(RouteProtocol.SET_LINK);
        assertThat(put.header(LinkAttributes.FAMILY)).isEqualTo(7);
        assertThat(attributes(put))
                .isEqualTo(
                        "24001a80" // IFLA_AF_SPEC, nested
                                + "0800020004000100" // untagged, 1
                                + "0800020008001400" // range begin, 20
                                + "0800020010001e00" // range end, 30
                                + "0800020006002a00"); // pvid untagged, 42
        assertThat(taken.type()).isEqualTo(RouteProtocol.DELETE_LINK);
        assertThat(attributes(taken))
                .isEqualTo("14001a80" + "0600000002000000" // of the bridge itself
                        + "0800020000002b00");
        assertThat(BridgeVlan.decode(put.attributes())).isEqualTo(vlans);
    }

    @Test
    void aSwitchOf8021QbgIsToldTheTypeOfItsPort() {
        host.exec("ip", "link", "add", "port0", "type", "veth", "peer", "name", "peer0");

        Message message = recorded(new PortProfileChange(
                "port0",
                true,
                Optional.empty(),
                Optional.of(new PortProfileChange.Instance(11, 0x123456, 2)),
                Optional.of(INSTANCE),
                Optional.of(HOST),
                Optional.empty()));

        assertThat(message.type()).isEqualTo(RouteProtocol.SET_LINK);
        assertThat(message.attributes().toString())
                .isEqualTo("IFLA_PORT_SELF={IFLA_PORT_VSI_TYPE=0x0b56341202000000"
                        + " IFLA_PORT_INSTANCE_UUID=0x09b11c538b5c4eeb8f00d84eaa0aaa4f"
                        + " IFLA_PORT_HOST_UUID=0x5d3acde46b3a4d6e8bd12c5b0f9d1c11 IFLA_PORT_REQUEST=2}");
    }

    @Test
    void aSwitchOf8021QbhIsToldTheProfileOfAFunction() {
        host.exec("ip", "link", "add", "port0", "type", "veth", "peer", "name", "peer0");

        Message message = recorded(new PortProfileChange(
                "port0",
                false,
                Optional.of("gold"),
                Optional.empty(),
                Optional.of(INSTANCE),
                Optional.empty(),
                Optional.of(3)));

        assertThat(message.attributes().toString())
                .isEqualTo("IFLA_VF_PORTS={IFLA_VF_PORT={IFLA_PORT_VF=3 IFLA_PORT_PROFILE=gold"
                        + " IFLA_PORT_INSTANCE_UUID=0x09b11c538b5c4eeb8f00d84eaa0aaa4f IFLA_PORT_REQUEST=3}}");
    }

    /** The last request, whatever the kernel says to it. */
    private Message recorded(Change change) {
        try {
            socket.apply(change);
        } catch (NetlinkException e) {
            assertThat(e.errno().name()).isIn("EOPNOTSUPP", "ENOENT", "EINVAL");
        }
        List<String> requests = recorder.recording()
                .lines()
                .filter(line -> line.startsWith("> "))
                .toList();
        byte[] octets =
                HexFormat.of().parseHex(requests.get(requests.size() - 1).substring(2));
        return Message.split(RouteProtocol.PROTOCOL, octets).get(0);
    }

    private static String attributes(Message message) {
        // After nlmsghdr and ifinfomsg.
        return HexFormat.of().formatHex(message.toOctets()).substring(2 * 32);
    }
}
