// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.lab.EveryKernel;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An uplink by which the host itself is reached becomes a port of a bridge, and is an uplink again. */
@EveryKernel
final class AddressedUplinkTest {
    private static final String HOST = "host kvm1 { uplink lan = eno1  uplink spare = eno2 }\n";
    private static final String BRIDGED = HOST + "network site { forward bridge via lan }\n";

    private KernelRunner vnetc;
    private NetworkNamespace site;

    @BeforeEach
    void makeHost() throws IOException {
        vnetc = new KernelRunner();
        site = NetworkNamespace.create();
        vnetc.namespace().cable("eno1", site, "lan0");
        vnetc.namespace().cable("eno2", site, "lan1");
        for (String command : List.of(
                "ip address add 192.0.2.1/24 dev lan0",
                "ip address add fd00:2::1/64 dev lan0 nodad",
                "ip address add 203.0.113.1/32 dev lan0")) {
            site.exec(command.split(" ", -1));
        }
        for (String command : List.of(
                "ip address add 192.0.2.10/24 brd + dev eno1",
                "ip address add 192.0.2.11/24 dev eno1 label eno1:web",
                "ip address add 198.51.100.10/24 dev eno1 noprefixroute",
                "ip -6 address add fd00:2::10/64 dev eno1 nodad",
                "ip -6 address add fd00:2::11/64 dev eno1 nodad",
                "ip route add default via 192.0.2.1 proto static metric 100",
                "ip route add 10.0.0.0/8 via 192.0.2.1 src 192.0.2.11",
                "ip route add 198.51.100.0/24 dev eno1 proto kernel scope link src 198.51.100.10 metric 101",
                "ip route add default via 192.0.2.1 table 77",
                "ip rule add from 192.0.2.11 table 77",
                "ip -6 route add default via fd00:2::1")) {
            vnetc.namespace().exec(command.split(" ", -1));
        }
    }

    @AfterEach
    void removeIt() throws IOException {
        try {
            vnetc.close();
        } finally {
            site.close();
        }
    }

