// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.host.Lock;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with their exit codes, and what goes to stdout and to stderr. */
final class CommandTest {
    private static final String SOURCE = """
            network lab {
              subnet 10.20.1.0/24 {
                gateway .1
                dhcp .100 .. .199 lease 1h
              }
            }
            vm web { nic eth0 { network lab } }
            """;

    private static final ResourceAddress BRIDGE = new ResourceAddress("bridge", "vbr-lab");

    @TempDir
    private Path folder;

    private CommandRunner vnetc;

    @BeforeEach
    void sourceAndHost() throws Exception {
        vnetc = new CommandRunner(folder).write("lab.vnet", SOURCE);
    }

    @Test
    void exits_with_0_when_the_source_is_right() {
        assertThat(vnetc.run("check")).isEqualTo(new Result(0, "✓ 0 hosts, 1 network, 1 guest, no errors\n", ""));
    }

    @Test
    void exits_with_3_when_the_source_is_wrong_and_shows_the_place() throws Exception {
        vnetc.write("lab.vnet", SOURCE.replace("network lab }", "network lap }"));

        Result check = vnetc.run("check", "lab.vnet");
        assertThat(check.exit()).isEqualTo(3);
        assertThat(check.out()).startsWith("lab.vnet:7:").contains("lap").contains("^");
        assertThat(check.err()).isEmpty();

        Result apply = vnetc.run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(3);
        assertThat(apply.err()).startsWith("lab.vnet:7:").contains("vnetc: error: the source has an error");
        assertThat(apply.out()).isEmpty();
        assertThat(vnetc.host().things()).isEmpty();
    }

    @Test
    void prints_diagnostics_as_json_and_sarif() throws Exception {
        vnetc.write("lab.vnet", "network {");
        assertThat(JsonParser.parseString(vnetc.run("check", "--format", "json").out())
                        .getAsJsonObject()
                        .has("diagnostics"))
                .isTrue();
        assertThat(JsonParser.parseString(
                                vnetc.run("check", "--format", "sarif").out())
                        .getAsJsonObject()
                        .get("version")
                        .getAsString())
                .isEqualTo("2.1.0");
    }

    @Test
    void a_plan_changes_nothing_and_exits_with_2_only_when_asked_to() {
        assertThat(vnetc.run("plan").exit()).isZero();
        Result detailed = vnetc.run("plan", "--detailed-exitcode");
        assertThat(detailed.exit()).isEqualTo(2);
        assertThat(detailed.out()).contains("vbr-lab").contains("10.20.1.1/24").doesNotContain("\u001b");
        assertThat(vnetc.host().moves()).isEmpty();

        vnetc.run("apply", "--yes");
        assertThat(vnetc.run("plan", "--detailed-exitcode").exit()).isZero();
    }

    @Test
    void apply_makes_it_so_and_destroy_gives_it_back() {
        Result apply = vnetc.run("apply", "--yes");
        assertThat(apply.exit()).as(apply.err()).isZero();
        assertThat(vnetc.host().things()).containsKey(BRIDGE);

        Result status = vnetc.run("status");
        assertThat(status.exit()).isZero();
        assertThat(status.out()).contains("vbr-lab", "10.20.1.1/24", "web.eth0", "all is as it was applied");

        assertThat(vnetc.run("destroy", "--yes").exit()).isZero();
        assertThat(vnetc.host().things()).isEmpty();
        assertThat(vnetc.run("status").out()).contains("owns nothing");
    }

    @Test
    void status_exits_with_11_when_something_is_missing() {
        vnetc.run("apply", "--yes");
        vnetc.host().remove(BRIDGE);
        Result status = vnetc.run("status");
        assertThat(status.exit()).isEqualTo(11);
        assertThat(status.out()).contains("vbr-lab is not there");
        JsonObject json = JsonParser.parseString(
                        vnetc.run("status", "--format", "json").out())
                .getAsJsonObject();
        assertThat(json.get("healthy").getAsBoolean()).isFalse();
    }

    @Test
    void asks_on_a_terminal_and_does_nothing_without_a_yes() {
        Result no = vnetc.atTerminal("n\n").run("apply");
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.err()).contains("[y/N]").contains("Nothing was touched.");
        assertThat(vnetc.host().moves()).isEmpty();

