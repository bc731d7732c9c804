// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** QEMU itself takes what is printed after an import, and makes the same cards and backends of it. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImportedQemuTest {
    private static final List<String> ARGUMENTS = words("""
            -netdev user,id=n1,net=10.0.9.0/24,restrict=on,hostname=web,hostfwd=tcp:127.0.0.1:2222-:22,tftp=/srv
            -device virtio-net-pci,netdev=n1,id=a,mac=52:54:00:00:00:01,addr=0x5,rx_queue_size=512,csum=off,romfile=,bootindex=3
            -netdev tap,id=n2,ifname=vt-b,script=no,downscript=no,queues=2,sndbuf=1M
            -device virtio-net-pci,netdev=n2,id=b,mac=52:54:00:00:00:02,mq=on,vectors=9,packed=on,tx=timer,host_mtu=1400
            -netdev socket,id=n3,listen=127.0.0.1:5003
            -device e1000e,netdev=n3,id=c,mac=52:54:00:00:00:03,addr=7.1,rombar=0
            -netdev socket,id=n4,mcast=239.192.0.4:5004,localaddr=127.0.0.1
            -device rtl8139,netdev=n4,id=d,mac=52:54:00:00:00:04
            -netdev socket,id=n5,udp=127.0.0.1:5005,localaddr=127.0.0.1:5006
            -device vmxnet3,netdev=n5,id=e,mac=52:54:00:00:00:05
            -netdev stream,id=n6,server=on,addr.type=unix,addr.path=/tmp/vnetc-imported.sock
            -device virtio-net-pci,netdev=n6,id=f,mac=52:54:00:00:00:06,disable-legacy=on,iommu_platform=on
            -netdev hubport,id=n7,hubid=0 -device e1000,netdev=n7,id=g,mac=52:54:00:00:00:07
            -netdev user,id=up -netdev hubport,id=n8,hubid=0,netdev=up
            -device {"driver":"pcnet","id":"h","mac":"52:54:00:00:00:08","addr":"0x1c"}
            -device qemu-xhci,id=xhci,addr=0x1d
            -netdev dgram,id=n9,remote.type=inet,remote.host=239.192.0.9,remote.port=5009
            -device usb-net,netdev=n9,id=i,mac=52:54:00:00:00:09,bus=xhci.0,port=1
            """);

    private static final List<String> LEGACY = words("""
            -nic user,model=e1000,mac=52:54:00:00:00:01
            -net nic,model=rtl8139,macaddr=52:54:00:00:00:02,netdev=n
            -netdev socket,id=n,listen=127.0.0.1:5003
            -net nic,model=virtio,macaddr=52:54:00:00:00:03 -net nic,model=pcnet,macaddr=52:54:00:00:00:04
            -net user -net socket,mcast=239.192.0.4:5004
            """);

    @TempDir
    private Path folder;

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    @Test
    void each_form_of_today_gives_the_same_cards() throws Exception {
        assertSame(ARGUMENTS, 9);
    }

    @Test
    void each_form_of_old_gives_the_same_cards() throws Exception {
        assertSame(LEGACY, 4);
    }

    private void assertSame(List<String> arguments, int count) throws Exception {
        CommandRunner vnetc = new CommandRunner(folder);
        try (NetworkNamespace host = NetworkNamespace.create()) {
            host.exec("ip", "link", "set", "lo", "up");
            host.exec("ip", "route", "add", "239.0.0.0/8", "dev", "lo");
            List<String> command =
                    new ArrayList<>(List.of("import", "qemu", "--", "qemu-system-x86_64", "-nodefaults"));
            command.addAll(arguments);
            String source = done(vnetc, command);
            vnetc.write("guest.vnet", source);
            List<String> printed = new ArrayList<>();
            if (arguments.contains("qemu-xhci,id=xhci,addr=0x1d")) {
                // What is not of networks stays with whoever starts QEMU.
                printed.addAll(List.of("-device", "qemu-xhci,id=xhci,addr=0x1d"));
            }
            done(vnetc, List.of("qemu", "guest", "guest.vnet")).lines().forEach(printed::add);
            List<String> before = cards(host, arguments);
            assertThat(before).hasSize(count);
            assertThat(cards(host, printed)).as(source).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private static String done(CommandRunner vnetc, List<String> command) {
        CommandRunner.Result result = vnetc.run(command.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
    }

    /** Each network card of QEMU's device tree with all of its properties but the names. */
    private static List<String> cards(NetworkNamespace host, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host.name(), "qemu-system-x86_64", "-S"));
        command.addAll(List.of("-machine", "q35", "-accel", "tcg", "-m", "32", "-nodefaults", "-display", "none"));
        command.addAll(List.of("-qmp", "stdio"));
        command.addAll(arguments);
        Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader in = qemu.inputReader();
                Writer out = qemu.outputWriter()) {
            String tree = monitor(in, out, "info qtree");
            String network = monitor(in, out, "info network");
            assertThat(network).contains("model=");
            return cards(tree);
        } finally {
            qemu.destroyForcibly();
            assertThat(qemu.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<String> cards(String tree) {
        List<String> cards = new ArrayList<>();
        for (String device : tree.split("(?m)^ *dev: ", -1)) {
            String own = device.split("(?m)^ *bus: ", 2)[0]
                    .replaceAll("id \"[^\"]*\"", "")
                    .replaceAll("(?m)^\\s*netdev = .*\\R", "")
                    .replaceAll("(?m)^\\s+", "");
            if (device.contains("netdev = ")) {
                cards.add(own);
            }
        }
        return cards;
    }

    private static String monitor(BufferedReader in, Writer out, String command) throws IOException {
        out.write("{\"execute\":\"qmp_capabilities\"}\n");
        out.write("{\"execute\":\"human-monitor-command\",\"id\":1,\"arguments\":{\"command-line\":\"" + command
                + "\"}}\n");
        out.flush();
        StringBuilder seen = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("{")) {
                JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
                if (answer.has("id") && answer.has("return")) {
                    return answer.get("return").getAsString();
                }
            }
        }
        throw new AssertionError("QEMU has ended: " + seen);
    }
}
