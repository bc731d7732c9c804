// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.SETTINGS;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.Setting;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose uplink has its address and its default route from a router keeps both. */
class RouterRoutesTest {
    /** Sends router advertisements (RFC 4861) for 2001:db8::/64 by the link {@code isp}, ten a second. */
    private static final String ROUTER = """
            import socket, struct, time
            s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"isp")
            prefix = socket.inet_pton(socket.AF_INET6, "2001:db8::")
            message = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0)
            message += struct.pack("!BBBBIII", 3, 4, 64, 0xc0, 86400, 14400, 0) + prefix
            for i in range(3):
                s.sendto(message, ("ff02::1", 0, 0, socket.if_nametoindex("isp")))
                time.sleep(0.1)
            """;

    private final DriverLab lab = new DriverLab();
    private final NetworkNamespace router = NetworkNamespace.create();

    @BeforeEach
    void hearTheRouter() throws InterruptedException {
        lab.space.cable("eno1", router, "isp");
        await("fe80", router, "isp");
        router.exec("python3", "-c", ROUTER);
        await("2001:db8", lab.space, "eno1");
        assertThat(routes()).contains("default").contains("2001:db8::/64");
    }

    @AfterEach
    void close() {
        router.close();
        lab.close();
    }

    /** Until a link has an address that can be used. */
    private static void await(String address, NetworkNamespace space, String link) throws InterruptedException {
        String shown = "";
        for (int i = 0; i < 200; i++) {
            shown = space.exec("ip", "-6", "address", "show", "dev", link);
            if (shown.contains(address) && !shown.contains("tentative")) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("no address " + address + " in " + shown);
    }

    private String routes() {
        return lab.space.exec("ip", "-6", "route", "show", "dev", "eno1");
    }

    @Test
    void whenABridgeThatForwardsIsMadeAndWhenOneBecomesARouter() {
        NamespaceSnapshot before = lab.snapshot();

        lab.make(BRIDGES, bridge("vbr-a"));
        lab.change(BRIDGES, bridge("vbr-a"), closed());
        lab.change(BRIDGES, closed(), bridge("vbr-a"));

        assertThat(routes()).contains("default").contains("2001:db8::/64");
        lab.snapshot()
                .since(before)
                .outside(change -> change.key().contains("vbr-a"))
                .requireNone("bridges beside an uplink that lives on router advertisements");
    }

    private static Bridge closed() {
        return BridgeDriverTest.with(bridge("vbr-a"), Map.of("ipv6Forwarding", false));
    }

    @Test
    void whenForwardingIsSwitchedOnForAllLinks() {
        Setting off = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 0);
        Setting on = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 1);
        NamespaceSnapshot before = lab.snapshot();

        lab.change(SETTINGS, off, on);
        assertThat(routes()).contains("default").contains("2001:db8::/64");
        lab.change(SETTINGS, on, off);

        lab.snapshot().since(before).requireNone("forwarding of all links, on and off");
    }

    /** What the two tests above guard against is what the kernel does. */
    @Test
    void whichItLosesOtherwise() {
        lab.space.exec("ip", "link", "add", "br9", "type", "bridge");

        lab.space.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/br9/forwarding");

        assertThat(routes()).doesNotContain("default");
    }
}