    @Test
    void a_connection_lives_through_the_way_into_the_bridge_and_back() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        String mac = mac("eno1");
        try (OpenConnection ipv4 = OpenConnection.between(vnetc.namespace(), "192.0.2.10", site, "192.0.2.1");
                OpenConnection far = OpenConnection.between(vnetc.namespace(), "192.0.2.10", site, "203.0.113.1");
                OpenConnection ipv6 = OpenConnection.between(vnetc.namespace(), "fd00:2::10", site, "fd00:2::1")) {
            Result plan = done("plan", source(BRIDGED), "--host", "kvm1");
            assertThat(plan.out())
                    .contains("192.0.2.10/24", "with the default route", "from eno1 to vbr-site", "rules of others");
            done("apply", source(BRIDGED), "--yes", "--yes-cut-me-off", "--host", "kvm1");

            assertThat(addresses("eno1")).isEmpty();
            assertThat(addresses("vbr-site"))
                    .contains("192.0.2.10/24", "192.0.2.11/24", "198.51.100.10/24", "fd00:2::10/64", "fd00:2::11/64");
            assertThat(vnetc.namespace().exec("ip", "route", "show", "default"))
                    .isEqualTo("default via 192.0.2.1 dev vbr-site proto static metric 100 \n");
            assertThat(mac("vbr-site")).isEqualTo(mac);
            ipv4.stillAnswers();
            far.stillAnswers();
            ipv6.stillAnswers();
            assertThat(done("plan", source(BRIDGED), "--host", "kvm1", "--detailed-exitcode")
                            .exit())
                    .isZero();

            done("destroy", "--yes", "--yes-cut-me-off");
            ipv4.stillAnswers();
            far.stillAnswers();
            ipv6.stillAnswers();
        }
        vnetc.snapshot().since(bare).requireNone("the way there and back");
    }

    @Test
    void the_way_by_which_the_host_is_reached_moves_only_where_somebody_says_so() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        Result refused = vnetc.run("apply", source(BRIDGED), "--yes", "--host", "kvm1");
        assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
        assertThat(refused.err())
                .contains("the host's default route from eno1 to vbr-site", "--yes-cut-me-off", "console");
        vnetc.snapshot().since(bare).requireNone("a refusal");

        done("apply", source(BRIDGED), "--yes", "--yes-cut-me-off", "--host", "kvm1");
        assertThat(vnetc.run("destroy", "--yes").exit()).isEqualTo(4);
    }

    @Test
    void a_bridge_that_has_a_mac_of_its_own_keeps_it() throws Exception {
        String uplinks = mac("eno1");
        String own =
                source(HOST + "network site { forward bridge via lan  bridge vbr-site { mac 52:54:00:00:00:77 } }\n");
        done("apply", own, "--yes", "--yes-cut-me-off", "--host", "kvm1");
        assertThat(mac("vbr-site")).isEqualTo("52:54:00:00:00:77");

        done("apply", source(BRIDGED), "--yes", "--yes-cut-me-off", "--host", "kvm1");
        assertThat(mac("vbr-site")).isEqualTo(uplinks);
    }

    @Test
    void what_is_not_the_way_to_everywhere_moves_without_a_question() throws Exception {
        vnetc.namespace().exec("ip", "address", "add", "203.0.113.20/24", "dev", "eno2");
        NamespaceSnapshot bare = vnetc.snapshot();
        String other = source(HOST + "network site { forward bridge via spare }\n");

        done("apply", other, "--yes", "--host", "kvm1");
        assertThat(addresses("vbr-site")).containsExactly("203.0.113.20/24");
        done("destroy", "--yes");
        vnetc.snapshot().since(bare).requireNone("the way there and back");
    }

    @Test
    void what_the_host_gets_meanwhile_goes_back_with_the_rest() throws Exception {
        done("apply", source(BRIDGED), "--yes", "--yes-cut-me-off", "--host", "kvm1");
        vnetc.namespace().exec("ip", "address", "add", "192.0.2.77/24", "dev", "vbr-site");
        vnetc.namespace().exec("ip", "route", "add", "172.16.0.0/12", "via", "192.0.2.1");
        assertThat(done("plan", source(BRIDGED), "--host", "kvm1", "--detailed-exitcode")
                        .exit())
                .isZero();

        done("destroy", "--yes", "--yes-cut-me-off");
        assertThat(addresses("eno1")).contains("192.0.2.10/24", "192.0.2.77/24");
        assertThat(vnetc.namespace().exec("ip", "route", "show", "172.16.0.0/12"))
                .isEqualTo("172.16.0.0/12 via 192.0.2.1 dev eno1 \n");
    }

    @Test
    void guests_behind_a_network_of_ours_go_out_by_the_bridge_then() throws Exception {
        String text = BRIDGED + "network office { forward nat  subnet 10.20.1.0/24 { gateway .1 } }\n";
        done("apply", source(text), "--yes", "--yes-cut-me-off", "--host", "kvm1");
        assertThat(done("plan", source(text), "--host", "kvm1", "--detailed-exitcode")
                        .exit())
                .isZero();
        try (NetworkNamespace guest = NetworkNamespace.create()) {
            guest.cable("eth0", vnetc.namespace(), "port0");
            guest.exec("ip", "address", "add", "10.20.1.50/24", "dev", "eth0");
            guest.exec("ip", "route", "add", "default", "via", "10.20.1.1");
            vnetc.namespace().exec("ip", "link", "set", "port0", "master", "vbr-office");
            guest.exec("ping", "-c", "2", "-i", "0.2", "-W", "5", "203.0.113.1");
            vnetc.namespace().exec("ip", "link", "del", "port0");
        }
        done("destroy", "--yes", "--yes-cut-me-off");
    }

    private String source(String text) throws IOException {
        Path file = Files.createTempDirectory(vnetc.root(), "source").resolve("main.vnet");
        return Files.writeString(file, text).toString();
    }

    private Result done(String... arguments) {
        Result result = vnetc.run(arguments);
        assertThat(result.exit())
                .as(String.join(" ", arguments) + "\n" + result.out() + result.err())
                .isZero();
        return result;
    }

    private String mac(String link) {
        return vnetc.namespace()
                .json("ip", "-j", "link", "show", "dev", link)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("address")
                .getAsString();
    }

    private List<String> addresses(String link) {
        return vnetc.namespace()
                .exec("ip", "-o", "address", "show", "dev", link, "scope", "global")
                .lines()
                .map(line -> line.split(" +", -1)[3])
                .toList();
    }
}
