// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.render.qemu.QemuArguments.Plug;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.testing.Networks;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
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

    /** Of these no machine has all; what QEMU and libvirt say of the same is held in other tests. */
    @Test
    void whatNeedsHardwareOrASwitchIsSaidAsQemuTakesIt() {
        assertThat(printed("""
                pool cards { pci 0000:03:10.1 }
                vm web {
                  nic e0 { vhost-user "/run/a,b.sock" { server on }  queues 2 }
                  nic e1 { vhost-user "/run/c.sock" { reconnect 5s } }
                  nic e2 { vdpa "/dev/vhost-vdpa-0"  queues 2 }
                  nic e3 { bridge-helper br0 { helper "/usr/lib/qemu/qemu-bridge-helper" } }
                  nic e4 { pool cards  failover e2  device { boot-order 1 } }
                  nic e5 { pci 0000:03:00.0 }
                  nic e6 { usb 1-2.1  device { bus "usb.0" } }
                  nic e7 { user  device virtio-ccw { devno "fe.0.0001" } }
                  nic e8 { user  device spapr-vlan { reg 4096 } }
                }
                """))
                .filteredOn(word -> !word.startsWith("{\"type\":\"user\""))
                .containsExactly(
                        "-chardev",
                        "socket,id=switch-e0,path=/run/a,,b.sock,server=on",
                        "-netdev",
                        "{\"type\":\"vhost-user\",\"id\":\"host-e0\",\"chardev\":\"switch-e0\",\"queues\":2}",
                        "-device",
                        device("e0", "\"mq\":true,\"vectors\":6"),
                        "-chardev",
                        "socket,id=switch-e1,path=/run/c.sock,reconnect=5",
                        "-netdev",
                        "{\"type\":\"vhost-user\",\"id\":\"host-e1\",\"chardev\":\"switch-e1\"}",
                        "-device",
                        device("e1", ""),
                        "-netdev",
                        "{\"type\":\"vhost-vdpa\",\"id\":\"host-e2\",\"vhostdev\":\"/dev/vhost-vdpa-0\",\"queues\":2}",
                        "-device",
                        device("e2", "\"mq\":true,\"vectors\":6,\"failover\":true"),
                        "-netdev",
                        "{\"type\":\"bridge\",\"id\":\"host-e3\",\"br\":\"br0\","
                                + "\"helper\":\"/usr/lib/qemu/qemu-bridge-helper\"}",
                        "-device",
                        device("e3", ""),
                        "-device",
                        "{\"driver\":\"vfio-pci\",\"id\":\"nic-e4\",\"host\":\"0000:03:10.1\","
                                + "\"failover_pair_id\":\"nic-e2\",\"bootindex\":1}",
                        "-device",
                        "{\"driver\":\"vfio-pci\",\"id\":\"nic-e5\",\"host\":\"0000:03:00.0\"}",
                        "-device",
                        "{\"driver\":\"usb-host\",\"id\":\"nic-e6\",\"hostbus\":1,\"hostport\":\"2.1\",\"bus\":\"usb.0\"}",
                        "-netdev",
                        "-device",
                        device("e7", "\"devno\":\"fe.0.0001\"").replace("virtio-net-pci", "virtio-net-ccw"),
                        "-netdev",
                        "-device",
                        device("e8", "\"reg\":4096").replace("virtio-net-pci", "spapr-vlan"));
    }

    @Test
    void aStreamReconnectsAsTheVersionSaysIt() {
        String source = """
                vm web { nic e0 }
                vm db { nic e0 }
                link db.e0 <-> web.e0 over stream { socket "/run/x.sock"  reconnect 2s }
                """;
        assertThat(printed(source, new QemuVersion(8, 0, 0)).get(1)).endsWith("\"server\":false,\"reconnect\":2}");
        assertThat(printed(source, new QemuVersion(9, 2, 0)).get(1))
                .endsWith("\"server\":false,\"reconnect-ms\":2000}");
    }

    /** A virtio card with the MAC that derives from its name. */
    private static String device(String nic, String properties) {
        String mac = Resolver.resolve(parsed("vm web { nic " + nic + " { user } }"))
                .orElseThrow()
                .guests()
                .get(0)
                .nics()
                .get(0)
                .mac()
                .toString();
        return "{\"driver\":\"virtio-net-pci\",\"netdev\":\"host-%1$s\",\"id\":\"nic-%1$s\",\"mac\":\"%2$s\"%3$s}"
                .formatted(nic, mac, properties.isEmpty() ? "" : "," + properties);
    }

    private static List<String> printed(String source) {
        return printed(source, QemuVersion.DEFAULT);
    }

    private static List<String> printed(String source, QemuVersion version) {
        Model model = Resolver.resolve(parsed(source), Optional.of(version)).orElseThrow();
        return Lowering.lower(model, "kvm1", Surroundings.assumed(Optional.of(version), false)).guests().stream()
                .filter(guest -> guest.guest().equals("web"))
                .findFirst()
                .orElseThrow()
                .arguments();
    }

    private static ParsedSources parsed(String source) {
        return Frontend.parse(new InMemorySourceTree().with("lab.vnet", source), "lab.vnet");
    }
}
