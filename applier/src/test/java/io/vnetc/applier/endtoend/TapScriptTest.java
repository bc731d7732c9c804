// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.lab.Guest;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** QEMU makes a tap itself, and has {@code vnetc ifup} and {@code vnetc ifdown} as its scripts. */
final class TapScriptTest {
    private static final String NETWORK = """
            network office {
              bridge { mtu 1400 }
              subnet 10.90.0.0/24 { gateway .1  dhcp .100 .. .199 lease 1h }
              portgroup staff default { isolated  learning off }
            }
            """;
    private static final String GUEST = """
            vm web { nic eth0 { network office  qos { inbound average 20mbit  outbound average 10mbit } } }
            """;
    private static final String TAP = "vt-web-eth0";

    private final NetworkNamespace host = NetworkNamespace.create();
    private final Vnetc vnetc = Vnetc.in(host);

    @BeforeEach
    void aHost() {
        host.exec("ip", "link", "set", "lo", "up");
    }

    @AfterEach
    void removeIt() {
        try (host;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void the_guest_is_plugged_in_as_the_source_says_and_nothing_is_left_when_it_has_ended() throws Exception {
        vnetc.done("apply", vnetc.write("network.vnet", NETWORK).toString(), "--host", "lab", "--yes");
        NamespaceSnapshot without = NamespaceSnapshot.of(host);
        vnetc.write("all/network.vnet", NETWORK);
        vnetc.write("all/guest.vnet", GUEST);

        try (Guest web = Guest.boot(host, netdev("all"))) {
            assertThat(web.awaitLease().address()).startsWith("10.90.0.");
            assertThat(web.exec("ping -c 1 -W 5 10.90.0.1")).contains("1 packets received");

            JsonObject tap = link();
            assertThat(tap.get("master").getAsString()).isEqualTo("vbr-office");
            assertThat(tap.get("mtu").getAsInt()).isEqualTo(1400);
            assertThat(tap.get("ifalias").getAsString()).isEqualTo("vnet:vm/web/eth0");
            JsonObject port = host.json("bridge", "-d", "-j", "link", "show", "dev", TAP)
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject();
            assertThat(port.get("isolated").getAsBoolean()).isTrue();
            assertThat(port.get("learning").getAsBoolean()).isFalse();
            assertThat(host.exec("tc", "class", "show", "dev", TAP)).contains("rate 20Mbit");
            assertThat(vnetc.done(
                                    "plan",
                                    vnetc.folder().resolve("all").toString(),
                                    "--host",
                                    "lab",
                                    "--detailed-exitcode")
                            .exit())
                    .as("nothing to do beside what was applied")
                    .isZero();
            assertThat(vnetc.done("status").exit()).isZero();

            NamespaceSnapshot plugged = NamespaceSnapshot.of(host);
            assertThat(script("ifup", "all").exit()).as("a second time").isZero();
            NamespaceSnapshot.of(host).since(plugged).requireNone("ifup of what is plugged in");

            // As a guest ends: QEMU calls its downscript, and closes the tap.
            web.process().destroy();
            web.process().onExit().get(60, TimeUnit.SECONDS);
        }

        NamespaceSnapshot.of(host).since(without).requireNone("a guest's life");
        assertThat(vnetc.done("status").exit()).isZero();
        assertThat(script("ifdown", "all").exit()).as("once more").isZero();
    }

    @Test
    void a_guest_that_was_killed_starts_again() throws Exception {
        vnetc.done("apply", vnetc.write("network.vnet", NETWORK).toString(), "--host", "lab", "--yes");
        NamespaceSnapshot without = NamespaceSnapshot.of(host);
        vnetc.write("all/all.vnet", NETWORK + GUEST);
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-S", "-display", "none", "-nodefaults"));
        command.addAll(netdev("all"));
        Process killed = host.start(command.toArray(String[]::new));
        for (int tries = 0;
                !host.tryExec("tc", "filter", "show", "dev", TAP, "ingress")
                        .stdout()
                        .contains("mirred");
                tries++) {
            assertThat(tries).as("tries until it is plugged in").isLessThan(600);
            Thread.sleep(50);
        }
        killed.destroyForcibly().waitFor();

        Result again = qemu("all");

        assertThat(again.exit()).as(again.err()).isZero();
        NamespaceSnapshot.of(host).since(without).requireNone("two guests' lives");
    }

    @Test
    void what_apply_has_made_stays_as_it_is() throws Exception {
        vnetc.write("all/all.vnet", NETWORK + GUEST);
        vnetc.done("apply", vnetc.folder().resolve("all").toString(), "--host", "lab", "--yes");
        NamespaceSnapshot applied = NamespaceSnapshot.of(host);

        Result ended = qemu("all");

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).isEmpty();
        NamespaceSnapshot.of(host).since(applied).requireNone("a guest's life");
    }

    @Test
    void a_guest_whose_network_is_not_there_does_not_start() throws Exception {
        vnetc.write("all/all.vnet", NETWORK + GUEST);
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        Result ended = qemu("all");

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.err()).contains("the bridge vbr-office is not there", "vnetc apply");
        NamespaceSnapshot.of(host).since(before).requireNone("a guest that did not start");
    }

