// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.lab.PausedGuest;
import io.vnetc.applier.qmp.HostileServer;
import io.vnetc.compiler.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans and applies that meet guests that run, of real QEMUs that are not let run. */
final class RunningGuestOnKernelTest {
    private static final String OFFICE = "network office { subnet 10.20.1.0/24 { gateway .1 } }\n";
    private static final List<String> PORT = List.of("-device", "pcie-root-port,id=port0,chassis=1");

    private KernelRunner host;

    @BeforeEach
    void aHost() throws IOException {
        host = new KernelRunner();
    }

    @AfterEach
    void removeIt() throws IOException {
        host.close();
    }

    @Test
    void whatAGuestWasStartedWithAndWhatIsPluggedInLaterAreTheSame() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office  queues 4  mtu 1400 }")), "--yes");
        try (PausedGuest web = start("q35", "web", PORT)) {
            assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
            source(guest(
                    "web", "nic eth0 { network office  queues 4  mtu 1400 }", "nic eth1 { network office  queues 2 }"));
            done("apply", lab(), "--yes");
            assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
            assertThat(unwrapped("status")).contains("web answers", "all is as it was applied");
        }
        assertThat(done("plan", lab()).out())
                .as("a guest that does not run has nothing to be changed")
                .startsWith("Nothing to do");
        done("status");
        done("destroy", "--yes");
    }

    @Test
    void aQemuThatIsKilledInTheMiddleHasAllTakenBack() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        NamespaceSnapshot before = host.snapshot();
        String more = guest(
                "web", "nic eth0 { network office }", "nic eth1 { network office }", "nic eth2 { network office }");
        for (String moment : List.of("plug/web/eth1", "plug/web/eth2")) {
            source(guest("web", "nic eth0 { network office }"));
            try (PausedGuest web = start("pc", "web", List.of())) {
                source(more);
                host.failing(new StepFault() {
                    @Override
                    public void before(int index, Step step) {
                        if (step.address().toString().equals(moment)) {
                            web.kill();
                        }
                    }
                });
                Result result = host.run("apply", lab(), "--yes");
                host.failing(StepFault.NONE);
                assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.ROLLED_BACK.code());
                assertThat(result.err())
                        .contains("into `web`: cannot connect to", "The guest has ended", "All is taken back");
                host.snapshot().since(before).requireNone("an apply whose guest was killed at " + moment);
            }
        }
    }

    @Test
    void anApplyThatWasKilledAndWhoseGuestHasEndedIsRecovered() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        NamespaceSnapshot before = host.snapshot();
        try (PausedGuest web = start("pc", "web", List.of())) {
            source(guest("web", "nic eth0 { network office }", "nic eth1 { network office }"));
            host.failing(new StepFault() {
                @Override
                public void after(int index, Step step) {
                    if (step.address().toString().equals("plug/web/eth1")) {
                        throw new IllegalStateException("as a kill does");
                    }
                }
            });
            assertThat(host.run("apply", lab(), "--yes").exit()).isNotZero();
            host.failing(StepFault.NONE);
            web.kill();
            done("recover");
            host.snapshot().since(before).requireNone("an apply that was recovered");
        }
    }

    @Test
    void aGuestThatIsPausedCannotLetGoOfACardAndTheApplyIsTakenBack() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }", "nic eth1 { network office }")), "--yes");
        try (PausedGuest web = start("pc", "web", List.of())) {
            NamespaceSnapshot before = host.snapshot();
            source(guest("web", "nic eth0 { network office }"));
            Result result = host.run("apply", lab(), "--yes");
            assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.ROLLED_BACK.code());
            assertThat(result.err()).contains("cannot unplug `eth1` of `web`: the guest is paused");
            host.snapshot().since(before).requireNone("a card that was not let go of");
        }
    }

    @Test
    void whatOnlyWorksAtTheNextStartIsSaidAndLeft() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }", "nic eth1 { network office }")), "--yes");
        try (PausedGuest web = start("q35", "web", List.of())) {
            source(guest("web", "nic eth0 { network office  mtu 1400 }", "nic eth2 { network office }"));
            assertThat(unwrapped("plan", lab()))
                    .contains("the card `eth0` of `web` changes at the guest's next start")
                    .contains("the card `eth1` of `web` cannot be unplugged while the guest runs")
                    .contains("the card `eth2` of `web` is there at the guest's next start")
                    .doesNotContain("plug for");
            done("apply", lab(), "--yes");
            done("status");
            assertThat(unwrapped("plan", lab())).contains("Nothing to do", "at the guest's next start");
        }
    }

    @Test
    void aCardThatWouldHaveToBePluggedInAgainIsOnlyWhereThatIsAllowed() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        try (PausedGuest web = start("pc", "web", List.of())) {
            source(guest("web", "nic eth0 { network office  mtu 1400 }"));
            assertThat(unwrapped("plan", lab()))
                    .contains("changes at the guest's next start", "--allow-recreate vm/web/eth0")
                    .doesNotContain("plug for");
            assertThat(done("plan", lab(), "--allow-recreate", "vm/web/eth0").out())
                    .contains("plug for web eth0", "outage for web");
        }
    }

    @Test
    void aGuestThatDoesNotAnswerIsNamedAndDoesNotHinderTheOthers() throws IOException {
        done(
                "apply",
                source(guest("mute", "nic eth0 { network office }") + guest("web", "nic eth0 { network office }")),
                "--yes");
        try (PausedGuest web = start("pc", "web", List.of());
                HostileServer mute = HostileServer.saying(host.root().resolve("mute.qmp"), "{\"QMP\":\n")) {
            source(guest("mute", "nic eth0 { network office }", "nic eth1 { network office }")
                    + guest("web", "nic eth0 { network office }", "nic eth1 { network office }"));
            assertThat(unwrapped("apply", lab(), "--yes"))
                    .contains(
                            "the guest `mute` does not answer on " + mute.socket(), "what it answers is no JSON object")
                    .contains("+ plug for web eth1")
                    .doesNotContain("plug for mute");
            assertThat(unwrapped("plan", lab())).contains("Nothing to do", "does not answer");
            assertThat(unwrapped("status")).contains("mute does not answer", "web answers");
        }
    }

    @Test
    void aLinkIsTakenOutAndPutInWhileTheGuestRuns() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        for (String machine : List.of("q35", "pc")) {
            source(guest("web", "nic eth0 { network office }"));
            try (PausedGuest web = start(machine, "web", List.of())) {
                source(guest("web", "nic eth0 { network office  link down }"));
                assertThat(done("plan", lab()).out())
                        .contains(
                                "~ plug for web eth0  link on → off", "outage for web", "eth0: its link is taken out");
                done("apply", lab(), "--yes");
                assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
                source(guest("web", "nic eth0 { network office }"));
                assertThat(done("plan", lab()).out()).contains("link off → on", "Guests: none notices");
                done("apply", lab(), "--yes");
                assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
            }
        }
    }

    @Test
    void cardsOfAllSortsAreAsTheGuestWasStartedWithThem() throws IOException {
        String cards = guest(
                "web",
                "nic eth0 { network office  queues 2  device virtio { rx-queue-size 1024  packed on  boot-order 1 } }",
                "nic eth1 { user }",
                "nic eth2 { device e1000  user { restrict on } }",
                "nic eth3 { network office  device rtl8139  mac 52:54:00:AA:bb:01 }",
                "nic eth4 { device e1000e { rom off }  unplugged }",
                "nic eth5 { hub lab }",
                "nic eth6 { dgram { remote 127.0.0.1  remote-port 7001  local 127.0.0.1  local-port 7002 } }");
        done("apply", source(cards), "--yes");
        for (String machine : List.of("q35", "pc")) {
            source(cards);
            try (PausedGuest web = start(machine, "web", List.of())) {
                assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
                source(guest("web", "nic eth0 { network office  queues 2 }", "nic eth9 { user }"));
                assertThat(unwrapped("plan", lab()))
                        .contains(machine.equals("pc") ? "+ plug for web eth9" : "`eth9` of `web` is there at");
            }
        }
    }

    @Test
    void aCardThatIsRenamedKeepsItsNameInTheGuest() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        try (PausedGuest web = start("pc", "web", List.of())) {
            source(guest("web", "nic lan { moved from eth0  network office }"));
            assertThat(unwrapped("plan", lab()))
                    .contains("the card `lan` of `web` is called `eth0` in its QEMU until the guest's next start")
                    .doesNotContain("plug for");
            done("apply", lab(), "--yes");
            assertThat(unwrapped("plan", lab())).contains("Nothing to do");
            done("status");
        }
    }

    @Test
    void aGuestThatIsRenamedOrSaysNoSocketAnyMoreKeepsItsCards() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        try (PausedGuest web = start("pc", "web", List.of())) {
            Files.writeString(
                    Path.of(lab()),
                    OFFICE + "vm www { moved from web  qmp \"" + host.root().resolve("web.qmp")
                            + "\"  nic eth0 { network office } }\n");
            assertThat(done("plan", lab()).out()).doesNotContain("plug");
            done("apply", lab(), "--yes");
            Files.writeString(Path.of(lab()), OFFICE + "vm www { moved from web  nic eth0 { network office } }\n");
            assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "{}",
                "[]",
                "\"host-eth0: index=0,type=tap,ifname=a:b/c,x\"",
                "\"host-../x: index=0,type=tap,ifname=vt-web-eth0,x\"",
                "[7,null,{},[]]",
                "[{\"name\":7,\"type\":[]}]",
                "[{\"name\":\"nic-\\u001b[31m\",\"type\":\"child<virtio-net-pci>\",\"default-value\":{}}]",
                "[{\"name\":\"nic-eth0\",\"type\":\"child<>\",\"devices\":[{\"slot\":\"x\"}]}]",
                "[{\"name\":\"nic-a/b\",\"type\":\"child<../..>\"}]"
            })
    void whateverAQemuAnswersThePlanIsMade(String answer) throws IOException {
        try (HostileServer odd = HostileServer.answering(host.root().resolve("web.qmp"), answer)) {
            source(guest("web", "nic eth0 { network office }", "nic eth1 { user }"));
            Result result = host.run("plan", lab());
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out()).contains("+ bridge vbr-office").doesNotContain("\u001b");
        }
    }

    @Test
    void destroyNeedsNoSourceToAskTheGuestsThatWereApplied() throws IOException {
        NamespaceSnapshot bare = host.snapshot();
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        try (PausedGuest web = start("pc", "web", List.of())) {
            assertThat(host.run("destroy", "--yes").err()).contains("cannot unplug `eth0` of `web`");
            web.kill();
            done("destroy", "--yes");
        }
        host.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void cardsThatVnetcDidNotMakeAreLeft() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        host.namespace().exec("ip", "tuntap", "add", "mine", "mode", "tap");
        List<String> own = List.of(
                "-netdev", "tap,id=host-own,ifname=mine,script=no,downscript=no",
                "-device", "virtio-net-pci,netdev=host-own,id=nic-own",
                "-netdev", "user,id=admin",
                "-device", "e1000,netdev=admin,id=nic-admin");
        try (PausedGuest web = start("pc", "web", own)) {
            assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
            source(guest("web", "nic own { network office }", "nic eth0 { network office }"));
            assertThat(host.run("plan", lab()).err()).contains("vnetc did not make it");
        }
    }

    @Test
    void aRecordedObservationHasTheGuestsInIt() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        Path observed = host.root().resolve("observed.json");
        try (PausedGuest web = start("pc", "web", List.of())) {
            done("observe", "-o", observed.toString());
        }
        source(guest("web", "nic eth0 { network office }", "nic eth1 { network office }"));
        assertThat(done("plan", lab(), "--against", observed.toString()).out()).contains("+ plug for web eth1");
    }

    @Test
    void aSavedPlanIsStaleWhenTheGuestHasOtherCards() throws IOException {
        done("apply", source(guest("web", "nic eth0 { network office }")), "--yes");
        Path plan = host.root().resolve("saved.plan");
        try (PausedGuest web = start("pc", "web", List.of())) {
            source(guest("web", "nic eth0 { network office }", "nic eth1 { network office }"));
            done("plan", lab(), "-o", plan.toString());
            done("apply", plan.toString(), "--yes");
            assertThat(done("plan", lab()).out()).startsWith("Nothing to do");
            assertThat(host.run("apply", plan.toString(), "--yes").exit()).isEqualTo(ExitCode.STALE.code());
        }
    }

    private PausedGuest start(String machine, String guest, List<String> more) {
        List<String> arguments =
                new ArrayList<>(done("qemu", guest, lab()).out().lines().toList());
        arguments.addAll(more);
        return PausedGuest.start(host.namespace(), machine, host.root().resolve(guest + ".qmp"), arguments);
    }

    private String guest(String name, String... cards) {
        return "vm %s { qmp \"%s\"  %s }\n"
                .formatted(name, host.root().resolve(name + ".qmp"), String.join("  ", cards));
    }

    private String source(String guests) throws IOException {
        Files.writeString(Path.of(lab()), OFFICE + guests);
        return lab();
    }

    private String lab() {
        return host.root().resolve("lab.vnet").toString();
    }

    private Result done(String... arguments) {
        Result result = host.run(arguments);
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }

    /** A plan's text with its lines put together again. */
    private String unwrapped(String... arguments) {
        return done(arguments).out().replaceAll("\\s+", " ");
    }
}
