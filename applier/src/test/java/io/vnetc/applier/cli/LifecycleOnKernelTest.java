// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of things that are in use: renamed, protected, made again. */
final class LifecycleOnKernelTest {
    private static final String HOLDER = """
            import fcntl, struct, sys, time
            tun = open('/dev/net/tun', 'r+b', buffering=0)
            fcntl.ioctl(tun, 0x400454ca, struct.pack('16sH22x', sys.argv[1].encode(), 0x1002))
            open(sys.argv[2], 'w').close()
            time.sleep(600)
            """;

    private static final String OFFICE = "subnet 10.44.0.0/24 { gateway .1  dhcp .100 .. .199 }";

    private KernelRunner vnetc;

    @BeforeEach
    void makeHost() throws IOException {
        vnetc = new KernelRunner();
    }

    @AfterEach
    void removeIt() throws IOException {
        vnetc.close();
    }

    @Test
    void a_rename_changes_nothing_but_the_names_on_links_and_loses_no_packet() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        done("apply", source("network office { " + OFFICE + " }  vm web { nic eth0 { network office } }"), "--yes");
        Process holder = hold("vt-web-eth0");
        Map<String, Integer> links = links();
        String dnsmasq = dnsmasq();
        try (NetworkNamespace guest = NetworkNamespace.create()) {
            guest.cable("eth0", vnetc.namespace(), "port0");
            guest.exec("ip", "address", "add", "10.44.0.50/24", "dev", "eth0");
            vnetc.namespace().exec("ip", "link", "set", "port0", "master", "vbr-office");
            guest.exec("ping", "-c", "1", "-W", "5", "10.44.0.1");
            Path pings = vnetc.root().resolve("pings");
            Process ping = guest.start("sh", "-c", "exec ping -i 0.05 -c 60 -q 10.44.0.1 > " + pings);

            String renamed = source("network hall { moved from office  " + OFFICE + " }"
                    + "  vm www { moved from web  nic lan { network hall  moved from eth0 } }");
            JsonObject plan = JsonParser.parseString(
                            done("plan", renamed, "--format", "json").out())
                    .getAsJsonObject();
            assertThat(plan.getAsJsonArray("steps")).isNotEmpty().allSatisfy(step -> {
                assertThat(member(step, "action")).isEqualTo("change");
                assertThat(step.getAsJsonObject()
                                .getAsJsonObject("impact")
                                .get("severity")
                                .getAsString())
                        .isEqualTo("none");
            });
            done("apply", renamed, "--yes");
            assertThat(done("plan", renamed, "--detailed-exitcode").exit()).isZero();

            assertThat(ping.waitFor()).isZero();
            assertThat(Files.readString(pings)).contains("60 received", " 0% packet loss");
        }
        assertThat(links()).isEqualTo(links);
        assertThat(aliases())
                .containsEntry("vbr-office", "vnet:network/hall")
                .containsEntry("vt-web-eth0", "vnet:vm/www/lan");
        assertThat(dnsmasq()).isEqualTo(dnsmasq);
        assertThat(holder.isAlive()).isTrue();
        assertThat(done("status").out()).contains("hall").doesNotContain("network office");