    @Test
    void a_tap_that_no_guest_has_is_not_plugged_in() throws Exception {
        vnetc.done("apply", vnetc.write("all/network.vnet", NETWORK).toString(), "--host", "lab", "--yes");
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        Result ended = qemu("all");

        assertThat(ended.exit()).isNotZero();
        assertThat(ended.err()).contains("no NIC of a guest on this host has the tap " + TAP);
        NamespaceSnapshot.of(host).since(before).requireNone("a guest that did not start");
    }

    @Test
    void a_link_of_somebody_else_is_not_touched() throws Exception {
        vnetc.write("all/all.vnet", NETWORK + GUEST);
        vnetc.done("apply", vnetc.write("network.vnet", NETWORK).toString(), "--host", "lab", "--yes");
        host.exec("ip", "tuntap", "add", "dev", TAP, "mode", "tap");
        NamespaceSnapshot before = NamespaceSnapshot.of(host);

        assertThat(script("ifup", "all").exit()).isEqualTo(4);
        assertThat(script("ifdown", "all").exit()).isZero();

        NamespaceSnapshot.of(host).since(before).requireNone("scripts of somebody else's tap");
    }

    @Test
    void a_name_that_no_link_can_have_is_refused() {
        for (String name : List.of("", "a/b", "..", "a b", "sixteen-letters-", "x;reboot", "$(id)")) {
            assertThat(vnetc.run("ifup", name).exit()).as(name).isEqualTo(64);
            assertThat(vnetc.run("ifdown", name).exit()).as(name).isEqualTo(64);
        }
    }

    /** A machine that does not run, with the tap, ended as soon as it is there. */
    private Result qemu(String source) throws IOException {
        String command = "ip netns exec " + host.name()
                + " qemu-system-x86_64 -S -display none -nodefaults -monitor stdio " + String.join(" ", netdev(source));
        Path out = vnetc.folder().resolve("qemu.out");
        Path err = vnetc.folder().resolve("qemu.err");
        Process process = new ProcessBuilder("sh", "-c", "echo quit | exec " + command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        String said = Files.readString(out)
                .lines()
                .filter(line -> !line.contains("(qemu)") && !line.startsWith("QEMU "))
                .reduce("", (all, line) -> all + line + "\n");
        return new Result(process.exitValue(), said, Files.readString(err));
    }

    private Result script(String command, String source) {
        return vnetc.run(scriptArguments(command, source).toArray(String[]::new));
    }

    private List<String> scriptArguments(String command, String source) {
        return command.equals("ifdown")
                ? List.of(command, TAP)
                : List.of(command, TAP, "--path", vnetc.folder().resolve(source).toString(), "--host", "lab");
    }

    private List<String> netdev(String source) throws IOException {
        return List.of(
                "-netdev",
                "tap,id=n0,ifname=%s,script=%s,downscript=%s"
                        .formatted(TAP, wrapper("ifup", source), wrapper("ifdown", source)),
                "-device",
                "virtio-net-pci,netdev=n0");
    }

    /** What somebody writes who has his networks in a namespace, or his source elsewhere. */
    private Path wrapper(String command, String source) throws IOException {
        String line = String.join(
                        " ", vnetc.command(scriptArguments(command, source).toArray(String[]::new)))
                .replace(TAP, "\"$1\"");
        Path file = vnetc.write(
                command,
                "#!/bin/sh\nexport VNETC_ARCHIVE=off JAVA_HOME=%s\nexec %s\n"
                        .formatted(System.getProperty("java.home"), line));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private JsonObject link() {
        return host.json("ip", "-d", "-j", "link", "show", "dev", TAP)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }
}
