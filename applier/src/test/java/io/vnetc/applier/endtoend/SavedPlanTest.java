// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vnetc.applier.endtoend.Vnetc.Result;
import io.vnetc.applier.host.Lock;
import io.vnetc.applier.lab.InternetLab;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.render.json.PlanJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was reviewed is what runs: plans in files, plans of hosts that are elsewhere, and rendered files. */
final class SavedPlanTest {
    private static final String HOME = Vnetc.EXAMPLES.resolve("home-lab").toString();
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    private final InternetLab lab = InternetLab.open();
    private final NetworkNamespace host = lab.host();
    private final Vnetc vnetc = Vnetc.in(lab.host());

    @AfterEach
    void removeIt() {
        try (lab;
                vnetc) {
            // Closed in reverse.
        }
    }

    @Test
    void a_saved_plan_runs_once_even_when_something_unrelated_came_meanwhile() throws IOException {
        NamespaceSnapshot before = NamespaceSnapshot.of(host);
        Result plan = vnetc.run(
                "plan", HOME, "--host", "homelab", "-o", "saved.json", "--format", "json", "--detailed-exitcode");
        assertThat(plan.exit()).as(plan.err()).isEqualTo(2);
        assertThat(Files.readString(vnetc.folder().resolve("saved.json"))).isEqualTo(plan.out());
        assertThat(schemaErrors(plan.out())).isEmpty();
        assertThat(vnetc.done("show", "saved.json").out()).contains("vbr-home", "home-lab.vnet:");
        NamespaceSnapshot.of(host).since(before).requireNone("planning");

        host.exec("ip", "link", "add", "unrelated", "type", "bridge");
        vnetc.done("apply", "saved.json", "--yes");
        assertThat(vnetc.run("plan", HOME, "--host", "homelab", "--detailed-exitcode")
                        .exit())
                .isZero();

        assertThat(vnetc.run("apply", "saved.json", "--yes").exit())
                .as("the second time")
                .isEqualTo(6);
        vnetc.done("destroy", "--yes");
        host.exec("ip", "link", "delete", "unrelated");
        NamespaceSnapshot.of(host).since(before).requireNone("destroy");
    }

    @Test
    void a_saved_plan_is_refused_when_what_it_touches_has_moved() throws IOException {
        vnetc.done("apply", HOME, "--host", "homelab", "--yes");
        Path source = vnetc.copyOfExample("home-lab", "home-lab.vnet");
        Files.writeString(source, Files.readString(source).replace("mtu 1500", "mtu 1400"));
        vnetc.done("plan", source.toString(), "--host", "homelab", "-o", "saved.json");

        host.exec("ip", "link", "set", "vbr-home", "mtu", "1450");
        NamespaceSnapshot moved = NamespaceSnapshot.of(host);
        Result apply = vnetc.run("apply", "saved.json", "--yes");

        assertThat(apply.exit()).isEqualTo(6);
        assertThat(apply.err()).contains("stale", "vnetc plan -o saved.json");
        NamespaceSnapshot.of(host).since(moved).requireNone("a stale plan");
    }

    @Test
    void a_plan_that_was_cut_or_edited_is_refused() throws IOException {
        String plan = vnetc.done("plan", HOME, "--host", "homelab", "--format", "json")
                .out();
        NamespaceSnapshot before = NamespaceSnapshot.of(host);
        Map<String, String> damaged = new TreeMap<>(Map.of(
                "cut", plan.substring(0, plan.length() / 2),
                "edited", plan.replaceFirst("10\\.20\\.1\\.1/24", "10.20.1.2/24"),
                "hostile", plan.replace("vbr-home", "vbr\\u000ahome"),
                "elsewhere", plan.replace("/run/vnet/", "/run/../etc/"),
                "longer", plan + plan,
                "deep", "{\"a\":" + "[".repeat(1 << 20),
                "of another time", plan.replaceFirst("\"format_version\": \"1\\.", "\"format_version\": \"9.")));
        damaged.forEach((name, text) -> {
            assertThat(text).as(name).isNotEqualTo(plan);
            vnetc.write("damaged.json", text);
            Result apply = vnetc.run("apply", "damaged.json", "--yes");
            assertThat(apply.exit()).as("%s: %s", name, apply.err()).isEqualTo(1);
            assertThat(apply.err()).as(name).contains("damaged.json: ").hasSizeLessThan(2_000);
        });
        NamespaceSnapshot.of(host).since(before).requireNone("damaged plans");
    }

