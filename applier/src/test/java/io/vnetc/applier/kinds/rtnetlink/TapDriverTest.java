// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.TAPS;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapDriverTest {
    /** Opens a tap as QEMU does, says so in a file, and holds it until it is killed. */
    private static final String HOLDER = """
            import fcntl, struct, sys, time
            tap = open("/dev/net/tun", "r+b", buffering=0)
            fcntl.ioctl(tap, 0x400454ca, struct.pack("16sH", sys.argv[1].encode(), 0x1002))
            open(sys.argv[2], "w").close()
            time.sleep(300)
            """;

    @TempDir
    Path folder;

    private final DriverLab lab = new DriverLab();

    @BeforeEach
    void bridges() {
        lab.make(BRIDGES, bridge("vbr-a"));
        lab.make(BRIDGES, bridge("vbr-b"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static Tap tap(String name) {
        return new Tap(
                name(name),
                Owner.nic(name, "eth0"),
                Optional.of(421000L),
                Optional.of(422000L),
                true,
                1500,
                Optional.of(name("vbr-a")),
                true);
    }

    private static Tap tap(Tap old, String owner, int mtu, Optional<InterfaceName> bridge, boolean up) {
        return new Tap(
                old.name(), Owner.nic(owner, "eth0"), old.user(), old.group(), old.multiQueue(), mtu, bridge, up);
    }

    @Test
    void whatIsMadeIsReadBackAsItWasAskedAndIsWhatIpShows() {
        Tap wanted = tap("vt-web");

        lab.make(TAPS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        JsonObject link = link("vt-web");
        assertThat(link.get("group").getAsString()).isEqualTo("" + Marks.LINK_GROUP);
        assertThat(link.get("ifalias").getAsString()).isEqualTo("vnet:vm/vt-web/eth0");
        assertThat(link.get("master").getAsString()).isEqualTo("vbr-a");
        assertThat(link.get("address").getAsString()).startsWith("fe:");
        JsonObject tun = link.getAsJsonObject("linkinfo").getAsJsonObject("info_data");
        assertThat(tun.get("user").getAsString()).isEqualTo("421000");
        assertThat(tun.get("group").getAsString()).isEqualTo("422000");
        assertThat(tun.get("type").getAsString()).isEqualTo("tap");
        assertThat(tun.get("persist").getAsBoolean()).isTrue();
        assertThat(tun.get("multi_queue").getAsBoolean()).isTrue();
        assertThat(lab.space.exec("cat", "/proc/sys/net/ipv6/conf/vt-web/disable_ipv6"))
                .isEqualTo("1\n");
        assertThat(lab.observe().facts().heldLinks()).isEmpty();
    }

    @Test
    void aTapOfRootWithoutABridgeThatIsDown() {
        Tap wanted = new Tap(
                name("vt-web"),
                Owner.nic("web", "eth0"),
                Optional.empty(),
                Optional.empty(),
                false,
                9000,
                Optional.empty(),
                false);

        lab.make(TAPS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
    }

    @Test
    void whatIsDeletedLeavesNothing() {
        NamespaceSnapshot before = lab.snapshot();
        lab.make(TAPS, tap("vt-web"));

        lab.delete(TAPS, tap("vt-web"));

        lab.snapshot().since(before).requireNone("making and deleting a tap");
    }

    @Test
    void everyAttributeThatCanBeChangedInPlaceIsChangedAndChangedBack() {
        Tap made = tap("vt-web");
        lab.make(TAPS, made);
        NamespaceSnapshot before = lab.snapshot();

        for (Tap other : List.of(
                tap(made, "other", 1500, made.bridge(), true),
                tap(made, "vt-web", 1400, made.bridge(), true),
                tap(made, "vt-web", 1000, made.bridge(), true),
                tap(made, "vt-web", 1500, Optional.of(name("vbr-b")), true),
                tap(made, "vt-web", 1500, Optional.empty(), true),
                tap(made, "vt-web", 1500, made.bridge(), false))) {
            lab.change(TAPS, made, other);
            assertThat(lab.observe(made.address())).contains(Entry.observed(other, Standing.OWNED));
            lab.snapshot()
                    .since(before)
                    .outside(change -> change.key().contains("vt-web"))
                    .requireNone("a change of one tap");

            lab.change(TAPS, other, made);
            assertThat(lab.observe(made.address())).contains(Entry.observed(made, Standing.OWNED));
            lab.snapshot().since(before).requireNone("a change to " + other + " and back");
        }
    }

    @Test
    void randomChangesLeadToWhatWasWanted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Tap now = tap("vt-web");
        lab.make(TAPS, now);
        for (int i = 0; i < 60; i++) {
            Optional<InterfaceName> bridge = switch (random.nextInt(3)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(name("vbr-a"));
                default -> Optional.of(name("vbr-b"));
            };
            Tap next = tap(now, "n" + random.nextInt(3), 1000 + 100 * random.nextInt(9), bridge, random.nextBoolean());
            lab.change(TAPS, now, next);
            assertThat(lab.observe(next.address()))
                    .as("seed %d, change %d from %s", seed, i, now)
                    .contains(Entry.observed(next, Standing.OWNED));
            assertThat(lab.space
                            .json("ip", "-6", "-j", "address", "show", "dev", "vt-web")
                            .toString())
                    .as("seed %d: IPv6 addresses", seed)
                    .doesNotContain("fe80");
            now = next;
        }
    }

    @Test
    void aBridgeThatIsNotThereOrAnIdThatIsNoneLeavesNothing() {
        NamespaceSnapshot before = lab.snapshot();

        assertThatThrownBy(() -> lab.make(TAPS, tap(tap("vt-web"), "web", 1500, Optional.of(name("nowhere")), true)))
                .isInstanceOfSatisfying(DriverException.class, e -> {
                    assertThat(e.what()).isEqualTo("cannot make the tap vt-web");
                    assertThat(e.words()).contains("there is no link nowhere");
                });
        assertThatThrownBy(() -> lab.make(TAPS, tap(tap("vt-web"), "x".repeat(300), 1500, Optional.empty(), true)))
                .isInstanceOf(DriverException.class);
        assertThatThrownBy(() -> lab.make(TAPS, tap(tap("vt-web"), "web", 70000, Optional.empty(), true)))
                .isInstanceOf(DriverException.class);

        lab.snapshot().since(before).requireNone("taps that could not be made");
    }

    @Test
    void aNameThatIsTakenByAnotherIsLeftToIt() {
        lab.space.exec("ip", "tuntap", "add", "dev", "vt-web", "mode", "tap");
        NamespaceSnapshot before = lab.snapshot();

        assertThatThrownBy(() -> lab.make(TAPS, tap("vt-web")))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("EBUSY")
                .hasMessageContaining("a link of that name is there already");

        lab.snapshot().since(before).requireNone("a tap that could not be made");
        assertThatThrownBy(() -> lab.delete(TAPS, tap("vt-web")))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("not ours");
        assertThat(lab.observe(new ResourceAddress("link", "vt-web"))).isPresent();
    }

    @Test
    void aChangeThatFailsLeavesWhatWas() {
        Tap made = tap("vt-web");
        lab.make(TAPS, made);
        NamespaceSnapshot before = lab.snapshot();

        assertThatThrownBy(() -> lab.change(TAPS, made, tap(made, "other", 70000, Optional.of(name("vbr-b")), false)))
                .isInstanceOf(DriverException.class);
        assertThatThrownBy(() -> lab.change(TAPS, made, tap(made, "other", 1400, Optional.of(name("nowhere")), false)))
                .isInstanceOf(DriverException.class);

        lab.snapshot().since(before).requireNone("changes that failed");
    }

    @Test
    void whoHoldsATapIsKnownByNameUpOrDownAndGoesOnHoldingThroughChanges() throws Exception {
        Tap made = new Tap(
                name("vt-web"),
                Owner.nic("web", "eth0"),
                Optional.empty(),
                Optional.empty(),
                false,
                1500,
                Optional.of(name("vbr-a")),
                true);
        lab.make(TAPS, made);
        lab.make(TAPS, tap("vt-db"));
        Path ready = folder.resolve("ready");
        Process holder = lab.space.start("python3", "-c", HOLDER, "vt-web", ready.toString());
        for (int i = 0; i < 500 && !Files.exists(ready); i++) {
            Thread.sleep(10);
        }
        Tap moved = tap(made, "web", 1400, Optional.of(name("vbr-b")), false);

        HostFacts up = lab.observe().facts();
        lab.change(TAPS, made, moved);
        HostFacts down = lab.observe().facts();

        assertThat(up.heldLinks()).containsExactly(name("vt-web"));
        assertThat(up.holders().get(name("vt-web"))).matches("python3?[0-9.]* \\(pid [0-9]+\\)");
        assertThat(down.heldLinks()).containsExactly(name("vt-web"));
        assertThat(down.holders()).isEqualTo(up.holders());
        assertThat(holder.isAlive()).isTrue();
        assertThat(lab.owned()).contains(moved);
    }

    @Test
    void ofManyThoseBeforeTheOneThatFailsAreMadeAndToldAndNoOther() {
        List<Tap> taps = new ArrayList<>(
                IntStream.range(0, 60).mapToObj(i -> tap("vt-" + i)).toList());
        taps.set(40, tap(taps.get(40), "web", 1500, Optional.of(name("nowhere")), true));
        lab.space.exec("ip", "link", "add", "vt-50", "type", "bridge");

        var outcome = lab.moveAll(TAPS, DriverLab.creations(taps));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("the tap vt-40"));
        assertThat(outcome.done()).isEqualTo(DriverLab.creations(taps.subList(0, 40)));
        assertThat(lab.owned().stream().filter(Tap.class::isInstance))
                .hasSize(40)
                .containsExactlyInAnyOrderElementsOf(List.copyOf(taps.subList(0, 40)));

        assertThat(lab.moveAll(TAPS, DriverLab.deletions(taps.subList(0, 40))).done())
                .hasSize(40);
        assertThat(lab.owned()).containsExactlyInAnyOrder(bridge("vbr-a"), bridge("vbr-b"));
    }

    private JsonObject link(String name) {
        return lab.space
                .json("ip", "-d", "-j", "link", "show", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }
}
