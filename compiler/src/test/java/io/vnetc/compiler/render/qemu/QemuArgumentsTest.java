// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.render.qemu.QemuArguments.Plug;
import io.vnetc.compiler.testing.Networks;
import io.vnetc.compiler.testing.Program;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QemuArgumentsTest {
    private final QemuArguments web = QemuArguments.of(
            "web",
            List.of(
                    new Plug(Networks.nic("web", "eth0", "office"), 1500),
                    new Plug(Networks.nic("web", "_1", "lab", 4, Optional.empty()), 9000)),
            QemuHost.ASSUMED);

    @Test
    void aCardIsItsTapAndAVirtioDevice() {
        assertThat(web.arguments())
                .containsExactly(
                        "-netdev",
                        "{\"type\":\"tap\",\"id\":\"host-eth0\",\"ifname\":\"vt-web-eth0\",\"script\":\"no\",\"downscript\":\"no\"}",
                        "-device",
                        "{\"driver\":\"virtio-net-pci\",\"netdev\":\"host-eth0\",\"id\":\"nic-eth0\","
                                + "\"mac\":\"52:54:00:00:01:01\"}",
                        "-netdev",
                        "{\"type\":\"tap\",\"id\":\"host-_1\",\"ifname\":\"vt-web-_1\",\"script\":\"no\",\"downscript\":\"no\","
                                + "\"queues\":4}",
                        "-device",
                        "{\"driver\":\"virtio-net-pci\",\"netdev\":\"host-_1\",\"id\":\"nic-_1\","
                                + "\"mac\":\"52:54:00:00:01:01\",\"mq\":true,\"vectors\":10,\"host_mtu\":9000}");
    }

    @Test
    void qemuTakesThem() {
        Program.Outcome outcome = Program.runInNamespace(
                "info network\nquit\n", """
                ip tuntap add vt-web-eth0 mode tap
                ip tuntap add vt-web-_1 mode tap multi_queue
                exec qemu-system-x86_64 -machine q35 -S -display none -nodefaults -monitor stdio "$@\"""", web.arguments().toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("nic-eth0", "nic-_1", "ifname=vt-web-eth0,script=no,downscript=no")
                .doesNotContain("rror");
    }
}
