// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.TAPS;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.EveryKernel;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.BridgeSwitching;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.VlanProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is set for ports of bridges, on the real kernel, read back by {@code bridge} and {@code ip}. */
class PortTest {
    private static final MacAddress GUEST = MacAddress.parse("52:54:00:00:00:07");
    private static final MacAddress OTHER = MacAddress.parse("52:54:00:00:00:08");
    private static final BridgePort APART =
            new BridgePort(true, true, false, false, 77, 5, BridgePort.DEFAULT.vlans(), List.of(GUEST));

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

    private static Tap tap(String name, BridgePort port) {
        return tap(name, Optional.of(name("vbr-a")), port, true);
    }

    private static Tap tap(String name, Optional<InterfaceName> bridge, BridgePort port, boolean up) {
        return new Tap(
                name(name),
                Owner.nic(name, "eth0"),
                Optional.empty(),
                Optional.empty(),
                false,
                1500,
                bridge,
                bridge.isPresent() ? port : BridgePort.DEFAULT,
                up,
                false);
    }

    @Test
    void aPortIsMadeAsItWasAskedAndIsWhatBridgeShows() {
        Tap wanted = tap("vt-web", APART);

        lab.make(TAPS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        JsonObject port = port("vt-web");
        assertThat(port.get("isolated").getAsBoolean()).isTrue();
        assertThat(port.get("hairpin").getAsBoolean()).isTrue();
        assertThat(port.get("learning").getAsBoolean()).isFalse();
        assertThat(port.get("flood").getAsBoolean()).isFalse();
        assertThat(port.get("cost").getAsInt()).isEqualTo(77);
        assertThat(port.get("priority").getAsInt()).isEqualTo(5);
        assertThat(fixed("vt-web")).containsExactly(GUEST.toString());
    }

    @Test
    void aPortOfWhichNothingIsSaidIsAsTheKernelMakesIt() {
        Tap wanted = tap("vt-web", BridgePort.DEFAULT);

        lab.make(TAPS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        assertThat(fixed("vt-web")).isEmpty();
    }

    @Test
    void whatIsDeletedLeavesNothing() {
        NamespaceSnapshot before = lab.snapshot();
        lab.make(TAPS, tap("vt-web", APART));

        lab.delete(TAPS, tap("vt-web", APART));

        lab.snapshot().since(before).requireNone("making and deleting a port");
        assertThat(lab.space.exec("bridge", "fdb", "show")).doesNotContain(GUEST.toString());
    }

    @Test
    void everySettingIsChangedInPlaceAndChangedBack() {
        Tap plain = tap("vt-web", BridgePort.DEFAULT);
        lab.make(TAPS, plain);
        NamespaceSnapshot before = lab.snapshot();
        for (BridgePort port : List.of(
                port(true, false, true, true, 2, 32),
                port(false, true, true, true, 2, 32),
                port(false, false, false, true, 2, 32),
                port(false, false, true, false, 2, 32),
                port(false, false, true, true, 65535, 32),
                port(false, false, true, true, 2, 63),
                port(false, false, true, true, 1, 0),
                port(false, false, false, false, 2, 32).withMacs(List.of(GUEST)),
                port(false, false, false, false, 2, 32).withMacs(List.of(GUEST, OTHER)),
                with(PortOption.BPDU_GUARD),
                with(PortOption.ROOT_GUARD, PortOption.FAST_LEAVE),
                with(PortOption.values()),
                APART)) {
            Tap other = tap("vt-web", port);

            lab.change(TAPS, plain, other);
            assertThat(lab.observe(other.address())).contains(Entry.observed(other, Standing.OWNED));
            lab.change(TAPS, other, plain);

            assertThat(lab.observe(plain.address())).contains(Entry.observed(plain, Standing.OWNED));
            assertThat(fixed("vt-web")).isEmpty();
            lab.snapshot().since(before).requireNone("a change to " + port + " and back");
        }
    }

    private static BridgePort port(
            boolean isolated, boolean hairpin, boolean learning, boolean flood, int cost, int priority) {
        return new BridgePort(
                isolated, hairpin, learning, flood, cost, priority, BridgePort.DEFAULT.vlans(), List.of());
    }

    private static BridgePort with(PortOption... options) {
        return new BridgePort(
                false,
                false,
                true,
                true,
                2,
                32,
                BridgePort.DEFAULT.vlans(),
                new TreeSet<>(List.of(options)),
                List.of());
    }

    @Test
    @EveryKernel
    void theOptionsOfAPortAreWhatBridgeShows() {
        Tap wanted = tap("vt-web", with(PortOption.values()));

        lab.make(TAPS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        for (String name : List.of("guard", "root_block", "fastleave", "neigh_suppress")) {
            assertThat(port("vt-web").get(name).getAsBoolean()).as(name).isTrue();
        }
    }

    @Test
    void aPortThatMovesHasAllOfItAtItsNewBridge() {
        Tap made = tap("vt-web", APART);
        lab.make(TAPS, made);
        Tap moved = tap("vt-web", Optional.of(name("vbr-b")), APART.withMacs(List.of(OTHER)), true);

        lab.change(TAPS, made, moved);

        assertThat(lab.observe(moved.address())).contains(Entry.observed(moved, Standing.OWNED));
        assertThat(fixed("vt-web")).containsExactly(OTHER.toString());
        lab.change(TAPS, moved, made);
        assertThat(lab.observe(made.address())).contains(Entry.observed(made, Standing.OWNED));
    }

    @Test
    void randomChangesLeadToWhatWasWanted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Tap now = tap("vt-web", BridgePort.DEFAULT);
        lab.make(TAPS, now);
        for (int i = 0; i < 60; i++) {
            Optional<InterfaceName> bridge = switch (random.nextInt(4)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(name("vbr-b"));
                default -> Optional.of(name("vbr-a"));
            };
            boolean learning = random.nextBoolean();
            List<MacAddress> known = learning
                    ? List.of()
                    : IntStream.range(0, random.nextInt(3))
                            .mapToObj(n -> new MacAddress(0x5254_0000_0000L + n))
                            .toList();
            BridgePort port = new BridgePort(
                    random.nextBoolean(),
                    random.nextBoolean(),
                    learning,
                    random.nextBoolean(),
                    1 + random.nextInt(65535),
                    random.nextInt(64),
                    BridgePort.DEFAULT.vlans(),
                    known);
            Tap next = tap("vt-web", bridge, port, random.nextBoolean());
            lab.change(TAPS, now, next);
            assertThat(lab.observe(next.address()))
                    .as("seed %d, change %d from %s", seed, i, now)
                    .contains(Entry.observed(next, Standing.OWNED));
            now = next;
        }
    }

    @Test
    void whatTheKernelRefusesLeavesWhatWas() {
        Tap made = tap("vt-web", APART);
        lab.make(TAPS, made);
        NamespaceSnapshot before = lab.snapshot();
        BridgePort impossible =
                new BridgePort(true, true, false, false, 70_000, 5, BridgePort.DEFAULT.vlans(), List.of(OTHER));

        assertThatThrownBy(() -> lab.change(TAPS, made, tap("vt-web", impossible)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("cannot set the port vt-web");
        assertThatThrownBy(() -> lab.make(TAPS, tap("vt-db", impossible))).isInstanceOf(DriverException.class);

        lab.snapshot().since(before).requireNone("changes that failed");
        assertThat(fixed("vt-web")).containsExactly(GUEST.toString());
    }

    /** The kernel of the build machine may lack them; a distribution's has them. */
    @Test
    @EveryKernel
    void vlansAreSetWhereTheKernelHasThemAndRefusedWhereNot() {
        assertThat(lab.observe().facts().features().contains(Feature.BRIDGE_VLANS))
                .as("whether this kernel has them")
                .isEqualTo(hasVlans());
        Tap plain = tap("vt-web", BridgePort.DEFAULT);
        lab.make(TAPS, plain);
        NamespaceSnapshot before = lab.snapshot();
        if (!hasVlans()) {
            BridgePort port = BridgePort.DEFAULT.withVlans(List.of(new PortVlan(42, 42, true, true)));
            assertThatThrownBy(() -> lab.change(TAPS, plain, tap("vt-web", port)))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("EOPNOTSUPP");
            assertThatThrownBy(() -> lab.make(TAPS, tap("vt-db", port))).isInstanceOf(DriverException.class);
            lab.snapshot().since(before).requireNone("a port that could not be made");
            return;
        }
        Bridge flat = bridge("vbr-a");
        Bridge parted = with(flat, new BridgeSwitching(32768, true, true, List.of(42, 43)));
        lab.change(BRIDGES, flat, parted);
        assertThat(lab.observe(parted.address())).contains(Entry.observed(parted, Standing.OWNED));
        List<BridgePort> ports = List.of(
                vlans(new PortVlan(42, 42, true, true)),
                vlans(new PortVlan(1, 1, false, true), new PortVlan(42, 42, true, true))
                        .withMacs(List.of(GUEST)),
                vlans(
                        new PortVlan(5, 5, true, true),
                        new PortVlan(10, 10, false, false),
                        new PortVlan(20, 30, false, false)),
                vlans(new PortVlan(7, 7, true, false), new PortVlan(8, 4094, false, false)),
                vlans(),
                APART.withVlans(List.of(new PortVlan(43, 43, true, true))));
        Tap now = plain;
        for (BridgePort port : ports) {
            Tap next = tap("vt-web", port);
            lab.change(TAPS, now, next);
            assertThat(lab.observe(next.address())).contains(Entry.observed(next, Standing.OWNED));
            now = next;
        }
        Tap made = tap("vt-db", ports.get(1));
        lab.make(TAPS, made);
        assertThat(lab.observe(made.address())).contains(Entry.observed(made, Standing.OWNED));
        lab.delete(TAPS, made);
        lab.change(TAPS, now, plain);
        lab.change(BRIDGES, parted, flat);
        assertThat(lab.observe(plain.address())).contains(Entry.observed(plain, Standing.OWNED));
        lab.snapshot().since(before).requireNone("VLANs and back");
    }

    private static BridgePort vlans(PortVlan... vlans) {
        return BridgePort.DEFAULT.withVlans(List.of(vlans));
    }

    private boolean hasVlans() {
        lab.space.exec("ip", "link", "add", "probe", "type", "bridge");
        boolean has = lab.space
                        .tryExec("ip", "link", "set", "probe", "type", "bridge", "vlan_filtering", "1")
                        .exitCode()
                == 0;
        lab.space.exec("ip", "link", "delete", "probe");
        return has;
    }

    @Test
    @EveryKernel
    void aBridgeForwardsAsItWasAskedAndIsChangedInPlace() {
        Bridge plain = bridge("vbr-c");
        Bridge wanted = with(
                plain,
                new BridgeSwitching(
                        4096, false, false, VlanProtocol.CUSTOMER, new BridgeSwitching.Timers(102, 612, 0), List.of()));
        lab.make(BRIDGES, wanted);
        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        JsonObject data = lab.space
                .json("ip", "-d", "-j", "link", "show", "vbr-c")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data");
        assertThat(data.get("priority").getAsInt()).isEqualTo(4096);
        assertThat(data.get("mcast_snooping").getAsInt()).isZero();
        assertThat(data.get("hello_time").getAsInt()).isEqualTo(102);
        assertThat(data.get("max_age").getAsInt()).isEqualTo(612);
        assertThat(data.get("ageing_time").getAsInt()).isZero();
        NamespaceSnapshot before = lab.snapshot();

        lab.change(BRIDGES, wanted, plain);
        assertThat(lab.observe(plain.address())).contains(Entry.observed(plain, Standing.OWNED));
        lab.change(BRIDGES, plain, wanted);

        lab.snapshot().since(before).requireNone("a change and back");
    }

    private static Bridge with(Bridge bridge, BridgeSwitching switching) {
        return new Bridge(
                bridge.name(),
                bridge.owner(),
                bridge.mac(),
                bridge.mtu(),
                bridge.stp(),
                bridge.forwardDelay(),
                switching,
                bridge.ipv4Forwarding(),
                bridge.ipv6(),
                bridge.ipv6Forwarding(),
                bridge.up(),
                false,
                Optional.empty());
    }

    private JsonObject port(String link) {
        return lab.space
                .json("bridge", "-d", "-j", "link", "show", "dev", link)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    /** The addresses that the bridge was told to be behind a port. */
    private List<String> fixed(String link) {
        return StreamSupport.stream(
                        lab.space
                                .json("bridge", "-j", "fdb", "show", "dev", link)
                                .getAsJsonArray()
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(entry -> entry.get("state").getAsString().equals("static"))
                .map(entry -> entry.get("mac").getAsString())
                .toList();
    }
}
