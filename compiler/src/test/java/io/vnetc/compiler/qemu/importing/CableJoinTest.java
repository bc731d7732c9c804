// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that are plugged into each other. */
class CableJoinTest {
    private static String imported(String left, String right) {
        return Imports.script("kvm -name a -netdev " + left
                        + ",id=n -device e1000,netdev=n,id=x,mac=52:54:00:00:00:01\n" + "kvm -name b -netdev " + right
                        + ",id=n -device e1000,netdev=n,id=y,mac=52:54:00:00:00:02\n")
                .vnet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socket,udp=127.0.0.1:7,localaddr=127.0.0.2:6|socket,udp=127.0.0.2:6,localaddr=127.0.0.1:7|link a.x <-> b.y over udp {",
                "dgram,local.type=inet,local.host=127.0.0.1,local.port=7,remote.type=inet,remote.host=127.0.0.1,remote.port=8|socket,udp=127.0.0.1:7,localaddr=127.0.0.1:8|link a.x <-> b.y over udp {",
                "stream,addr.type=unix,addr.path=/run/s,reconnect=2|stream,server=on,addr.type=unix,addr.path=/run/s|link b.y <-> a.x over stream {",
                "stream,server=on,addr.type=inet,addr.host=127.0.0.1,addr.port=9|stream,addr.type=inet,addr.host=127.0.0.1,addr.port=9,reconnect=1|link a.x <-> b.y over stream {",
                "socket,mcast=239.192.0.1:9,localaddr=127.0.0.1|socket,mcast=239.192.0.1:9,localaddr=127.0.0.1|link a.x <-> b.y over multicast {",
                "dgram,local.type=unix,local.path=/run/a.x.sock,remote.type=unix,remote.path=/run/b.y.sock|dgram,local.type=unix,local.path=/run/b.y.sock,remote.type=unix,remote.path=/run/a.x.sock|link a.x <-> b.y over unix {",
            })
    void socketsThatLeadToEachOtherAreACable(String left, String right, String expected) {
        String vnet = imported(left, right);
        assertThat(vnet).contains(expected).doesNotContain("dgram").doesNotContain("stream {\n      ");
        List<Map<String, String>> printed = Imports.flat(Imports.arguments(vnet, "a"));
        String apart = Imports.script(
                        "kvm -name a -netdev " + left + ",id=n -device e1000,netdev=n,id=x,mac=52:54:00:00:00:01")
                .vnet();
        assertThat(printed).isEqualTo(Imports.flat(Imports.arguments(apart, "a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socket,listen=127.0.0.1:9|socket,connect=127.0.0.1:9",
                "socket,listen=:9|socket,connect=127.0.0.1:9",
                "socket,mcast=239.192.0.1:9|socket,mcast=239.192.0.1:9",
                "socket,mcast=239.192.0.1:9,localaddr=127.0.0.1|socket,mcast=239.192.0.1:9,localaddr=127.0.0.2",
                "socket,udp=127.0.0.1:7,localaddr=127.0.0.1:6|socket,udp=127.0.0.1:6,localaddr=:7",
                "dgram,local.type=unix,local.path=/run/l,remote.type=unix,remote.path=/run/r|dgram,local.type=unix,local.path=/run/r,remote.type=unix,remote.path=/run/l",
            })
    void whatACableWouldDoOtherwiseStaysTwoSockets(String left, String right) {
        assertThat(imported(left, right)).doesNotContain("link ");
    }

    @Test
    void twoThatClaimOneEndAreNoCable() {
        String script = """
                kvm -name a -netdev socket,id=n,udp=127.0.0.1:7,localaddr=127.0.0.1:6 -device e1000,netdev=n
                kvm -name b -netdev socket,id=n,udp=127.0.0.1:6,localaddr=127.0.0.1:7 -device e1000,netdev=n
                kvm -name c -netdev socket,id=n,udp=127.0.0.1:6,localaddr=127.0.0.1:7 -device e1000,netdev=n
                """;
        assertThat(Imports.script(script).vnet()).doesNotContain("link ");
    }
}
