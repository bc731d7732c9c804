// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.sysctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SysctlTest {
    @Test
    void aSettingIsReadAndWrittenInTheNamespaceOfTheThread() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create()) {
            host.exec("ip", "link", "add", "br0.5", "type", "bridge");
            Sysctl mtu = Sysctl.of("br0.5", Ipv6Setting.MTU6);
            assertThat(mtu).hasToString("net.ipv6.conf.br0/5.mtu");
            assertThat(host.call(mtu::read)).isEqualTo("1500");
            host.run(() -> mtu.write("1400"));
            assertThat(host.exec("sysctl", "-n", "net.ipv6.conf.br0/5.mtu")).isEqualTo("1400\n");
            assertThat(mtu.exists()).isFalse();

            Sysctl all = Sysctl.ofAll(Ipv4Setting.RP_FILTER);
            String outside = Files.readAllLines(Path.of("/proc/sys/net/ipv4/conf/all/rp_filter"))
                    .get(0);
            String other = outside.equals("2") ? "1" : "2";
            host.run(() -> all.write(other));
            assertThat(host.call(all::read)).isEqualTo(other);
            assertThat(all.read()).isEqualTo(outside);
        }
    }

    @Test
    void whatIsNotThereAndWhatTheKernelRefusesAreErrors() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create()) {
            assertThatThrownBy(() -> host.call(Sysctl.of("none", Ipv6Setting.AUTOCONF)::read))
                    .hasMessage(
                            "cannot read net.ipv6.conf.none.autoconf: there is no such link, or this kernel has no such"
                                    + " setting");
            assertThatThrownBy(() -> host.run(
                            () -> Sysctl.of("lo", Ipv6Setting.ADDR_GEN_MODE).write("99")))
                    .hasMessageContaining("cannot set net.ipv6.conf.lo.addr_gen_mode to 99: Invalid argument");
            assertThatThrownBy(() -> host.run(
                            () -> Sysctl.of("none", Ipv4Setting.FORWARDING).write("1")))
                    .hasMessageContaining("there is no such link");
        }
    }

    @Test
    void noNameLeadsOutOfTheTree() {
        for (String name : List.of("..", "../../kernel", "a/b", "", "all", "default", ".", "%")) {
            assertThatThrownBy(() -> Sysctl.of(name, Ipv4Setting.FORWARDING))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("../kernel/core_pattern", "/etc/passwd", "ipv4/../../kernel", "")) {
            assertThatThrownBy(() -> new Sysctl(Path.of(path))).as(path).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
