// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.guests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.lab.PausedGuest;
import io.vnetc.applier.qmp.QmpConnection;
import io.vnetc.applier.qmp.QmpException;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.dsl.value.SocketPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form that QEMU can take here, taken by QEMU: it starts with the printed arguments, and says over QMP that it has
 * the card, on what it was to be on, with each property that was printed. {@code compiler/GUESTS.md} says of each form
 * where it is tried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QemuFormsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What identifies things, and what is not read back as it was said. */
    private static final Set<String> NOT_READ_BACK =
            Set.of("driver", "id", "netdev", "bus", "addr", "failover_pair_id");

    /** Of another architecture, or of a later QEMU. */
    private static final Set<CardModel> NOT_HERE =
            Set.of(CardModel.VIRTIO_CCW, CardModel.SPAPR_VLAN, CardModel.IGB, CardModel.VIRTIO_MMIO);

    private NetworkNamespace host;
    private ServerSocket forwardedTo;

    @TempDir
    private Path folder;

    @BeforeAll
    void host() throws Exception {
        host = NetworkNamespace.create();
        host.exec("ip", "link", "set", "lo", "up");
        // QEMU connects to what is forwarded to when it starts.
        forwardedTo = host.call(() -> new ServerSocket(8080, 1, InetAddress.getLoopbackAddress()));
        // A way out, which passt looks for and gives its guest.
        host.exec("ip", "link", "add", "out0", "type", "veth", "peer", "name", "out1");
        for (String end : List.of("out0", "out1")) {
            host.exec("ip", "link", "set", end, "up");
        }
        host.exec("ip", "address", "add", "192.0.2.2/24", "dev", "out0");
        host.exec("ip", "route", "add", "default", "via", "192.0.2.1");
        host.exec("ip", "tuntap", "add", "vt-web-e0", "mode", "tap");
        host.exec("ip", "tuntap", "add", "vt-web-e4", "mode", "tap", "multi_queue");
    }

    @AfterAll
    void gone() throws IOException {
        forwardedTo.close();
        host.close();
    }

    /**
     * A form.
     *
     * @param nic its settings
     * @param network what QEMU's list of networks says of it
     */
    record Form(String name, String nic, String network) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() {
        Stream<Form> backends = Stream.of(
                new Form("tap", "nic e0 { network lab }", "type=tap,ifname=vt-web-e0"),
                new Form("tap with a buffer", "nic e0 { network lab  sndbuf 64KiB  vhost off }", "ifname=vt-web-e0"),
                new Form("tap with 4 queues", "nic e4 { network lab  queues 4 }", "index=3,type=tap,ifname=vt-web-e4"),
                new Form("user", "nic e0 { user }", "type=user,net=10.0.2.0,restrict=off"),
                new Form("user with all settings", """
                        nic e0 {
                          user {
                            network 10.0.9.0/24, fd00:9::/64  host 10.0.9.2  dns 10.0.9.3, fd00:9::3  dhcp-start 10.0.9.20
                            hostname "web,script=/bin/false"  domain "lab.example"  search "a.example", "b.example"
                            tftp "/tmp"  boot-file "pxe,0"  tftp-server-name "10.0.9.2"  restrict on  ipv4 on  ipv6 on
                            publish tcp 2222 on 127.0.0.1 to 10.0.9.20 port 22
                            publish udp 5000..5002 to port 6000
                            forward .100 port 80 to 127.0.0.1 port 8080
                            forward 10.0.9.101 port 81 to run "/bin/cat -u"
                          }
                        }
                        """, "type=user,net=10.0.9.0,restrict=on"),
                new Form(
                        "stream that waits", "nic e0 { stream { server on  address 127.0.0.1  port 5000 } }", "stream"),
                new Form("stream that goes", "nic e0 { stream { address 127.0.0.1  port 5001 } }", "type=stream"),
                new Form(
                        "datagrams over UDP",
                        "nic e0 { dgram { local 127.0.0.2  local-port 5002  remote 127.0.0.3  remote-port 5003 } }",
                        "udp=127.0.0.2:5002"),
                new Form(
                        "datagrams to a group",
                        "nic e0 { dgram { local 127.0.0.1  remote 239.192.0.9  remote-port 5004 } }",
                        "mcast=239"),
                new Form(
                        "datagrams in the file system",
                        "nic e0 { dgram { local-socket \"/tmp/vnetc-forms-a\"  remote-socket \"/tmp/vnetc-forms-b\" } }",
                        "/tmp/vnetc-forms-a"),
                new Form("hub", "nic e0 { hub lab }  nic e1 { hub lab }  nic up { hub lab  user }", "hub 0"),
                new Form("unplugged", "nic e0 { unplugged }", "nic-e0: index=0,type=nic"),
                new Form("USB device of the host", "nic e0 { usb 1d6b:ffff }", ""),
                new Form("virtio with all settings", """
                        nic e0 {
                          network lab  mtu 1400
                          device virtio-non-transitional {
                            rx-queue-size 512  tx-queue-size 256  tx-mode "timer"  event-idx off  packed on  ats on  rss on
                            rss-hash-report on  page-per-vq on  ioeventfd off  mergeable-buffers off  vectors 7  iommu on
                            host-csum off  host-gso off  host-tso4 off  host-tso6 off  host-ecn off  host-ufo off
                            guest-csum off  guest-tso4 off  guest-tso6 off  guest-ecn off  guest-ufo off
                            speed 1000  duplex "full"  boot-order 3  acpi-index 7  slot 9  rom-bar off
                          }
                        }
                        """, "nic-e0"));
        Stream<Form> cards = Arrays.stream(CardModel.values())
                .filter(model -> !NOT_HERE.contains(model))
                .map(model -> new Form(
                        "card " + model.word(), "nic e0 { network lab  device " + model.word() + " }", "nic-e0"));
        return Stream.concat(backends, cards);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void qemuHasTheCardsThatWerePrinted(Form form) throws QmpException {
        QemuArguments printed = printed(form.nic());
        SocketPath socket = new SocketPath(folder.resolve("qmp").toString());
        List<String> arguments = new ArrayList<>(List.of("-device", "qemu-xhci,id=usb"));
        arguments.addAll(printed.arguments());
        // The machine with an ISA bus, which one of the cards is plugged into.
        try (PausedGuest ignored = PausedGuest.start(host, "pc", Path.of(socket.text()), arguments);
                QmpConnection qmp = QmpConnection.open(socket, PATIENCE)) {
            JsonObject networks = new JsonObject();
            networks.addProperty("command-line", "info network");
            String known =
                    qmp.execute("human-monitor-command", networks).getAsString().replaceAll("\\s+", " ");
            assertThat(known).contains(form.network());
            String pci = qmp.execute("query-pci").toString();
            for (JsonObject device : devices(printed)) {
                String id = device.get("id").getAsString();
                boolean isPci = CardModel.ofDriver(device.get("driver").getAsString())
                        .filter(model -> model.bus() == CardModel.Bus.PCI)
                        .isPresent();
                assertThat(pci.contains("\"qdev_id\":\"" + id + "\"")).as(id).isEqualTo(isPci);
                if (device.has("mac")) {
                    assertThat(known)
                            .contains(id, "macaddr=" + device.get("mac").getAsString());
                }
                assertThatPropertiesAreSet(qmp, id, device);
            }
        } finally {
            Stream.of("/tmp/vnetc-forms-a", "/tmp/vnetc-forms-b").forEach(QemuFormsTest::delete);
        }
    }

    @Test
    void passtGivesAGuestItsNetwork() throws QmpException, InterruptedException, IOException {
        // It works as nobody.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path socket = folder.resolve("web.passt");
        QemuArguments printed = printed("nic e0 { passt { socket \"" + socket
                + "\"  address 10.9.9.9  publish tcp 8000..8010 except 8005 on 127.0.0.1 to port 80 } }");
        SocketPath qmpSocket = new SocketPath(folder.resolve("qmp").toString());
        List<String> program = new ArrayList<>(List.of("ip", "netns", "exec", host.name()));
        program.addAll(printed.programs().get(0));
        // It goes to the background once it is ready, and ends with QEMU.
        Path messages = folder.resolve("passt.log");
        Process passt = new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertThat(passt.waitFor()).as(Files.readString(messages)).isZero();

        try (PausedGuest ignored = PausedGuest.start(host, "pc", Path.of(qmpSocket.text()), printed.arguments());
                QmpConnection qmp = QmpConnection.open(qmpSocket, PATIENCE)) {
            JsonObject networks = new JsonObject();
            networks.addProperty("command-line", "info network");
            assertThat(qmp.execute("human-monitor-command", networks).getAsString())
                    .contains("type=stream")
                    .doesNotContain("error");
        }
    }

    /** Its helper reads which bridges it may use from a folder of the machine's, which is another one here. */
    @Test
    void theBridgeHelperPlugsAGuestIntoABridge() throws QmpException {
        host.exec("ip", "link", "add", "br-helped", "type", "bridge");
        SocketPath socket = new SocketPath(folder.resolve("qmp").toString());
        List<String> starter = List.of(
                "ip",
                "netns",
                "exec",
                host.name(),
                "sh",
                "-euc",
                "mount -t tmpfs tmpfs /etc; mkdir /etc/qemu; echo allow br-helped >/etc/qemu/bridge.conf; exec \"$@\"",
                "sh");
        List<String> arguments = printed("nic e0 { bridge-helper br-helped }").arguments();
        try (PausedGuest ignored = PausedGuest.startBehind(starter, "pc", Path.of(socket.text()), arguments);
                QmpConnection qmp = QmpConnection.open(socket, PATIENCE)) {
            JsonObject networks = new JsonObject();
            networks.addProperty("command-line", "info network");
            assertThat(qmp.execute("human-monitor-command", networks).getAsString())
                    .contains("type=tap,", "br=br-helped");
            assertThat(host.exec("ip", "-o", "link", "show", "master", "br-helped"))
                    .contains("tap");
        }
    }

    private static QemuArguments printed(String nics) {
        String source = "host kvm1 { uplink lan = eth0 }\nnetwork lab { subnet 10.20.1.0/24 { gateway .1 } }\nvm web { "
                + nics + " }\n";
        return PrintedArguments.of(source, "web", QemuVersion.DEFAULT);
    }

    private static List<JsonObject> devices(QemuArguments printed) {
        List<JsonObject> devices = new ArrayList<>();
        List<String> words = printed.arguments();
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i - 1).equals("-device")) {
                devices.add(JsonParser.parseString(words.get(i)).getAsJsonObject());
            }
        }
        return devices;
    }

    private static void assertThatPropertiesAreSet(QmpConnection qmp, String id, JsonObject device)
            throws QmpException {
        for (String property : device.keySet()) {
            if (NOT_READ_BACK.contains(property)) {
                continue;
            }
            JsonObject asked = new JsonObject();
            asked.addProperty("path", "/machine/peripheral/" + id);
            asked.addProperty("property", property);
            JsonElement has = qmp.execute("qom-get", asked);
            assertThat(has).as(id + " " + property).isEqualTo(device.get(property));
        }
        if (device.has("addr")) {
            assertThat(slots(qmp.execute("query-pci").getAsJsonArray()))
                    .contains(id + " " + Integer.decode(device.get("addr").getAsString()));
        }
    }

    private static List<String> slots(JsonArray buses) {
        List<String> slots = new ArrayList<>();
        for (JsonElement bus : buses) {
            for (JsonElement device : bus.getAsJsonObject().getAsJsonArray("devices")) {
                JsonObject each = device.getAsJsonObject();
                slots.add(each.get("qdev_id").getAsString() + " "
                        + each.get("slot").getAsInt());
            }
        }
        return slots;
    }

    private static void delete(String file) {
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
