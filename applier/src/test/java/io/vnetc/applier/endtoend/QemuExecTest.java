// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vnetc qemu --exec}: what a program is that vnetc has become. */
final class QemuExecTest {
    private static final String SITE = "10.80.0.1";

    private static final String BLOCKED = "sed -n 's/^SigBlk:[^0-9a-f]*//p' /proc/$$/status";

    /** Tells what it is, and ends with a status of its own. */
    private static final String PROGRAM = """
            #!/bin/sh
            echo "pid $$"
            echo "blocked $(%s)"
            echo "files $(ulimit -Sn)"
            echo "folder $PWD"
            for word; do echo "word $word"; done
            exit 37
            """.formatted(BLOCKED);

    private final NetworkNamespace host = NetworkNamespace.create();
    private final NetworkNamespace site = NetworkNamespace.create();
    private final Vnetc vnetc = Vnetc.in(host);

    @BeforeEach
    void anUplink() {
        host.exec("ip", "link", "set", "lo", "up");
        host.cable("eno1", site, "eth0");
        site.exec("ip", "address", "add", SITE + "/24", "dev", "eth0");
    }

    @AfterEach
    void removeIt() {
        try (host;
                site;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void the_program_has_the_process_and_its_exit_status_and_nothing_of_the_jvm() throws Exception {
        String source = source("network home on kvm1 { }  vm web { nic eth0 { network home } }");
        vnetc.done("apply", source, "--host", "kvm1", "--yes");

        Result ended = vnetc.runBehind(
                List.of("sh", "-c", "ulimit -Sn 555; echo shell $$; echo was $(" + BLOCKED + "); exec \"$@\"", "sh"),
                "qemu",
                "web",
                source,
                "--exec",
                "--",
                program("show", PROGRAM),
                "@" + source,
                "a b",
                "",
                "--",
                "--host",
                "${HOME}");

        assertThat(ended.exit()).as(ended.err()).isEqualTo(37);
        List<String> lines = ended.out().lines().toList();
        assertThat(lines.get(2)).isEqualTo(lines.get(0).replace("shell", "pid"));
        assertThat(lines).contains(lines.get(1).replace("was", "blocked"), "files 555", "folder " + vnetc.folder());
        List<String> words = lines.stream()
                .filter(line -> line.startsWith("word "))
                .map(line -> line.substring("word ".length()))
                .toList();
        assertThat(words.subList(0, 6)).containsExactly("@" + source, "a b", "", "--", "--host", "${HOME}");
        assertThat(words.subList(6, words.size()))
                .containsExactlyElementsOf(
                        vnetc.done("qemu", "web", source).out().lines().toList());
    }

    @Test
    void words_that_are_no_text_in_the_users_locale_reach_the_program_as_they_are() throws Exception {
        String source = source("network home on kvm1 { }  vm web { nic eth0 { network home } }");
        vnetc.done("apply", source, "--host", "kvm1", "--yes");
        String show = program("show", "#!/bin/sh\nprintf '%s' \"$1\" | od -An -tx1\n");

        // printf makes the octets, for this JVM could not hand them on either.
        Result ended = vnetc.runBehind(
                List.of("sh", "-c", "export LC_ALL=C; exec \"$@\" \"$(printf 'g\\303\\244\\377')\"", "sh"),
                "qemu",
                "--exec",
                "web",
                source,
                "--",
                show);

        assertThat(ended.out().strip()).as(ended.err()).isEqualTo("67 c3 a4 ff");
    }

    @ParameterizedTest
    @CsvSource({"private,1", "vepa,4", "bridge,1", "passthrough,2"})
    void qemu_is_given_a_macvtap_that_carries_packets(String mode, int queues) throws Exception {
        String source = source(
                "network outside on kvm1 { forward macvtap %s via lan }  vm web { nic eth0 { network outside  queues %d } }"
                        .formatted(mode, queues));
        vnetc.done("apply", source, "--host", "kvm1", "--yes");

        try (Guest web = start("web", source)) {
            web.exec("ip link set eth0 up; ip address add 10.80.0.9/24 dev eth0");
            assertThat(web.exec("ping -c 3 -W 5 " + SITE)).contains("3 packets received");
            assertThat(web.exec("ls /sys/class/net/eth0/queues").lines().filter(queue -> queue.contains("rx")))
                    .hasSize(queues);

            String node = "/dev/tap" + index();
            Map<Integer, String> files = descriptors(web.process());
            for (int i = 0; i < queues; i++) {
                assertThat(files).containsEntry(3 + i, node);
            }
            assertThat(files.values().stream().filter(node::equals)).hasSize(queues);
            assertThat(files.values())
                    .as("files of the JVM")
                    .noneMatch(file -> file.endsWith(".jar") || file.contains("jvm") || file.contains("random"));
            assertThat(Files.readString(Path.of("/proc/" + web.process().pid() + "/comm")))
                    .startsWith("qemu-system");
        }
    }

    @Test
    void a_macvtap_that_a_guest_has_is_not_given_to_another() throws Exception {
        String source = source(
                "network outside on kvm1 { forward macvtap bridge via lan }  vm web { nic eth0 { network outside } }");
        vnetc.done("apply", source, "--host", "kvm1", "--yes");
        String show = program("show", PROGRAM);

        try (Guest web = start("web", source)) {
            web.awaitReady();
            Result second = vnetc.run("qemu", "--exec", "web", source, "--", show);

            assertThat(second.exit()).isEqualTo(4);
            assertThat(second.err())
                    .contains("vt-web-eth0", "(pid " + web.process().pid() + ")");
            assertThat(second.out()).isEmpty();
        }
        assertThat(vnetc.run("qemu", "--exec", "web", source, "--", show).exit())
                .isEqualTo(37);
    }

    @Test
    void of_two_namespaces_whose_macvtaps_have_one_name_in_dev_each_gets_its_own() throws Exception {
        String text =
                "network outside on kvm1 { forward macvtap bridge via lan }  vm web { nic eth0 { network outside } }";
        String source = source(text);
        vnetc.done("apply", source, "--host", "kvm1", "--yes");
        try (NetworkNamespace twin = NetworkNamespace.create();
                Vnetc other = Vnetc.in(twin)) {
            twin.exec("ip", "link", "set", "lo", "up");
            twin.cable("eno1", site, "eth1");
            other.done("apply", source, "--host", "kvm1", "--yes");
            assertThat(twin.exec("cat", "/sys/class/net/vt-web-eth0/ifindex").strip())
                    .isEqualTo(index());
            String show = program("show", "#!/bin/sh\nstat -L -c %t:%T /proc/self/fd/3\n");

            for (Vnetc each : List.of(vnetc, other)) {
                NetworkNamespace namespace = each == vnetc ? host : twin;
                String[] numbers = namespace
                        .exec("sh", "-c", "cat /sys/class/net/vt-web-eth0/tap*/dev")
                        .strip()
                        .split(":", -1);
                assertThat(each.done("qemu", "--exec", "web", source, "--", show)
                                .out()
                                .strip())
                        .isEqualTo("%x:%x".formatted(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
            }
            assertThat(Path.of("/dev").toFile().list((folder, name) -> name.startsWith(".vnetc-")))
                    .isEmpty();
        }
    }

    @Test
    void what_was_not_applied_is_not_started() throws Exception {
        String source = source("network outside on kvm1 { forward macvtap bridge via lan }  network home on kvm1 { }\n"
                + "vm web { nic eth0 { network outside } }  vm db { nic eth0 { network home } }");
        String show = program("show", PROGRAM);

        for (String guest : List.of("web", "db")) {
            Result ended = vnetc.run("qemu", "--exec", guest, source, "--", show);

            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.err()).contains("vt-" + guest + "-eth0", "is not there", "vnetc apply " + source);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void a_program_that_cannot_be_started_is_named() throws Exception {
        String source = source("network home on kvm1 { }  vm web { nic eth0 { network home } }");
        vnetc.done("apply", source, "--host", "kvm1", "--yes");

        Result missing = vnetc.run("qemu", "--exec", "web", source, "--", "vnetc-no-such-program");
        assertThat(missing.exit()).isEqualTo(12);
        assertThat(missing.err()).contains("`vnetc-no-such-program`", "PATH");

        Result plain = vnetc.run("qemu", "--exec", "web", source, "--", source);
        assertThat(plain.exit()).isEqualTo(1);
        assertThat(plain.err()).contains("`" + source + "` may not be executed");

        Result none = vnetc.run("qemu", "--exec", "web", source, "--");
        assertThat(none.exit()).isEqualTo(64);
        assertThat(none.err()).contains("write it after `--`");
    }

    @Test
    void a_qemu_that_does_not_take_what_is_printed_is_refused() throws Exception {
        String source = source("network home on kvm1 { }  vm web { nic eth0 { network home } }");
        String old =
                program("qemu-system-old", "#!/bin/sh\necho 'QEMU emulator version 6.2.0 (Debian 1:6.2+dfsg-2)'\n");

        for (Result asked : List.of(
                vnetc.run("qemu", "web", source, "--program", old),
                vnetc.run("qemu", "--exec", "web", source, "--", old))) {
            assertThat(asked.exit()).isEqualTo(12);
            assertThat(asked.err()).contains("QEMU 6.2", "QEMU 7.2 or later");
            assertThat(asked.out()).isEmpty();
        }
    }

    @Test
    void a_program_of_another_name_is_not_run_to_be_asked() throws Exception {
        String source = source("network home on kvm1 { }  vm web { nic eth0 { network home } }");
        vnetc.done("apply", source, "--host", "kvm1", "--yes");
        Path runs = vnetc.folder().resolve("runs");

        Result ended = vnetc.run(
                "qemu", "--exec", "web", source, "--", program("start-web", "#!/bin/sh\necho run >>" + runs + "\n"));

        assertThat(ended.exit()).isZero();
        assertThat(runs).hasContent("run");
    }

    private Guest start(String guest, String source) {
        List<String> starter =
                new ArrayList<>(List.of("env", "VNETC_ARCHIVE=off", "JAVA_HOME=" + System.getProperty("java.home")));
        starter.addAll(vnetc.command("qemu", "--exec", guest, source, "--"));
        return Guest.bootBehind(starter, List.of("-smp", "4"));
    }

    private static Map<Integer, String> descriptors(ProcessHandle process) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            Map<Integer, String> found = new TreeMap<>();
            for (Path file : files.toList()) {
                found.put(
                        Integer.parseInt(file.getFileName().toString()),
                        Files.readSymbolicLink(file).toString());
            }
            return found;
        }
    }

    private String index() {
        return host.exec("cat", "/sys/class/net/vt-web-eth0/ifindex").strip();
    }

    private String source(String text) {
        return vnetc.write("lab.vnet", "host kvm1 { uplink lan = eno1 }\n" + text)
                .toString();
    }

    private String program(String name, String script) throws IOException {
        Path file = vnetc.write(name, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }
}
