// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vnetc try}: a look at the real thing that costs nothing and leaves nothing, also for an ordinary user. */
final class TryTest {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    /** Of the process namespace that the command ran in: what is left there, but for the shell that asks. */
    private static final String RUN = """
            status=0
            "$@" || status=$?
            for process in /proc/[0-9]*; do
                [ "${process#/proc/}" = $$ ] || [ ! -e "$process" ] || echo "LEFT $(tr '\\0' ' ' <"$process/cmdline")"
            done
            sed 's/^/MOUNT /' /proc/self/mounts
            exit $status""";

    /** A machine of few users may keep the device to root; distributions let everybody open it. */
    private static final String OPEN_TUN = """
            mount -t tmpfs tmpfs /dev/net && mknod -m 666 /dev/net/tun c 10 200 && exec "$@\"""";

    private final NetworkNamespace host = NetworkNamespace.create();
    private final Vnetc vnetc = Vnetc.in(host);

    @AfterEach
    void removeIt() {
        try (host;
                vnetc) {
            // Closed in reverse.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"home-lab", "isolated", "routed-dual-stack", "existing-bridge"})
    void root_sees_each_example_at_work_and_nothing_is_left(String example) throws IOException {
        works(example, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"home-lab", "isolated", "routed-dual-stack", "existing-bridge"})
    void so_does_an_ordinary_user(String example) throws IOException {
        if (vnetc.runCopyBehind(starter(unshareAsNobody()), "--version").exit() != 0) {
            // A machine that forbids user namespaces to ordinary users.
            Result refused = vnetc.runCopyBehind(starter(NOBODY), "try", copyOf(example));
            assertThat(refused.exit()).isEqualTo(12);
            assertThat(refused.err()).contains("as root");
            return;
        }
        works(example, NOBODY);
    }

    private void works(String example, List<String> user) throws IOException {
        String source = copyOf(example);
        // Also creates the copy of the distribution, which is no trace of the command.
        assertThat(vnetc.runCopyBehind(starter(user), "--version").exit()).isZero();
        NamespaceSnapshot before = NamespaceSnapshot.of(host);
        Set<String> files = traces();

        Result tried = vnetc.runCopyBehind(starter(user), "try", source);

        assertThat(tried.exit()).as(tried.out() + tried.err()).isZero();
        assertThat(tried.out())
                .contains("The plan", "Applied", "What runs", "Taken down", "It works.")
                .contains("✓ a second plan has nothing to do", "✓ nothing of it is left")
                .doesNotContain("✗");
        assertThat(tried.out().lines().filter(line -> line.startsWith("LEFT"))).isEmpty();
        assertThat(tried.out().lines().filter(line -> line.startsWith("MOUNT") && line.contains("vnetc")))
                .isEmpty();
        NamespaceSnapshot.of(host).since(before).requireNone("a try");
        assertThat(traces()).isEqualTo(files);
    }

    private String copyOf(String example) throws IOException {
        Path folder = Files.createDirectories(vnetc.folder().resolve(example));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.list(Vnetc.EXAMPLES.resolve(example))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".vnet")).toList()) {
                vnetc.write(example + "/" + file.getFileName(), Files.readString(file));
            }
        }
        return example;
    }

    /** In the namespace of this test, among processes of its own. */
    private List<String> starter(List<String> user) {
        List<String> starter = new ArrayList<>(List.of("ip", "netns", "exec", host.name()));
        starter.addAll(List.of("unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", OPEN_TUN, "sh"));
        starter.addAll(user);
        starter.addAll(List.of("sh", "-c", RUN, "sh"));
        return starter;
    }

    private static List<String> unshareAsNobody() {
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of("unshare", "--user", "--map-root-user", "--net", "--mount"));
        return command;
    }

    /** What the command could leave outside its namespaces. */
    private static Set<String> traces() throws IOException {
        Set<String> traces = new TreeSet<>();
        for (Path folder : List.of(
                Path.of("/run/vnet"), Path.of("/var/lib/vnet"), Path.of("/etc/vnet"), Path.of("/run/xtables.lock"))) {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    traces.addAll(files.map(Path::toString).collect(Collectors.toSet()));
                }
            }
        }
        return traces;
    }
}
