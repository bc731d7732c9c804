// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest that runs, with an operating system in it, is given a card and loses it again. */
final class HotPlugOnKernelTest {
    private KernelRunner host;
    private Path source;
    private Path socket;

    @BeforeEach
    void aHost() throws IOException {
        host = new KernelRunner();
        source = host.root().resolve("lab.vnet");
        socket = host.root().resolve("web.qmp");
    }

    @AfterEach
    void removeIt() throws IOException {
        host.close();
    }

    @Test
    void aGuestGetsALeaseOnACardThatIsPluggedInAndTheCardIsTakenAwayAgain() throws IOException {
        apply("eth0");
        try (Guest web = boot()) {
            web.awaitLease();
            NamespaceSnapshot before = host.snapshot();
            assertThat(plan("eth0")).startsWith("Nothing to do");

            write("eth0", "eth1");
            host.failing(new StepFault() {
                @Override
                public void after(int index, Step step) throws DriverException {
                    if (step.address().toString().equals("plug/web/eth1")) {
                        throw new DriverException("a test", "fails", "");
                    }
                }
            });
            assertThat(run("apply", "--yes").exit()).isEqualTo(ExitCode.ROLLED_BACK.code());
            host.failing(StepFault.NONE);
            host.snapshot().since(before).requireNone("a card that was taken back");

            assertThat(run("plan").out()).contains("+ plug for web eth1", "Guests: none notices");
            assertThat(run("apply", "--yes").exit()).isZero();
            assertThat(run("plan").out()).startsWith("Nothing to do");
            assertThat(lease(web, "eth1")).contains("lease of 10.20.1.1");
            assertThat(run("status").out()).contains("all is as it was applied");

            write("eth0", "eth1 queues 2");
            assertThat(run("plan").exit()).as("its tap is held").isEqualTo(ExitCode.REFUSED.code());
            Result again = run("apply", "--yes", "--allow-recreate", "vm/web/eth1");
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(again.out())
                    .contains("-/+ tap vt-web-eth1", "-/+ plug for web eth1", "Guests: outage for web")
                    .doesNotContain("started anew");
            assertThat(run("plan").out()).startsWith("Nothing to do");
            assertThat(lease(web, "eth1")).contains("lease of 10.20.1.1");

            write("eth0");
            assertThat(run("plan").out())
                    .contains("- plug for web eth1", "eth1: its card is unplugged", "Guests: outage for web");
            assertThat(run("apply", "--yes").exit()).isZero();
            assertThat(web.run("ls /sys/class/net").text()).doesNotContain("eth1");
            assertThat(run("plan").out()).startsWith("Nothing to do");
            host.snapshot().since(before).requireNone("a card that came and went");
            web.exec("ping -c 1 -W 5 10.20.1.1");
        }
    }

    private static String lease(Guest guest, String nic) {
        guest.exec("until [ -e /sys/class/net/" + nic + " ]; do usleep 100000; done; ip link set " + nic + " up");
        return guest.run("udhcpc -f -q -n -i " + nic + " -s /bin/true -t 10 -T 1", Duration.ofSeconds(30))
                .text();
    }

    private Guest boot() {
        List<String> arguments = new ArrayList<>(run("qemu").out().lines().toList());
        arguments.addAll(List.of("-device", "pcie-root-port,id=port0,chassis=1"));
        arguments.addAll(List.of("-qmp", "unix:" + socket + ",server=on,wait=off"));
        return Guest.boot(host.namespace(), arguments);
    }

    private void apply(String... cards) throws IOException {
        write(cards);
        Result result = run("apply", "--yes");
        assertThat(result.exit()).as(result.err()).isZero();
    }

    private String plan(String... cards) throws IOException {
        write(cards);
        return run("plan").out();
    }

    private Result run(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(options));
        words.add(source.toString());
        if (command.equals("qemu")) {
            return host.run("qemu", "web", source.toString());
        }
        return command.equals("status") ? host.run("status") : host.run(words.toArray(String[]::new));
    }

    private void write(String... cards) throws IOException {
        StringBuilder text =
                new StringBuilder("network office { subnet 10.20.1.0/24 { gateway .1  dhcp .100 .. .199 } }\n");
        text.append("vm web {\n  qmp \"").append(socket).append("\"\n");
        for (String card : cards) {
            String[] words = card.split(" ", 2);
            text.append("  nic ").append(words[0]).append(" { network office  ");
            text.append(words.length > 1 ? words[1] : "").append(" }\n");
        }
        Files.writeString(source, text + "}\n");
    }
}
