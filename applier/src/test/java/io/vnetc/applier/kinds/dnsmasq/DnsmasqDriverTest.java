// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsmasqDriverTest {
    private final DnsmasqDriver driver = new DnsmasqDriver();
    private Path folder;
    private NetworkNamespace space;
    private HostContext host;

    /** The folder can be passed by dnsmasq's own user, as /run can. */
    @BeforeEach
    void open() throws Exception {
        folder = Files.createTempDirectory(
                "vnetc-dnsmasq", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        space = NetworkNamespace.create();
        space.exec("ip", "link", "set", "lo", "up");
        space.exec("ip", "link", "add", "vbr-a", "type", "bridge");
        space.exec("ip", "address", "add", "10.1.0.1/24", "dev", "vbr-a");
        space.exec("ip", "link", "set", "vbr-a", "up");
        host = new HostContext(Paths.below(folder), new Programs());
    }

    @AfterEach
    void close() throws Exception {
        host.close();
        space.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aStartedOneAnswersAndIsReadBackAsItWasAsked() {
        Dnsmasq wanted = dnsmasq(List.of(), List.of("10.1.0.5 nas"));

        move(Optional.empty(), Optional.of(wanted));

        assertThat(observe()).contains(Entry.observed(wanted, Standing.OWNED));
        assertThat(resolve("nas")).isEqualTo("10.1.0.5");
    }

    @Test
    void newHostsAreReadByTheSameProcess() throws Exception {
        Dnsmasq old = dnsmasq(List.of(), List.of("10.1.0.5 nas"));
        Dnsmasq now = dnsmasq(List.of(), List.of("10.1.0.5 nas", "10.1.0.6 web"));
        move(Optional.empty(), Optional.of(old));
        String pid = pid();

        move(Optional.of(old), Optional.of(now));

        assertThat(pid()).isEqualTo(pid);
        for (int i = 0; i < 100 && !resolve("web").equals("10.1.0.6"); i++) {
            Thread.sleep(20);
        }
        assertThat(resolve("web")).isEqualTo("10.1.0.6");
        assertThat(observe()).contains(Entry.observed(now, Standing.OWNED));
    }

    @Test
    void anotherConfigurationIsAnotherProcess() {
        Dnsmasq old = dnsmasq(List.of(), List.of());
        Dnsmasq now = dnsmasq(List.of("txt-record=motd,hello"), List.of());
        move(Optional.empty(), Optional.of(old));
        String pid = pid();

        move(Optional.of(old), Optional.of(now));

        assertThat(pid()).isNotEqualTo(pid);
        assertThat(space.exec("dig", "+short", "@10.1.0.1", "motd", "txt")).isEqualTo("\"hello\"\n");
    }

    @Test
    void oneThatDiedIsStartedAgainByItself() throws Exception {
        Dnsmasq wanted = dnsmasq(List.of(), List.of("10.1.0.5 nas"));
        move(Optional.empty(), Optional.of(wanted));
        String pid = pid();

        space.exec("kill", "-9", pid);
        for (int i = 0; i < 200 && (pid().equals(pid) || observe().isEmpty() || !running()); i++) {
            Thread.sleep(50);
        }

        assertThat(pid()).isNotEqualTo(pid);
        assertThat(resolve("nas")).isEqualTo("10.1.0.5");
    }

    @Test
    void oneThatIsTakenAwayLeavesItsLeasesOnly() throws Exception {
        Dnsmasq wanted = dnsmasq(List.of(), List.of());
        move(Optional.empty(), Optional.of(wanted));
        String pid = pid();

        move(Optional.of(wanted), Optional.empty());

        assertThat(observe()).isEmpty();
        assertThat(Path.of("/proc", pid)).doesNotExist();
        assertThat(host.paths().dnsmasq("a")).doesNotExist();
        assertThat(host.paths().leases("a")).exists();
        assertThat(host.programs()
                        .run(Programs.Call.of("ip", "netns", "pids", space.name()))
                        .stdout())
                .as("processes left in the namespace")
                .isEmpty();
    }

    @Test
    void aConfigurationThatDnsmasqRefusesIsRefusedBeforeAnythingChanges() {
        Dnsmasq old = dnsmasq(List.of(), List.of());
        move(Optional.empty(), Optional.of(old));
        String pid = pid();

        assertThatThrownBy(() -> move(Optional.of(old), Optional.of(dnsmasq(List.of("no-such-option"), List.of()))))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("dnsmasq does not take the configuration of a")
                .hasMessageContaining("bad option");
        assertThat(pid()).isEqualTo(pid);
        assertThat(observe()).contains(Entry.observed(old, Standing.OWNED));
    }

    @Test
    void oneThatCannotStartSaysWhy() {
        Dnsmasq wanted = dnsmasq(List.of("listen-address=10.9.9.9", "bind-interfaces"), List.of());

        assertThatThrownBy(() -> move(Optional.empty(), Optional.of(wanted)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("dnsmasq of a does not start");
    }

    private Dnsmasq dnsmasq(List<String> more, List<String> names) {
        Path files = host.paths().dnsmasq("a");
        List<String> lines = new ArrayList<>(List.of(
                "no-resolv",
                "no-hosts",
                "except-interface=lo",
                "interface=vbr-a",
                "pid-file=" + files.resolve(Dnsmasq.PID_FILE),
                "dhcp-range=10.1.0.100,10.1.0.199,255.255.255.0,1h",
                "dhcp-leasefile=" + host.paths().leases("a"),
                "dhcp-hostsfile=" + files.resolve(Dnsmasq.DHCP_HOSTS_FILE),
                "addn-hosts=" + files.resolve(Dnsmasq.DNS_HOSTS_FILE)));
        if (!more.contains("bind-interfaces")) {
            lines.add("bind-dynamic");
        }
        lines.addAll(more);
        return new Dnsmasq(
                "a", Owner.network("a"), new InterfaceName("vbr-a"), files.toString(), lines, List.of(), names, true);
    }

    private void move(Optional<Dnsmasq> before, Optional<Dnsmasq> after) {
        space.run(() -> driver.move(new Change<>(before, after, Optional.empty()), host));
    }

    private Optional<Entry> observe() {
        return space.call(() -> {
            StateBuilder builder = new StateBuilder();
            driver.observe(new Observation(host), builder);
            return builder.build("test", "test").state().entries().values().stream()
                    .findFirst();
        });
    }

    private boolean running() {
        return observe().map(entry -> ((Dnsmasq) entry.resource()).running()).orElse(false);
    }

    private String pid() {
        try {
            return Files.readString(host.paths().dnsmasq("a").resolve(Dnsmasq.PID_FILE))
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    private String resolve(String name) {
        return space.exec("dig", "+short", "+time=1", "+tries=1", "@10.1.0.1", name)
                .strip();
    }
}
