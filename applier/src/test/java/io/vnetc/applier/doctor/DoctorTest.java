// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.doctor.Finding.Level;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Privileges;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found on machines that lack something, and in namespaces with other people's rules. */
final class DoctorTest {
    @TempDir
    private Path folder;

    @Test
    void names_what_a_bare_machine_lacks_and_how_to_get_it() throws Exception {
        HostContext bare = new HostContext(Paths.below(folder), new Programs(List.of(folder)), () -> new Privileges(0));
        assertThat(Doctor.examine(bare))
                .filteredOn(finding -> finding.level() == Level.MISSING)
                .allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty())
                .extracting(Finding::subject)
                .contains("privilege", "dnsmasq", "iptables", "ip6tables");
    }

    @Test
    void finds_a_table_of_others_that_drops() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThat(problems(namespace)).isEmpty();
            namespace.exec("nft", "add table inet theirs");
            namespace.exec(
                    "nft", "add chain inet theirs strict { type filter hook forward priority 10 ; policy drop ; }");
            assertThat(problems(namespace))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.detail())
                            .contains("inet theirs strict")
                            .contains("forward"));
        }
    }

    @Test
    void finds_a_table_that_iptables_cannot_read() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.exec("nft", "add table ip filter");
            namespace.exec("nft", "add chain ip filter theirs");
            namespace.exec("nft", "add rule ip filter theirs meta length > 9000 meta mark set 7 drop");
            namespace.exec("nft", "add set ip filter s { type ipv4_addr ; }");
            namespace.exec("nft", "add rule ip filter theirs ip saddr @s drop");
            assertThat(problems(namespace))
                    .anySatisfy(finding -> assertThat(finding.detail()).contains("is incompatible"));
        }
    }

    @Test
    void reads_which_modules_a_kernel_has() throws Exception {
        String running = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        assertThat(KernelModules.of(running).has("tun")).isNotEqualTo(Optional.of(false));
        assertThat(KernelModules.of("0.0-none").has("no_such_module")).isNotEqualTo(Optional.of(true));
    }

    private List<Finding> problems(NetworkNamespace namespace) {
        return namespace.call(() -> {
            try (HostContext host = new HostContext(Paths.below(folder), new Programs())) {
                return Doctor.examine(host).stream()
                        .filter(finding -> finding.level() == Level.PROBLEM)
                        .toList();
            }
        });
    }
}
