// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a portgroup says reaches the guests that run. */
class PortgroupOnKernelTest {
    private static final String SOURCE = """
            network office {
              portgroup staff default { %s }
              portgroup servers { isolated off }
            }
            vm web { nic eth0 { network office } }
            vm db { nic eth0 { network office  portgroup servers } }
            """;
    /** Opens a tap as QEMU does, says so in a file, and holds it until it is killed. */
    private static final String HOLDER = """
            import fcntl, struct, sys, time
            tap = open("/dev/net/tun", "r+b", buffering=0)
            fcntl.ioctl(tap, 0x400454ca, struct.pack("16sH", sys.argv[1].encode(), 0x1002))
            open(sys.argv[2], "w").close()
            time.sleep(300)
            """;

    private KernelRunner host;

    @BeforeEach
    void open() throws IOException {
        host = new KernelRunner();
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    @Test
    void aChangedPortgroupReachesTheTapsOfRunningGuests() throws Exception {
        NamespaceSnapshot bare = host.snapshot();
        done("apply", source("hairpin"), "--host", "lab", "--yes");
        Path ready = host.root().resolve("ready");
        Process guest = host.namespace().start("python3", "-c", HOLDER, "vt-web-eth0", ready.toString());
        for (int i = 0; i < 500 && !Files.exists(ready); i++) {
            Thread.sleep(10);
        }
        int index = index();

        JsonObject plan = JsonParser.parseString(
                        done("plan", source("isolated  cost 9"), "--host", "lab", "--format", "json"))
                .getAsJsonObject();
        assertThat(plan.getAsJsonArray("steps")).hasSize(1);
        JsonObject step = plan.getAsJsonArray("steps").get(0).getAsJsonObject();
        assertThat(step.get("address").getAsString()).isEqualTo("tap/vt-web-eth0");
        assertThat(step.get("action").getAsString()).isEqualTo("change");
        assertThat(step.getAsJsonObject("impact").get("severity").getAsString()).isEqualTo("none");
        assertThat(step.getAsJsonArray("commands").get(0).getAsString())
                .isEqualTo("bridge link set dev vt-web-eth0 isolated on hairpin off cost 9");

        done("apply", source("isolated  cost 9"), "--host", "lab", "--yes");

        assertThat(port("vt-web-eth0").get("isolated").getAsBoolean()).isTrue();
        assertThat(port("vt-web-eth0").get("hairpin").getAsBoolean()).isFalse();
        assertThat(port("vt-web-eth0").get("cost").getAsInt()).isEqualTo(9);
        assertThat(port("vt-db-eth0").get("isolated").getAsBoolean()).isFalse();
        assertThat(index()).isEqualTo(index);
        assertThat(guest.isAlive()).isTrue();
        assertThat(done("plan", source("isolated  cost 9"), "--host", "lab")).contains("Nothing to do");

        guest.destroyForcibly().waitFor();
        done("destroy", "--yes");
        host.snapshot().since(bare).requireNone("a portgroup's life");
    }

    @Test
    void aKernelWithoutVlansIsNamedBeforeAnythingIsTouched() throws IOException {
        NamespaceSnapshot bare = host.snapshot();
        host.namespace().exec("ip", "link", "add", "probe", "type", "bridge");
        boolean knowsVlans = host.namespace()
                        .tryExec("ip", "link", "set", "probe", "type", "bridge", "vlan_filtering", "1")
                        .exitCode()
                == 0;
        host.namespace().exec("ip", "link", "delete", "probe");

        Result applied = host.run("apply", source("vlan 42"), "--host", "lab", "--yes");

        if (knowsVlans) {
            assertThat(applied.exit()).as(applied.err()).isZero();
        } else {
            assertThat(applied.exit()).isEqualTo(12);
            assertThat(applied.err()).contains("CONFIG_BRIDGE_VLAN_FILTERING", "office");
            host.snapshot().since(bare).requireNone("being told what is lacking");
        }
    }

    @Test
    void aZoneWithoutFirewalldIsRefusedBeforeAnythingIsTouched() throws IOException {
        NamespaceSnapshot bare = host.snapshot();
        Path file = Files.writeString(host.root().resolve("zone.vnet"), "network office { bridge { zone trusted } }");

        Result planned = host.run("plan", file.toString(), "--host", "lab");

        assertThat(planned.exit()).isEqualTo(12);
        assertThat(planned.err()).contains("firewalld", "`trusted`");
        host.snapshot().since(bare).requireNone("a plan");
    }

    private String source(String staff) throws IOException {
        return Files.writeString(host.root().resolve("lab.vnet"), SOURCE.formatted(staff))
                .toString();
    }

    private String done(String... arguments) {
        Result result = host.run(arguments);
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
    }

    private int index() {
        return link("ip", "-j", "link", "show", "vt-web-eth0").get("ifindex").getAsInt();
    }

    private JsonObject port(String tap) {
        return link("bridge", "-d", "-j", "link", "show", "dev", tap);
    }

    private JsonObject link(String... command) {
        return host.namespace().json(command).getAsJsonArray().get(0).getAsJsonObject();
    }
}
