// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.InternetLab;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a machine that lacks something, the first word about it comes before the first step: what, and how to get it. */
final class LackingTest {
    private static final String HOME = Vnetc.EXAMPLES.resolve("home-lab").toString();
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    private final InternetLab lab = InternetLab.open();
    private final Vnetc vnetc = Vnetc.in(lab.host());
    private NamespaceSnapshot before = NamespaceSnapshot.of(lab.host());

    @AfterEach
    void removeIt() {
        try (lab;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void an_ordinary_user_is_told_to_be_root() {
        vnetc.copyOfExample("home-lab", "home-lab.vnet");
        for (String command : List.of("plan", "apply")) {
            Result inside = vnetc.runCopyBehind(inside(NOBODY), command, "home-lab", "--host", "homelab");
            lacking(inside, "CAP_NET_ADMIN", "sudo vnetc");
        }
        lacking(
                vnetc.runCopyBehind(
                        NOBODY, "apply", "home-lab", "--netns", lab.host().name()),
                lab.host().name(),
                "sudo vnetc");
    }

    @Test
    void root_without_the_capability_is_told_so() {
        Result apply = vnetc.runCopyBehind(
                inside(List.of("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin")),
                "apply",
                HOME,
                "--host",
                "homelab",
                "--yes");

        lacking(apply, "CAP_NET_ADMIN");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dnsmasq,           dnsmasq,           apt-get install dnsmasq-base",
        "iptables-restore,  iptables-restore,  apt-get install iptables",
        "ip6tables-restore, ip6tables-restore, apt-get install iptables"
    })
    void a_program_that_is_not_installed_is_named_with_its_package(String program, String named, String remedy) {
        // Where it is one name of several for a file, the others are gone as well.
        String hide =
                "for d in /usr/sbin /usr/bin /sbin /bin; do [ ! -e $d/%1$s ] || mount --bind /dev/null $d/%1$s; done"
                        .formatted(program);

        lacking(applyAfter(hide), named, remedy);
    }

    @Test
    void a_kernel_without_tun_is_told_how_to_get_it() {
        lacking(applyAfter("mount -t tmpfs none /dev/net"), "/dev/net/tun", "modprobe tun");
    }

    @Test
    void a_kernel_without_ipv6_is_named_where_the_source_wants_ipv6() {
        lab.host().exec("ip", "link", "add", "eno2", "type", "veth", "peer", "name", "eno2-peer");
        before = NamespaceSnapshot.of(lab.host());

        // Inside, because the folder is another one in each network namespace.
        Result apply = vnetc.runBehind(
                inside(mounting("mount -t tmpfs none /proc/sys/net/ipv6")),
                "apply",
                Vnetc.EXAMPLES.resolve("routed-dual-stack").toString(),
                "--host",
                "edge1",
                "--yes");

        lacking(apply, "ipv6.forwarding", "vnetc doctor");
    }

    private Result applyAfter(String mounts) {
        return vnetc.runBehind(mounting(mounts), "apply", HOME, "--host", "homelab", "--yes");
    }

    private List<String> inside(List<String> starter) {
        List<String> command =
                new ArrayList<>(List.of("ip", "netns", "exec", lab.host().name()));
        command.addAll(starter);
        return command;
    }

    /** The mounts are seen by this command alone. */
    private static List<String> mounting(String mounts) {
        return List.of("unshare", "--mount", "sh", "-ec", mounts + "; exec \"$@\"", "sh");
    }

    private void lacking(Result result, String... words) {
        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(12);
        assertThat(result.err()).contains(words);
        NamespaceSnapshot.of(lab.host()).since(before).requireNone("being told what is lacking");
        assertThat(vnetc.paths().run().resolve("dnsmasq")).doesNotExist();
    }
}
