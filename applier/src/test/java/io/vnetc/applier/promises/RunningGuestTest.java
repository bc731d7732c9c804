// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.Guest;
import io.vnetc.compiler.state.Effect.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A guest in a real QEMU, on a tap with four queues, while what it is plugged into is changed. QEMU is not restarted, and
 * what is lost of pings through the tap is what the plan said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunningGuestTest {
    private static final String TAP = "vt-web";
    private static final int QUEUES = 4;
    private static final String ADDRESS = "10.60.0.9";

    /** What a second or so is, measured on a busy machine. */
    private static final long BRIEF_MILLISECONDS = 2_500;

    private static final String SOURCE = """
            host kvm1 { uplink wan = eno1 }
            network live on kvm1 {
              bridge vbr-live { $BRIDGE$ }
              subnet 10.60.0.0/24 { gateway .1  dhcp .100 .. .199 lease 1h }
              portgroup staff { isolated  cost 9  qos { inbound average 200mbit } }
              $NETWORK$
            }
            network other on kvm1 {
              bridge vbr-other { }
              subnet 10.61.0.0/24 { gateway .1  dhcp .100 .. .199 lease 1h }
            }
            vm web { nic eth0 { network $AT$  tap vt-web  queues 4  $NIC$ } }
            """;

    private ExampleHost host;
    private Guest web;
    private String identity;

    @BeforeAll
    void aGuestThatRuns() throws Exception {
        host = ExampleHost.open();
        Source plain = source("live", "", "", "");
        host.apply(plain);
        List<String> arguments = new ArrayList<>(List.of("-smp", Integer.toString(QUEUES)));
        host.run(StepFault.NONE, List.of("qemu", "web", plain.path().toString()))
                .requireExit(0, "qemu")
                .out()
                .lines()
                .forEach(arguments::add);
        web = Guest.boot(host.namespace(), arguments);
        web.awaitLease();
        web.exec("ip address add " + ADDRESS + "/24 dev eth0");
        identity = identity();
    }

    @AfterAll
    void itEnds() {
        try (ExampleHost closed = host;
                Guest alsoClosed = web) {
            closed.namespace().exec("true");
        }
    }

    @Test
    void the_guest_has_the_queues_of_its_tap() {
        JsonObject tap = host.namespace()
                .json("ip", "-d", "-j", "link", "show", "dev", TAP)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data");

        assertThat(tap.get("multi_queue").getAsBoolean()).isTrue();
        assertThat(tap.get("numqueues").getAsInt()).isEqualTo(QUEUES);
        assertThat(web.exec("ls -d /sys/class/net/eth0/queues/rx-*").lines()).hasSize(QUEUES);
        assertThat(web.exec("ls -d /sys/class/net/eth0/queues/tx-*").lines()).hasSize(QUEUES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // place   | before                                                 | after
                "NIC       |                                                        | portgroup staff",
                "NIC       | portgroup staff                                        |",
                "NIC       |                                                        | isolated",
                "NIC       | isolated                                               |",
                "NIC       |                                                        | hairpin  cost 50",
                "NIC       |                                                        | learning off",
                "NIC       | learning off                                           |",
                "NIC       |                                                        | flood off",
                "NIC       |                                                        | qos { inbound average 50mbit }",
                "NIC       |                                                        | qos { outbound average 50mbit }",
                "NIC       | qos { inbound average 50mbit outbound average 50mbit } | qos { inbound average 9mbit outbound average 9mbit }",
                "NIC       | qos { inbound average 9mbit outbound average 9mbit }   | qos { inbound average 9mbit burst 64KiB outbound average 50mbit }",
                "NIC       | qos { inbound average 50mbit outbound average 50mbit } |",
                "NIC       |                                                        | mtu 1400",
                "NIC       | mtu 1400                                               |",
                "NIC       |                                                        | protect",
                "NETWORK   |                                                        | isolated",
                "NETWORK   |                                                        | qos { inbound average 50mbit outbound average 50mbit }",
                "NETWORK   | qos { inbound average 50mbit outbound average 50mbit } |",
                "NETWORK   |                                                        | guests { blocked }",
                "NETWORK   |                                                        | portgroup all default { hairpin }",
                "BRIDGE    |                                                        | mtu 9000",
                "BRIDGE    | mtu 9000                                               |",
                "BRIDGE    |                                                        | mac-table managed",
            })
    void what_is_lost_is_what_the_plan_says(String place, String before, String after) throws Exception {
        host.apply(changed(place, before));
        Source now = changed(place, after);
        Severity said = severity(now);

        PingWatch.Count count = applyUnderPing(now);

        assertThat(identity()).isEqualTo(identity);
        assertThat(said)
                .as("no change of this table parts a guest from its network")
                .isNotEqualTo(Severity.OUTAGE);
        assertThat(count.longestMilliseconds())
                .as("%s; the plan says %s", count, said)
                .isLessThanOrEqualTo(said == Severity.NONE ? 0 : BRIEF_MILLISECONDS);
    }

    @Test
    void moved_to_another_network_the_guest_runs_on_and_gets_a_lease_there() throws Exception {
        host.apply(source("live", "", "", ""));
        Source moved = source("other", "", "", "");
        assertThat(severity(moved)).isEqualTo(Severity.OUTAGE);

        applyUnderPing(moved);

        assertThat(identity()).isEqualTo(identity);
        assertThat(host.namespace()
                        .tryExec("ping", "-c", "1", "-W", "1", ADDRESS)
                        .exitCode())
                .as("its old address, which is not valid there")
                .isNotZero();
        assertThat(web.exec("ip address flush dev eth0; udhcpc -i eth0 -f -n -q -t 20 -T 1"))
                .contains("10.61.0.");
        assertThat(web.exec("ip address add 10.61.0.9/24 dev eth0; ping -c 3 -W 5 10.61.0.1"))
                .contains("3 packets received");

        host.apply(source("live", "", "", ""));
        web.exec("ip address flush dev eth0; ip address add " + ADDRESS + "/24 dev eth0");
        assertThat(web.exec("ping -c 3 -W 5 10.60.0.1")).contains("3 packets received");
        assertThat(identity()).isEqualTo(identity);
    }

    @Test
    void put_into_a_vlan_it_is_where_the_plan_says() throws Exception {
        assumeTrue(knowsVlans(), "this kernel has no VLANs of bridges (CONFIG_BRIDGE_VLAN_FILTERING)");
        host.apply(source("live", "", "", ""));
        Source vlan = source("live", "", "", "vlan 42");
        Severity said = severity(vlan);

        PingWatch.Count count = applyUnderPing(vlan);

        assertThat(identity()).isEqualTo(identity);
        assertThat(said).as(count.toString()).isEqualTo(Severity.OUTAGE);
        assertThat(host.namespace()
                        .tryExec("ping", "-c", "1", "-W", "1", ADDRESS)
                        .exitCode())
                .isNotZero();
        host.apply(source("live", "", "", ""));
        host.namespace().exec("ping", "-c", "3", "-W", "5", ADDRESS);
    }

    private boolean knowsVlans() {
        host.namespace().exec("ip", "link", "add", "probe", "type", "bridge");
        boolean known = host.namespace()
                        .tryExec("ip", "link", "set", "probe", "type", "bridge", "vlan_filtering", "1")
                        .exitCode()
                == 0;
        host.namespace().exec("ip", "link", "delete", "probe");
        return known;
    }

    private PingWatch.Count applyUnderPing(Source after) throws Exception {
        try (PingWatch ping = PingWatch.start(host.namespace(), ADDRESS)) {
            host.apply(after, StepFault.NONE).requireExit(0, "after");
            return ping.end();
        }
    }

    /** What a restart would change: the process, its queues of the tap, and the tap itself. */
    private String identity() throws IOException {
        long process = web.process().pid();
        long queues = 0;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process + "/fdinfo"))) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("iff:\t" + TAP + "\n")) {
                    queues++;
                }
            }
        }
        assertThat(queues).isEqualTo(QUEUES);
        String index = host.namespace()
                .exec("cat", "/sys/class/net/" + TAP + "/ifindex")
                .strip();
        return "process %d on tap %s".formatted(process, index);
    }

    private Severity severity(Source after) {
        JsonObject plan = JsonParser.parseString(host.run(
                                StepFault.NONE,
                                List.of(
                                        "plan",
                                        "--host",
                                        "kvm1",
                                        "--format",
                                        "json",
                                        after.path().toString()))
                        .requireExit(0, "plan")
                        .out())
                .getAsJsonObject();
        Severity worst = Severity.NONE;
        for (JsonElement step : plan.getAsJsonArray("steps")) {
            JsonObject impact = step.getAsJsonObject().getAsJsonObject("impact");
            Severity said =
                    Severity.valueOf(impact.get("severity").getAsString().toUpperCase(Locale.ROOT));
            if (said != Severity.NONE) {
                assertThat(impact.getAsJsonArray("guests").toString()).isEqualTo("[\"web\"]");
            }
            worst = said.compareTo(worst) > 0 ? said : worst;
        }
        assertThat(plan.getAsJsonArray("steps")).isNotEmpty();
        return worst;
    }

    private Source changed(String place, String text) {
        String words = text == null ? "" : text;
        return source(
                "live",
                place.equals("BRIDGE") ? words : "",
                place.equals("NETWORK") ? words : "",
                place.equals("NIC") ? words : "");
    }

    private Source source(String at, String bridge, String network, String nic) {
        return Source.of(
                "running",
                SOURCE.replace("$AT$", at)
                        .replace("$BRIDGE$", bridge)
                        .replace("$NETWORK$", network)
                        .replace("$NIC$", nic),
                host.folder());
    }
}