    @Test
    void a_plan_against_an_observation_needs_neither_root_nor_the_host() throws IOException {
        // Without --netns: an observation does not say where another host keeps its files.
        List<String> inside = List.of("ip", "netns", "exec", host.name());
        Path observed = vnetc.folder().resolve("observed.json");
        assertThat(vnetc.runCopyBehind(inside, "observe", "-o", observed.toString())
                        .exit())
                .isZero();
        Result here = vnetc.runCopyBehind(inside, "plan", HOME, "--host", "homelab", "--format", "json");
        assertThat(here.exit()).as(here.err()).isZero();

        // The source lies where this user can read it, and not at the same place.
        vnetc.copyOfExample("home-lab", "home-lab.vnet");
        Files.setPosixFilePermissions(observed, PosixFilePermissions.fromString("rw-r--r--"));
        Result there = vnetc.runCopyBehind(
                AS_NOBODY,
                "plan",
                "home-lab",
                "--host",
                "homelab",
                "--against",
                observed.toString(),
                "--format",
                "json");

        assertThat(there.exit()).as(there.err()).isZero();
        assertThat(Vnetc.steps(there)).isNotEmpty();
        assertThat(withoutOrigins(there.json())).isEqualTo(withoutOrigins(here.json()));
    }

    @Test
    void a_second_writer_is_told_who_is_at_work() throws Exception {
        vnetc.done("plan", HOME, "--host", "homelab", "-o", "saved.json");
        NamespaceSnapshot before = NamespaceSnapshot.of(host);
        try (Lock held = Lock.take(vnetc.paths(), "apply")) {
            for (List<String> command : List.of(
                    List.of("apply", HOME, "--host", "homelab", "--yes"),
                    List.of("apply", "saved.json", "--yes"),
                    List.of("destroy", "--yes"))) {
                Result refused = vnetc.run(command.toArray(String[]::new));
                assertThat(refused.exit()).as(refused.err()).isEqualTo(7);
                assertThat(refused.err())
                        .contains("vnetc apply (pid %d)"
                                .formatted(ProcessHandle.current().pid()));
            }
            assertThat(vnetc.run("plan", HOME, "--host", "homelab").exit())
                    .as("who only looks is not kept out")
                    .isZero();
        }
        NamespaceSnapshot.of(host).since(before).requireNone("being kept out");
        vnetc.done("apply", "saved.json", "--yes");
    }

    @Test
    void rendered_files_are_the_same_each_time_and_their_consumers_take_them() throws IOException {
        for (String example : List.of("home-lab", "isolated", "routed-dual-stack", "existing-bridge")) {
            String source = Vnetc.EXAMPLES.resolve(example).toString();
            vnetc.done("render", source, "-o", "first/" + example);
            vnetc.done("render", source, "-o", "second/" + example);
        }
        Map<String, String> first = files(vnetc.folder().resolve("first"));
        assertThat(first).isNotEmpty().isEqualTo(files(vnetc.folder().resolve("second")));
        assertThat(first)
                .containsKeys(
                        "home-lab/homelab/plan.txt",
                        "home-lab/homelab/plan.json",
                        "home-lab/homelab/qemu/web.args",
                        "isolated/host/netlink.txt");

        host.exec("ip", "link", "add", "eno2", "type", "veth", "peer", "name", "eno2-peer");
        host.exec("ip", "link", "add", "br0", "type", "bridge");
        first.forEach(this::consumerTakes);
        assertThat(host.exec("ip", "-o", "link", "show", "type", "bridge"))
                .contains("vbr-home", "vbr-cell", "vbr-wire", "vbr-servers", "vbr-dmz");
    }

    private void consumerTakes(String name, String text) {
        String file = vnetc.folder().resolve("first").resolve(name).toString();
        if (name.endsWith("v4.rules")) {
            accepted(name, host.tryExecWithInput(text, "iptables-restore", "--noflush", "--test"));
        } else if (name.endsWith("v6.rules")) {
            accepted(name, host.tryExecWithInput(text, "ip6tables-restore", "--noflush", "--test"));
        } else if (name.endsWith("netlink.txt")) {
            // A line is a command; a batch has them without the program's name.
            accepted(name, host.tryExecWithInput(text.replaceAll("(?m)^ip ", ""), "ip", "-batch", "-"));
        } else if (name.matches(".*/dnsmasq/[^/]*\\.conf")) {
            accepted(name, host.tryExec("dnsmasq", "--test", "--conf-file=" + file));
        } else if (name.endsWith("plan.json")) {
            assertThat(schemaErrors(text)).as(name).isEmpty();
        }
    }

    private static void accepted(String name, NetworkNamespace.Output output) {
        assertThat(output.exitCode()).as("%s: %s", name, output.stderr()).isZero();
    }

    private static List<String> schemaErrors(String plan) {
        try (InputStream schema = PlanJson.class.getResourceAsStream("/io/vnetc/compiler/schema/plan-1.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON)
                    .validate(plan, InputFormat.JSON)
                    .stream()
                    .map(Error::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps; a source elsewhere has other paths. */
    private static JsonObject withoutOrigins(JsonObject plan) {
        JsonObject copy = JsonParser.parseString(plan.toString()).getAsJsonObject();
        copy.remove("digest");
        copy.getAsJsonArray("steps").forEach(step -> step.getAsJsonObject().remove("origin"));
        return copy;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
