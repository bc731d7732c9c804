// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.libvirt.xml.XmlWriter;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guests' NICs are held against libvirt itself: its own daemon, in namespaces of its own, is asked to start each guest of
 * the importer's corpus, and what it tells QEMU must mean what `vnetc qemu` prints. Guests that are exported likewise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealLibvirtGuestsTest {
    private static final Path CORPUS = Path.of("..", "compiler", "src", "test", "resources", "libvirt-guests");
    private static final String HOST = "here";
    private static final String EXPORTED = "exported-";

    /** What this libvirt (9.0) or this machine has not, and why. */
    private static final Map<String, String> NOT_ASKED = Map.of(
            "boards", "the machine has the QEMU of PCs only",
            "hostdev", "the machine has no such devices",
            "later-null", "libvirt has it for VMware, and dies of it for QEMU",
            "later-passt", "libvirt 11.8",
            "passt", "libvirt of Debian 12 has no passt",
            "mainframe", "the machine has the QEMU of PCs only",
            "ports", "the machine has no Open vSwitch",
            "teaming", "the machine has no such devices",
            "usb-net", "libvirt 10.3");

    /** All that can be exported, and that this libvirt can be asked about. */
    private static final String SOURCE = """
            host here { uplink eth1 = eth1 }
            network office { bridge { mtu 1400 }  subnet 10.20.1.0/24 { gateway .1 } }
            network office2 { subnet 10.20.2.0/24 { gateway .1 } }
            network link { forward macvtap bridge via eth1 }
            vm taps {
              nic eth0 {
                network office2
                queues 4
                sndbuf 1MiB
                device {
                  rx-queue-size 512 tx-queue-size 256 tx-mode "timer" packed on host-csum off guest-tso4 off event-idx off
                  ioeventfd off ats on iommu on page-per-vq on rss on rss-hash-report on mergeable-buffers off
                  slot 5 boot-order 1 rom off acpi-index 9
                }
              }
              nic eth1 { network office  device virtio-transitional { bus "pci.0" slot 6 multifunction on rom-bar off } }
              nic eth2 { network office  mtu 1300  device virtio-non-transitional { tx-mode "bh" slot 6 function 1 } }
              nic eth3 { network link  link down  device e1000 { rom-bar on rom-file "/a.rom" } }
              nic eth4 { qemu-tap { name "own0" script "/bin/true" } }
              nic eth5 { qemu-tap }
              nic eth6 { bridge-helper br0 }
            }
            vm users {
              nic eth0 { user }
              nic eth1 { user { network 10.0.9.0/24, fd00:9::/64 } device e1000e }
            }
            vm sockets {
              nic eth0 { dgram { local 127.0.0.1 local-port 5555 remote 127.0.0.1 remote-port 5556 } }
              nic eth1 { dgram { remote 239.1.1.1 remote-port 5557 } }
              nic eth2 { stream { server on address 127.0.0.1 port 5558 } device rtl8139 }
              nic eth3 { stream { address 127.0.0.1 port 5559 } device vmxnet3 }
              nic eth4 { vhost-user "/run/a,b.sock" { reconnect 3s } queues 2 }
              nic eth5 { vhost-user "/run/b.sock" { server on } device { rx-queue-size 1024 tx-queue-size 1024 } }
              nic eth6 { vdpa "/dev/vhost-vdpa-0" }
            }
            """;

    private Path answers;

    private final Model source = compiled(SOURCE);

    @BeforeAll
    void askLibvirt(@TempDir Path folder) throws Exception {
        answers = Files.createDirectories(folder.resolve("out"));
        Path in = Files.createDirectories(folder.resolve("in"));
        List<String> files = new ArrayList<>();
        for (String name : asked().toList()) {
            files.add(write(in, name));
        }
        for (Guest guest : source.guests()) {
            files.add(Files.writeString(in.resolve(EXPORTED + guest.name() + ".xml"), domain(guest))
                    .toString());
        }
        Path links = Files.writeString(folder.resolve("links"), String.join("\n", links()) + "\n");
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "--propagation",
                "private",
                Path.of("src/test/resources/libvirt/ask-libvirt-guests")
                        .toAbsolutePath()
                        .toString(),
                folder.resolve("work").toString(),
                answers.toString(),
                links.toString(),
                "--"));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("libvirt is done")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What guests of the corpus name, and what apply would have made for those of the source. */
    private List<String> links() {
        List<String> commands = new ArrayList<>();
        for (String bridge : List.of("br0", "br1")) {
            commands.add("link add " + bridge + " type bridge");
        }
        for (String link : List.of("eth1", "eth2", "eth3")) {
            commands.add("link add " + link + " type veth peer name x-" + link);
            commands.add("link set " + link + " up");
        }
        commands.add("tuntap add theirs0 mode tap multi_queue");
        commands.add("tuntap add vt-taps-eth0 mode tap multi_queue");
        commands.add("tuntap add vt-taps-eth1 mode tap");
        commands.add("tuntap add vt-taps-eth2 mode tap");
        commands.add("link add link eth1 name vt-taps-eth3 type macvtap mode bridge");
        return commands;
    }

    /** The domain of a file of the corpus, and beside it its networks. */
    private static String write(Path folder, String name) throws Exception {
        XmlElement root = XmlReader.read(new SourceFile(name, Files.readString(CORPUS.resolve(name + ".xml"))));
        List<XmlElement> elements = root.local().equals("domains") ? root.elements() : List.of(root);
        Path file = folder.resolve(name + ".xml");
        for (XmlElement element : elements) {
            Path to = element.local().equals("network") ? folder.resolve(name + ".network") : file;
            Files.writeString(to, XmlWriter.document(element));
        }
        return file.toString();
    }

    private String domain(Guest guest) {
        LibvirtExport.ExportedGuest exported = LibvirtExport.of(source, guest, false);
        assertThat(exported.diagnostics().all()).isEmpty();
        return """
                <domain type='qemu'>
                  <name>%s</name>
                  <memory>65536</memory>
                  <vcpu>4</vcpu>
                  <memoryBacking><access mode='shared'/></memoryBacking>
                  <memtune><hard_limit>4096</hard_limit></memtune>
                  <os><type arch='x86_64' machine='pc'>hvm</type></os>
                  <devices>
                    <emulator>/usr/bin/qemu-system-x86_64</emulator>
                    %s
                  </devices>
                </domain>
                """.formatted(guest.name(), exported.text());
    }

    static Stream<String> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".xml"))
                    .map(file -> file.substring(0, file.length() - ".xml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<String> asked() throws IOException {
        return corpus().filter(name -> !NOT_ASKED.containsKey(name));
    }

    Stream<String> exported() {
        return source.guests().stream().map(Guest::name);
    }

    private static Model compiled(String vnet) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("in.vnet", vnet), "in.vnet");
        return Resolver.resolve(sources)
                .orElseThrow(
                        () -> new AssertionError(sources.diagnostics().all().toString()));
    }

    private static Model imported(String name) throws IOException {
        LibvirtImport.Imported imported = LibvirtImport.of(
                List.of(new SourceFile(name, Files.readString(CORPUS.resolve(name + ".xml")))),
                new LibvirtImport.Options(HOST, false));
        return compiled(imported.text().orElseThrow());
    }

    private static List<QemuArguments> lowered(Model model) {
        return Lowering.lower(model, HOST, Surroundings.ASSUMED).guests();
    }

    @Test
    void libvirt_takes_all_guests_that_it_is_asked_for() throws IOException {
        Map<String, String> failed = new TreeMap<>();
        for (String name : Stream.concat(asked(), exported().map(guest -> EXPORTED + guest))
                .toList()) {
            if (!Files.exists(answers.resolve(name + ".qemu"))) {
                failed.put(name, Files.readString(answers.resolve(name + ".said")));
            }
        }
        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("asked")
    void what_is_imported_is_what_libvirt_tells_qemu(String name) throws IOException {
        isTheSame(lowered(imported(name)).get(0), name);
    }

    @ParameterizedTest
    @MethodSource("exported")
    void what_is_exported_libvirt_tells_qemu(String guest) throws IOException {
        isTheSame(
                lowered(source).stream()
                        .filter(each -> each.guest().equals(guest))
                        .findFirst()
                        .orElseThrow(),
                EXPORTED + guest);
    }

    private void isTheSame(QemuArguments arguments, String name) throws IOException {
        List<NicArguments> ours = NicArguments.of(arguments.arguments());
        List<NicArguments> theirs = NicArguments.of(Files.readAllLines(answers.resolve(name + ".qemu")));
        assertThat(ours).isNotEmpty().hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i)).isEqualTo(theirs.get(i).placedAs(ours.get(i)));
        }
    }
}
