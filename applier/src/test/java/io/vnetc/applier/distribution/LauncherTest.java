// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher does before the JVM starts. A script stands in for Java and tells its arguments and surroundings;
 * the launcher, the namespaces and the archive are the real ones.
 */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("target/vnetc/vnetc").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void javaThatTellsHowItWasStarted() throws IOException {
        java("17.0.1", """
                #!/bin/sh
                for argument; do echo "argument $argument"; done
                echo "net $(readlink /proc/self/ns/net)"
                echo "run $(stat -f -c %T /run)"
                echo "links $(ls /sys/class/net | tr '\\n' ' ')"
                case "$*" in *vnetc.try=true*" try x") touch /run/left-behind /var/lib/vnet/left-behind ;; esac
                exit 42
                """);
    }

    @Test
    void passes_arguments_and_the_exit_code_on_through_a_symbolic_link_from_another_folder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("vnetc-link"), LAUNCHER);

        Ended ended = run(link, "plan", "a b", "*", "");
        Files.delete(link);

        assertThat(ended.status()).isEqualTo(42);
        assertThat(ended.arguments())
                .endsWith("io.vnetc.applier.cli.Main", "plan", "a b", "*", "")
                .contains("-Xshare:auto", "-Dguice_bytecode_gen_option=DISABLED")
                .doesNotContain("-Dvnetc.try=true");
    }

    @ParameterizedTest
    @CsvSource({"vnetc-ifup,ifup", "qemu-ifup,ifup", "qemu-ifdown,ifdown"})
    void called_by_the_name_of_a_script_of_qemu_it_is_that_command(String name, String command) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve(name), LAUNCHER);

        Ended ended = run(link, "vt-web-eth0");
        Files.delete(link);

        assertThat(ended.arguments()).endsWith("io.vnetc.applier.cli.Main", command, "vt-web-eth0");
    }

    @Test
    void puts_the_jars_on_the_class_path_in_the_order_of_the_build() throws Exception {
        List<String> arguments = run(LAUNCHER, "plan").arguments();

        String classPath = arguments.get(arguments.indexOf("-cp") + 1);
        Path lib = LAUNCHER.resolveSibling("lib");
        assertThat(classPath.split(":"))
                .containsExactlyElementsOf(Files.readAllLines(lib.resolve("classpath")).stream()
                        .map(jar -> lib.resolve(jar).toString())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc", "a b", "..", "a;b", "$(id)", ""})
    void a_namespace_has_a_plain_name(String name) throws Exception {
        Ended ended = run(LAUNCHER, "--netns", name, "plan");

        assertThat(ended.status()).isEqualTo(64);
        assertThat(ended.output()).contains("vnetc: error: --netns");
    }

    @Test
    void a_namespace_that_is_not_there_is_what_the_host_lacks() throws Exception {
        Ended ended = run(LAUNCHER, "plan", "--netns=vnetc-nowhere");

        assertThat(ended.status()).isEqualTo(12);
        assertThat(ended.output()).contains("ip netns add vnetc-nowhere");
    }

    @Test
    void enters_the_namespace_that_is_named_wherever_its_name_stands() throws Exception {
        String name = "vnetc-launch-" + ProcessHandle.current().pid();
        assertThat(execute(List.of("ip", "netns", "add", name)).status()).isZero();
        try {
            Ended before = run(LAUNCHER, "--netns", name, "plan");
            Ended after = run(LAUNCHER, "plan", "--netns=" + name, "x");

            assertThat(List.of(before, after)).allSatisfy(ended -> {
                assertThat(ended.arguments()).contains("-Dvnetc.netns=" + name);
                assertThat(ended.said("net")).isNotEqualTo(netOfThisProcess());
                assertThat(ended.said("links")).isEqualTo("lo ");
            });
            assertThat(before.arguments()).endsWith("--netns", name, "plan");
        } finally {
            execute(List.of("ip", "netns", "delete", name));
        }
    }

    @Test
    void try_runs_in_a_network_of_its_own_and_leaves_nothing_behind() throws Exception {
        boolean stateBefore = Files.exists(Path.of("/var/lib/vnet"));

        Ended ended = run(LAUNCHER, "try", "x");

        assertThat(ended.status()).as(ended.output()).isEqualTo(42);
        assertThat(ended.arguments()).contains("-Dvnetc.try=true").endsWith("try", "x");
        assertThat(ended.said("net")).isNotEqualTo(netOfThisProcess());
        assertThat(ended.said("links")).isEqualTo("lo ");
        assertThat(ended.said("run")).isEqualTo("tmpfs");
        assertThat(Path.of("/run/left-behind")).doesNotExist();
        assertThat(Path.of("/var/lib/vnet/left-behind")).doesNotExist();
        assertThat(Files.exists(Path.of("/var/lib/vnet"))).isEqualTo(stateBefore);
    }

    @Test
    void try_does_not_go_into_another_namespace() throws Exception {
        assertThat(run(LAUNCHER, "try", "--netns", "x").status()).isEqualTo(64);
    }

    @Test
    void help_needs_no_namespace() throws Exception {
        assertThat(run(LAUNCHER, "try", "--help").said("net")).isEqualTo(netOfThisProcess());
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "1.8.0_402"})
    void an_old_java_is_what_the_host_lacks(String version) throws Exception {
        java(version, "#!/bin/sh\nexit 42\n");

        Ended ended = run(LAUNCHER, "plan");

        assertThat(ended.status()).isEqualTo(12);
        assertThat(ended.output()).contains("Java 17 or later is needed", version, "apt-get install");
    }

    @Test
    void a_java_home_without_java_is_named() throws Exception {
        Files.delete(folder.resolve("java/bin/java"));

        Ended ended = run(LAUNCHER, "plan");

        assertThat(ended.status()).isEqualTo(12);
        assertThat(ended.output()).contains("JAVA_HOME is " + folder.resolve("java"));
    }

    @Test
    void keeps_a_class_data_archive_that_only_its_owner_can_read_or_replace() throws Exception {
        // The cache of root is hidden, so that the test neither uses nor leaves one.
        Ended ended = execute(
                Map.of("VNETC_ARCHIVE", "now", "JAVA_HOME", System.getProperty("java.home")),
                List.of("unshare", "--mount", "sh", "-ec", """
                        mount -t tmpfs -o mode=0755 none /var/cache
                        "$1" --version
                        VNETC_JAVA_OPTIONS=-Xshare:on
                        export VNETC_JAVA_OPTIONS
                        "$1" --version
                        stat -c '%a %n' /var/cache/vnetc
                        ls /var/cache/vnetc""", "sh", LAUNCHER.toString()));

        // With -Xshare:on the second start would have failed without its archive.
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("700 /var/cache/vnetc");
        assertThat(ended.output().lines().filter(line -> line.endsWith(".jsa"))).hasSize(1);
    }

    private void java(String version, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("java/bin"));
        Files.writeString(folder.resolve("java/release"), "IMPLEMENTOR=\"test\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(bin.resolve("java"), script);
        Files.setPosixFilePermissions(bin.resolve("java"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return execute(
                Map.of(
                        "VNETC_ARCHIVE",
                        "off",
                        "JAVA_HOME",
                        folder.resolve("java").toString()),
                command);
    }

    private Ended execute(List<String> command) throws IOException, InterruptedException {
        return execute(Map.of(), command);
    }

    private Ended execute(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(output));
    }

    private static String netOfThisProcess() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    }

    /** A process that ended, with what it wrote. */
    private record Ended(int status, String output) {
        List<String> arguments() {
            return output.lines()
                    .filter(line -> line.startsWith("argument "))
                    .map(line -> line.substring("argument ".length()))
                    .toList();
        }

        String said(String key) {
            return output.lines()
                    .filter(line -> line.startsWith(key + " "))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing of " + key + " in " + output));
        }
    }
}
