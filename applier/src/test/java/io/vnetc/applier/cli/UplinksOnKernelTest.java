// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests on the networks that the host's own links lead to, by a bridge and by macvtaps. */
final class UplinksOnKernelTest {
    private static final String HOST = "host kvm1 { uplink lan = eno1  uplink spare = eno2 }\n";
    private static final String BRIDGED = HOST
            + "network site { forward bridge via lan { cost 10  port-priority 5 } }\n"
            + "vm web { nic eth0 { network site } }\n";

    private KernelRunner vnetc;
    private NetworkNamespace site;

    @BeforeEach
    void makeHost() throws IOException {
        vnetc = new KernelRunner();
        site = NetworkNamespace.create();
        vnetc.namespace().cable("eno1", site, "lan0");
        vnetc.namespace().cable("eno2", site, "lan1");
        site.exec("ip", "address", "add", "192.0.2.1/24", "dev", "lan0");
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
    void an_uplink_is_a_port_of_a_bridge_of_ours_and_is_given_back_as_it_was() throws Exception {
        vnetc.namespace().exec("ip", "link", "set", "eno1", "down");
        NamespaceSnapshot bare = vnetc.snapshot();
        done("apply", source(BRIDGED), "--yes", "--host", "kvm1");

        JsonObject port = link("eno1");
        assertThat(port.get("master").getAsString()).isEqualTo("vbr-site");
        assertThat(port.getAsJsonArray("flags").toString()).contains("\"UP\"");
        JsonObject settings = port.getAsJsonObject("linkinfo").getAsJsonObject("info_slave_data");
        assertThat(settings.get("cost").getAsInt()).isEqualTo(10);
        assertThat(settings.get("priority").getAsInt()).isEqualTo(5);
        assertThat(done("plan", source(BRIDGED), "--host", "kvm1", "--detailed-exitcode")
                        .exit())
                .isZero();
        reaches();

        String dearer = source(BRIDGED.replace("cost 10", "cost 20  hairpin"));
        assertThat(steps(dearer)).containsExactly("change port/eno1 none");
        done("apply", dearer, "--yes", "--host", "kvm1");
        settings = link("eno1").getAsJsonObject("linkinfo").getAsJsonObject("info_slave_data");
        assertThat(settings.get("cost").getAsInt()).isEqualTo(20);
        assertThat(settings.get("hairpin").getAsBoolean()).isTrue();

        String moved = source(BRIDGED.replace("via lan", "via spare"));
        assertThat(steps(moved)).containsExactly("change port/eno2 none", "change port/eno1 none");
        done("apply", moved, "--yes", "--host", "kvm1");
        assertThat(link("eno1").has("master")).isFalse();
        assertThat(link("eno2").get("master").getAsString()).isEqualTo("vbr-site");

        done("destroy", "--yes");
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    /** A guest of its own on the bridge reaches the site. */
    private void reaches() {
        try (NetworkNamespace guest = NetworkNamespace.create()) {
            guest.cable("eth0", vnetc.namespace(), "port0");
            guest.exec("ip", "address", "add", "192.0.2.50/24", "dev", "eth0");
            vnetc.namespace().exec("ip", "link", "set", "port0", "master", "vbr-site");
            guest.exec("ping", "-c", "2", "-i", "0.2", "-W", "5", "192.0.2.1");

            Result destroy = vnetc.run("destroy", "--yes");
            assertThat(destroy.exit()).as(destroy.err()).isEqualTo(4);
            assertThat(destroy.err()).contains("port0");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip address add 198.51.100.7/24 dev eno1 valid_lft 3600 preferred_lft 3600 | has the address 198.51.100.7/24",
                "ip address add 198.51.100.7/24 dev eno1; ip route add 10.0.0.0/8 via 198.51.100.1 mtu 1400 | has the address 198.51.100.7/24",
                "ip route add 203.0.113.0/24 via 192.0.2.9 dev eno1 onlink        | 203.0.113.0/24 leads over the uplink eno1",
                "ip link add br9 type bridge && ip link set eno1 master br9       | is a port of br9 already",
                "ip link del eno1                                                 | there is no interface `eno1`"
            })
    void an_uplink_that_is_in_use_is_left_alone(String use, String said) throws Exception {
        vnetc.namespace().exec("sh", "-c", use);
        NamespaceSnapshot before = vnetc.snapshot();

        Result apply = vnetc.run("apply", source(BRIDGED), "--yes", "--host", "kvm1");
        assertThat(apply.exit()).as(apply.err()).isIn(1, 4);
        assertThat(apply.err()).contains(said, "main.vnet:", "nothing was touched");
        vnetc.snapshot().since(before).requireNone("a refusal");
    }

    @Test
    void macvtaps_are_spread_over_the_links_and_change_their_mode_in_place() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        String text = HOST + "network site { forward macvtap vepa via lan, spare }\n"
                + "vm node[1..3] { nic eth0 { network site  mtu 1400 } }\n";
        done("apply", source(text), "--yes", "--host", "kvm1");

        assertThat(List.of(lower("vt-node1-eth0"), lower("vt-node2-eth0"), lower("vt-node3-eth0")))
                .containsExactly("eno1", "eno2", "eno1");
        JsonObject first = link("vt-node1-eth0");
        assertThat(mode(first)).isEqualTo("vepa");
        assertThat(first.get("ifalias").getAsString()).isEqualTo("vnet:vm/node1/eth0");
        assertThat(first.get("mtu").getAsInt()).isEqualTo(1400);
        assertThat(first.getAsJsonArray("flags").toString()).contains("\"UP\"");
        assertThat(vnetc.run("qemu", "node1", source(text)).out())
                .contains("\"fd\":\"3\"", first.get("address").getAsString());
        assertThat(vnetc.run("qemu", "node1", source(text)).err())
                .contains("3<>/dev/tap$(cat /sys/class/net/vt-node1-eth0/ifindex)");
        assertThat(done("plan", source(text), "--host", "kvm1", "--detailed-exitcode")
                        .exit())
                .isZero();

        assertThat(done("status").out()).contains("eno1", "node1.eth0", "vt-node3-eth0");

        done("apply", source(text.replace("vepa", "private")), "--yes", "--host", "kvm1");
        JsonObject changed = link("vt-node1-eth0");
        assertThat(mode(changed)).isEqualTo("private");
        assertThat(changed.get("ifindex")).isEqualTo(first.get("ifindex"));

        String fewer = source(text.replace("via lan, spare", "via spare"));
        assertThat(steps(fewer)).contains("delete macvtap/vt-node1-eth0 none", "create macvtap/vt-node1-eth0 none");
        done("apply", fewer, "--yes", "--host", "kvm1");
        assertThat(lower("vt-node1-eth0")).isEqualTo("eno2");

        done("destroy", "--yes");
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void a_link_that_is_passed_through_gets_its_address_back() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        String mac = link("eno1").get("address").getAsString();
        String text = HOST + "network site { forward macvtap passthrough via lan }\n"
                + "vm web { nic eth0 { network site  mac 52:54:00:00:00:77 } }\n";
        done("apply", source(text), "--yes", "--host", "kvm1");

        assertThat(mode(link("vt-web-eth0"))).isEqualTo("passthru");
        assertThat(link("vt-web-eth0").get("address").getAsString()).isEqualTo("52:54:00:00:00:77");
        assertThat(done("plan", source(text), "--host", "kvm1", "--detailed-exitcode")
                        .exit())
                .isZero();

        done("destroy", "--yes");
        assertThat(link("eno1").get("address").getAsString()).isEqualTo(mac);
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void a_link_that_is_passed_through_waits_for_those_on_it_and_they_for_the_one_that_had_it() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        String shared = HOST + "network site { forward macvtap vepa via lan, spare }\n"
                + "vm node[1..4] { nic eth0 { network site } }\n";
        String alone = shared.replace("vepa", "passthrough").replace("1..4", "1..2");
        for (String text : List.of(shared, alone, alone.replace("node", "other"), shared)) {
            done("apply", source(text), "--yes", "--host", "kvm1");
            assertThat(done("plan", source(text), "--host", "kvm1", "--detailed-exitcode")
                            .exit())
                    .isZero();
        }

        done("destroy", "--yes");
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void a_macvtap_that_a_process_has_open_is_made_again_only_where_that_was_allowed() throws Exception {
        String text = HOST + "network site { forward macvtap bridge via lan }\nvm web { nic eth0 { network site } }\n";
        done("apply", source(text), "--yes", "--host", "kvm1");
        Path device = Path.of("/dev/tap" + link("vt-web-eth0").get("ifindex").getAsInt());
        assertThat(device).exists();
        Process holder = vnetc.namespace().start("sh", "-c", "exec sleep 600 3<>" + device);
        while (!Files.exists(Path.of("/proc/" + holder.pid() + "/fd/3"))) {
            Thread.sleep(10);
        }

        Result other = vnetc.run("apply", source(text.replace("via lan", "via spare")), "--yes", "--host", "kvm1");
        assertThat(other.exit()).as(other.err()).isEqualTo(4);
        assertThat(other.err())
                .contains("the guest `web`", "(pid " + holder.pid() + ")", "--allow-recreate vm/web/eth0");
        holder.destroyForcibly().waitFor();
    }

    @Test
    void a_macvtap_needs_its_link_to_be_up() throws Exception {
        vnetc.namespace().exec("ip", "link", "set", "eno1", "down");
        String text = HOST + "network site { forward macvtap bridge via lan }\nvm web { nic eth0 { network site } }\n";

        Result apply = vnetc.run("apply", source(text), "--yes", "--host", "kvm1");
        assertThat(apply.exit()).as(apply.err()).isEqualTo(4);
        assertThat(apply.err()).contains("the link eno1 is down", "ip link set dev eno1 up");
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

    private List<String> steps(String source) {
        JsonArray steps = JsonParser.parseString(done("plan", source, "--host", "kvm1", "--format", "json")
                        .out())
                .getAsJsonObject()
                .getAsJsonArray("steps");
        return StreamSupport.stream(steps.spliterator(), false)
                .map(step -> step.getAsJsonObject())
                .map(step -> step.get("action").getAsString() + " "
                        + step.get("address").getAsString() + " "
                        + step.getAsJsonObject("impact").get("severity").getAsString())
                .toList();
    }

    private JsonObject link(String name) {
        return vnetc.namespace()
                .json("ip", "-j", "-d", "link", "show", "dev", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private String lower(String name) {
        return link(name).get("link").getAsString();
    }

    private static String mode(JsonObject link) {
        return link.getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data")
                .get("mode")
                .getAsString();
    }
}
