// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.netlink.sysctl.Sysctl;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A dump of the links tells every setting that {@code /proc/sys} has, under the right name. */
class LinkSettingsTest {
    @Test
    void everyIpv4SettingIsWhatItsFileSays() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                RouteSocket socket = host.call(RouteSocket::open)) {
            socket.apply(LinkChange.createBridge("br0"));
            int found = 0;
            for (Ipv4Setting setting : Ipv4Setting.values()) {
                Sysctl file = Sysctl.of("br0", setting);
                if (host.call(file::exists) && setting != Ipv4Setting.MC_FORWARDING) {
                    found++;
                    String shown = host.call(file::read);
                    assertThat(value(socket, setting)).as(setting.key()).isEqualTo(shown);
                    String other = shown.equals("0") ? "1" : "0";
                    host.run(() -> file.write(other));
                    assertThat(value(socket, setting)).as(setting.key()).isEqualTo(other);
                    // By netlink as well, back to what it was.
                    socket.apply(LinkChange.change("br0").ipv4(setting, Integer.parseInt(shown)));
                    assertThat(host.call(file::read)).as(setting.key()).isEqualTo(shown);
                }
            }
            assertThat(found).isGreaterThan(25);
        }
    }

    @Test
    void everyIpv6SettingThatIsOnOrOffIsWhatItsFileSays() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                RouteSocket socket = host.call(RouteSocket::open)) {
            socket.apply(LinkChange.createBridge("br0"));
            int found = 0;
            for (Ipv6Setting setting : Ipv6Setting.values()) {
                Sysctl file = Sysctl.of("br0", setting);
                String shown = host.call(file::exists) ? read(host, file) : "";
                boolean plain = setting != Ipv6Setting.MC_FORWARDING && setting != Ipv6Setting.RTR_SOLICIT_DELAY;
                if (plain && (shown.equals("0") || shown.equals("1"))) {
                    found++;
                    assertThat(value(socket, setting)).as(setting.key()).isEqualTo(shown);
                    String other = shown.equals("0") ? "1" : "0";
                    host.run(() -> file.write(other));
                    assertThat(value(socket, setting)).as(setting.key()).isEqualTo(other);
                    host.run(() -> file.write(shown));
                }
            }
            assertThat(found).isGreaterThan(30);
            assertThat(host.call(Sysctl.of("br0", Ipv6Setting.FORCE_FORWARDING)::exists))
                    .isTrue();
        }
    }

    private static String read(NetworkNamespace host, Sysctl file) {
        return host.call(() -> {
            try {
                return file.read();
            } catch (IOException e) {
                // stable_secret cannot be read before it is set.
                return "";
            }
        });
    }

    private static String value(RouteSocket socket, Ipv4Setting setting) throws Exception {
        return text(socket.links().find("br0").orElseThrow().ipv4(setting));
    }

    private static String value(RouteSocket socket, Ipv6Setting setting) throws Exception {
        return text(socket.links().find("br0").orElseThrow().ipv6(setting));
    }

    private static String text(OptionalInt value) {
        return String.valueOf(value.orElseThrow());
    }
}