        Result yes = vnetc.atTerminal("y\n").run("apply");
        assertThat(yes.exit()).isZero();
        assertThat(yes.err()).contains("✓").contains("make bridge vbr-lab");
        assertThat(vnetc.host().things()).containsKey(BRIDGE);
    }

    @Test
    void wants_a_yes_where_nobody_can_be_asked() {
        Result apply = vnetc.run("apply");
        assertThat(apply.exit()).isEqualTo(1);
        assertThat(apply.err()).contains("vnetc apply --yes");
        assertThat(vnetc.host().moves()).isEmpty();
    }

    @Test
    void exits_with_4_when_something_foreign_is_in_the_way() {
        vnetc.host()
                .withForeign(new ForeignLink(
                        "vbr-lab", "bridge", 1500, Optional.empty(), true, Optional.empty(), Optional.empty()));
        Map<ResourceAddress, Resource> before = vnetc.host().things();
        Result apply = vnetc.run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(4);
        assertThat(apply.err()).contains("lab.vnet:1").contains("vbr-lab");
        assertThat(vnetc.host().things()).isEqualTo(before);
    }

    @Test
    void exits_with_1_when_an_uplink_is_missing() throws Exception {
        vnetc.write(
                "lab.vnet",
                "host kvm1 { uplink lan = eno7 }\n"
                        + SOURCE.replace("network lab {\n", "network lab {\n forward nat via lan\n"));
        Result plan = vnetc.run("plan", "--host", "kvm1");
        assertThat(plan.exit()).isEqualTo(1);
        assertThat(plan.err()).contains("eno7");
    }

    @Test
    void a_saved_plan_is_applied_as_it_was_shown() {
        assertThat(vnetc.run("plan", "-o", "lab.plan").exit()).isZero();
        assertThat(vnetc.run("show", "lab.plan").out())
                .isEqualTo(vnetc.run("plan").out());
        Result apply = vnetc.run("apply", "lab.plan", "--yes");
        assertThat(apply.exit()).as(apply.err()).isZero();
        assertThat(vnetc.host().things()).containsKey(BRIDGE);
        assertThat(vnetc.run("plan", "--detailed-exitcode").exit()).isZero();
    }

    @Test
    void exits_with_6_when_a_saved_plan_is_stale() {
        vnetc.run("plan", "-o", "lab.plan");
        vnetc.run("apply", "--yes");
        Map<ResourceAddress, Resource> before = vnetc.host().things();
        Result apply = vnetc.run("apply", "lab.plan", "--yes");
        assertThat(apply.exit()).isEqualTo(6);
        assertThat(apply.err()).contains("stale").contains("vnetc plan -o lab.plan");
        assertThat(vnetc.host().things()).isEqualTo(before);
    }

    @Test
    void a_saved_plan_that_was_changed_by_hand_is_no_plan() throws Exception {
        vnetc.run("plan", "-o", "lab.plan");
        vnetc.write("lab.plan", Files.readString(vnetc.file("lab.plan")).replace("10.20.1.1/24", "10.20.1.2/24"));
        Result apply = vnetc.run("apply", "lab.plan", "--yes");
        assertThat(apply.exit()).isEqualTo(1);
        assertThat(vnetc.host().moves()).isEmpty();
    }

    @Test
    void exits_with_7_when_another_one_is_at_work() throws Exception {
        try (Lock lock = Lock.take(vnetc.paths(), "apply")) {
            Result apply = vnetc.run("apply", "--yes");
            assertThat(apply.exit()).isEqualTo(7);
            assertThat(apply.err()).contains("locked by");
            assertThat(vnetc.run("destroy", "--yes").exit()).isEqualTo(7);
            // Looking is free.
            assertThat(vnetc.run("plan").exit()).isZero();
        }
    }

    @Test
    void exits_with_8_when_a_step_fails_and_says_where() {
        Result apply = vnetc.failing(failBefore("address")).run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(8);
        assertThat(apply.err()).contains("lab.vnet:2: cannot do it: EINVAL").contains("the host is as it was");
        assertThat(vnetc.host().things()).isEmpty();
    }

    @Test
    void exits_with_9_when_the_rollback_fails_and_recover_ends_it() {
        Result apply = vnetc.failing(new StepFault() {
                    @Override
                    public void before(int index, Step step) throws DriverException {
                        if (step.address().kind().equals("tap")) {
                            vnetc.host().breakMovesOf(BRIDGE);
                            throw new DriverException("cannot do it", "EINVAL", "");
                        }
                    }
                })
                .run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(9);
        assertThat(apply.err())
                .contains("This is not as it was:")
                .contains("bridge/vbr-lab")
                .contains("vnetc recover");

        vnetc.failing(StepFault.NONE).host().repair();
        assertThat(vnetc.run("plan").err()).contains("interrupted");
        assertThat(vnetc.run("recover").exit()).isZero();
        assertThat(vnetc.host().things()).isEmpty();
        assertThat(vnetc.run("recover").err()).contains("nothing to recover");
    }

    @Test
    void exits_with_12_when_the_host_lacks_something_before_the_first_step() {
        vnetc.host().require(Requirement.program("no-such-program", "no-such-package"));
        Result apply = vnetc.run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(12);
        assertThat(apply.err()).contains("no-such-program").contains("apt-get install no-such-package");
        assertThat(vnetc.host().moves()).isEmpty();
    }

    @Test
    void exits_with_12_without_privilege() {
        vnetc.host().withoutPrivileges();
        for (String command : new String[] {"plan", "apply", "destroy", "status", "observe"}) {
            Result result = vnetc.run(command);
            assertThat(result.exit()).as(command).isEqualTo(12);
            assertThat(result.err()).as(command).contains("CAP_NET_ADMIN");
        }
    }

    @Test
    void exits_with_64_when_the_command_line_is_wrong() {
        assertThat(vnetc.run().exit()).isEqualTo(64);
        assertThat(vnetc.run("aply").err()).contains("there is no command `aply`, did you mean `apply`?");
        assertThat(vnetc.run("plan", "--nonsense").exit()).isEqualTo(64);
        assertThat(vnetc.run("plan", "--format", "yaml").exit()).isEqualTo(64);
        assertThat(vnetc.run("plan", "--netns", "other").exit()).isEqualTo(64);
        assertThat(vnetc.run("try").exit()).isEqualTo(64);
    }

    @Test
    void exits_with_1_when_there_is_no_such_source() {
        Result check = vnetc.run("check", "nowhere.vnet");
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err()).contains("nowhere.vnet").contains("no such file");
    }

    @Test
    void plans_against_a_recorded_host_like_on_it() {
        assertThat(vnetc.run("observe", "-o", "host.json").exit()).isZero();
        assertThat(vnetc.run("observe").out()).isEqualTo(read("host.json"));
        String here = vnetc.run("plan", "--format", "json").out();
        vnetc.host().withoutPrivileges();
        Result plan = vnetc.run("plan", "--against", "host.json", "--format", "json");
        assertThat(plan.exit()).as(plan.err()).isZero();
        JsonObject recorded = JsonParser.parseString(plan.out()).getAsJsonObject();
        assertThat(recorded.getAsJsonArray("steps"))
                .hasSameSizeAs(JsonParser.parseString(here).getAsJsonObject().getAsJsonArray("steps"));
    }

    @Test
    void tells_the_work_as_events_a_line() {
        Result apply = vnetc.run("apply", "--yes", "--format", "json");
        assertThat(apply.out().lines())
                .allSatisfy(line ->
                        assertThat(JsonParser.parseString(line).isJsonObject()).isTrue())
                .anySatisfy(line -> assertThat(line).contains("\"step_done\"").contains("bridge/vbr-lab"))
                .last()
                .isEqualTo("{\"event\":\"result\",\"exit\":0,\"meaning\":\"done, or nothing to do\"}");
    }

    @Test
    void prints_the_arguments_of_a_guest_one_a_line() {
        Result qemu = vnetc.run("qemu", "web");
        assertThat(qemu.out().lines()).hasSize(4).startsWith("-netdev");
        assertThat(vnetc.run("qemu", "wep").err())
                .contains("there is no guest wep")
                .contains("web");
    }

    @Test
    void renders_the_same_bytes_again() throws Exception {
        assertThat(vnetc.run("render", "-o", "first").exit()).isZero();
        assertThat(vnetc.run("render", "-o", "second").exit()).isZero();
        try (var files = Files.walk(vnetc.file("first"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(vnetc.file("second")
                                    .resolve(vnetc.file("first").relativize(file)))
                            .hasSameBinaryContentAs(file));
        }
        assertThat(vnetc.run("render").exit()).isEqualTo(64);
    }

    @Test
    void names_the_hosts_of_the_source_when_this_is_none_of_them() throws Exception {
        vnetc.write("lab.vnet", "host kvm1 { }\nhost kvm2 { }\n");
        Result plan = vnetc.run("plan", "--host", "kvm3");
        assertThat(plan.exit()).isEqualTo(1);
        assertThat(plan.err()).contains("no host kvm3").contains("--host kvm1 or --host kvm2");
    }

    @Test
    void a_bug_is_told_in_a_line_and_its_trace_is_kept() {
        Result apply = vnetc.failing(new StepFault() {
                    @Override
                    public void before(int index, Step step) {
                        throw new IllegalStateException("made up");
                    }
                })
                .run("apply", "--yes");
        assertThat(apply.exit()).isEqualTo(70);
        assertThat(apply.err()).contains("a bug in vnetc").contains("made up").doesNotContain("\tat ");
        Path report = Path.of(apply.err().replaceAll("(?s).*with the file (\\S+).*", "$1"));
        assertThat(report).content().contains("IllegalStateException").contains("\tat ");
        assertThat(report.toFile().delete()).isTrue();
    }

    private static StepFault failBefore(String kind) {
        return new StepFault() {
            @Override
            public void before(int index, Step step) throws DriverException {
                if (step.address().kind().equals(kind)) {
                    throw new DriverException("cannot do it", "EINVAL", "");
                }
            }
        };
    }

    private String read(String file) {
        try {
            return Files.readString(vnetc.file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