        done("destroy", "--yes");
        end(holder);
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void what_is_protected_stays_also_when_its_block_is_gone() throws Exception {
        NamespaceSnapshot bare = vnetc.snapshot();
        String whole = "network office { protect  " + OFFICE + " }  network lab { }"
                + "  vm web { protect  nic eth0 { network lab } }";
        done("apply", source(whole), "--yes");
        assertThat(aliases())
                .containsEntry("vbr-office", "vnet:network/office,protected")
                .containsEntry("vt-web-eth0", "vnet:vm/web/eth0,protected")
                .containsEntry("vbr-lab", "vnet:network/lab");
        NamespaceSnapshot protectedHost = vnetc.snapshot();

        String rest = source("network lab { }");
        for (Result refused :
                List.of(vnetc.run("plan", rest), vnetc.run("apply", rest, "--yes"), vnetc.run("destroy", "--yes"))) {
            assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
            assertThat(refused.err())
                    .contains("network/office is protected", "--allow-destroy network/office")
                    .contains("vm/web/eth0 is protected", "nothing was touched");
        }
        Result half = vnetc.run("apply", rest, "--yes", "--allow-destroy", "network/office");
        assertThat(half.exit()).as(half.err()).isEqualTo(4);
        assertThat(half.err()).contains("vm/web/eth0").doesNotContain("network/office");
        vnetc.snapshot().since(protectedHost).requireNone("refusals");

        done("apply", source(whole.replace("protect  ", "")), "--yes");
        assertThat(aliases()).containsEntry("vbr-office", "vnet:network/office");
        done("apply", source(whole), "--yes");
        vnetc.snapshot().since(protectedHost).requireNone("protection lifted and put on again");

        done("apply", rest, "--yes", "--allow-destroy", "network/office", "--allow-destroy", "vm/web");
        done("destroy", "--yes");
        vnetc.snapshot().since(bare).requireNone("destroy");
    }

    @Test
    void a_tap_that_is_held_is_made_again_only_where_that_was_allowed() throws Exception {
        String one = "network office { }  vm web { nic eth0 { network office } }";
        done("apply", source(one), "--yes");
        Process holder = hold("vt-web-eth0");
        NamespaceSnapshot held = vnetc.snapshot();

        String several = source(one.replace("nic eth0 {", "nic eth0 { queues 4"));
        for (Result refused : List.of(vnetc.run("plan", several), vnetc.run("apply", several, "--yes"))) {
            assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
            assertThat(refused.err())
                    .contains("the guest `web`", "(pid " + holder.pid() + ")", "--allow-recreate vm/web/eth0");
        }
        assertThat(vnetc.run("apply", several, "--yes", "--allow-recreate", "vm/web eth0")
                        .exit())
                .isEqualTo(64);
        vnetc.snapshot().since(held).requireNone("refusals");

        Path saved = vnetc.root().resolve("plan.json");
        done("plan", several, "--allow-recreate", "vm/web/eth0", "-o", saved.toString());
        assertThat(done("show", saved.toString()).out()).contains("--allow-recreate");
        done("apply", saved.toString(), "--yes");
        assertThat(links().get("vt-web-eth0")).isNotNull();

        end(holder);
        // Nobody holds the new one.
        done("apply", source(one), "--yes");
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

    /** A process that has a tap open, as QEMU has. */
    private Process hold(String tap) throws Exception {
        Path ready = vnetc.root().resolve("ready");
        Process holder = vnetc.namespace().start("python3", "-c", HOLDER, tap, ready.toString());
        for (int i = 0; i < 500 && !Files.exists(ready); i++) {
            Thread.sleep(10);
        }
        assertThat(ready).exists();
        return holder;
    }

    private static void end(Process holder) throws InterruptedException {
        holder.destroyForcibly().waitFor();
    }

    /** Indexes of all links by name: a link that was made again has another. */
    private Map<String, Integer> links() {
        Map<String, Integer> links = new TreeMap<>();
        for (JsonElement link : vnetc.namespace().json("ip", "-j", "link").getAsJsonArray()) {
            links.put(
                    member(link, "ifname"),
                    link.getAsJsonObject().get("ifindex").getAsInt());
        }
        links.remove("port0");
        return links;
    }

    private Map<String, String> aliases() {
        Map<String, String> aliases = new TreeMap<>();
        for (JsonElement link : vnetc.namespace().json("ip", "-j", "-d", "link").getAsJsonArray()) {
            if (link.getAsJsonObject().has("ifalias")) {
                aliases.put(member(link, "ifname"), member(link, "ifalias"));
            }
        }
        return aliases;
    }

    private String dnsmasq() throws IOException {
        try (var files = Files.walk(vnetc.root())) {
            Path file = files.filter(path -> path.endsWith("dnsmasq.pid"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file).strip();
        }
    }

    private static String member(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsString();
    }
}
