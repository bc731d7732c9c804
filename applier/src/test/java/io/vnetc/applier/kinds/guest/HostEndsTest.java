// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.kinds.guest.HostEnds.End;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostEndsTest {
    /** As QEMU 7.2 prints it. */
    private static final String NETWORK = """
            hub 0\r
             \\ host-eth5: nic-eth5: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:05\r
             \\ hub-eth6: host-eth6: index=0,type=tap,ifname=vt-web-eth6,script=no,downscript=no\r
             \\ host-eth7\r
            nic-eth0: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:01\r
             \\ host-eth0: index=0,type=tap,ifname=vt-web-eth0,script=no,downscript=no\r
            nic-eth0: index=1,type=nic,\r
             \\ host-eth0: index=1,type=tap,ifname=vt-web-eth0,script=no,downscript=no\r
            nic-eth1: index=0,type=nic,model=e1000,macaddr=52:54:00:00:00:02\r
             \\ host-eth1: index=0,type=user,net=10.0.2.0,restrict=off\r
            nic-eth2: index=0,type=nic,model=e1000,macaddr=52:54:00:00:00:03\r
             \\ host-eth2: index=0,type=tap,helper=/usr/lib/qemu/qemu-bridge-helper,br=br0\r
            host-eth9: index=0,type=tap,fd=12\r
            other: index=0,type=user,net=10.0.2.0,restrict=off\r
            """;

    @Test
    void areReadFromWhatQemuTellsPeople() {
        assertThat(HostEnds.parse(NETWORK).ends())
                .isEqualTo(Map.of(
                        "host-eth0", new End("tap", Optional.of("vt-web-eth0"), 2),
                        "host-eth1", new End("user", Optional.empty(), 1),
                        "host-eth2", new End("bridge", Optional.empty(), 1),
                        "host-eth5", new End("hubport", Optional.empty(), 1),
                        "host-eth6", new End("tap", Optional.of("vt-web-eth6"), 1),
                        "host-eth7", new End("hubport", Optional.empty(), 1),
                        "host-eth9", new End("tap", Optional.empty(), 1)));
    }

    @Test
    void haveWhatWasSaidOfThemWhereQemuDoesNotTell() {
        HostEnds ends = HostEnds.parse(NETWORK);
        String said = "{\"type\":\"tap\",\"id\":\"host-eth0\",\"ifname\":\"other\",\"script\":\"no\",\"sndbuf\":7}";
        assertThat(ends.of("host-eth0", Optional.of(said)).orElseThrow())
                .hasToString("{\"type\":\"tap\",\"id\":\"host-eth0\",\"ifname\":\"vt-web-eth0\",\"script\":\"no\","
                        + "\"sndbuf\":7,\"queues\":2}");
        assertThat(ends.of("host-eth1", Optional.of(said)).orElseThrow())
                .as("said of another sort")
                .hasToString("{\"type\":\"user\",\"id\":\"host-eth1\"}");
        assertThat(ends.of("host-eth3", Optional.of(said))).isEmpty();
    }
}
