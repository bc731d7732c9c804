// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BridgePortTest {
    private static final MacAddress GUEST = MacAddress.parse("52:54:00:00:00:07");

    @Test
    void onlyWhatIsSaidIsShown() {
        assertThat(tap(BridgePort.DEFAULT).attributes().values().keySet())
                .containsExactly("owner", "multi-queue", "mtu", "bridge", "up");
        BridgePort port = new BridgePort(
                true, true, false, false, 7, 0, List.of(new PortVlan(42, 42, true, true)), List.of(GUEST));
        assertThat(tap(port).attributes().values().keySet())
                .containsExactly(
                        "owner",
                        "multi-queue",
                        "mtu",
                        "bridge",
                        "isolated",
                        "hairpin",
                        "learning",
                        "flood",
                        "cost",
                        "port-priority",
                        "vlans",
                        "macs",
                        "up");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<PortVlan> vlans = new ArrayList<>();
            for (int vlan = 1 + random.nextInt(3); vlan < 20; vlan += 1 + random.nextInt(4)) {
                vlans.add(new PortVlan(vlan, vlan, random.nextInt(5) == 0, random.nextBoolean()));
            }
            Tap tap = tap(new BridgePort(
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    1 + random.nextInt(65535),
                    random.nextInt(64),
                    random.nextBoolean() ? vlans : BridgePort.DEFAULT.vlans(),
                    random.nextBoolean() ? List.of(GUEST) : List.of()));
            assertThat(Tap.KIND.read("vt-web-eth0", tap.attributes()))
                    .as("seed %d", seed)
                    .isEqualTo(tap);
        }
    }

    @Test
    void vlansThatFollowEachOtherAreOneRange() {
        assertThat(PortVlan.canonical(List.of(
                        new PortVlan(31, 40, false, false),
                        new PortVlan(42, 42, true, true),
                        new PortVlan(20, 30, false, false),
                        new PortVlan(41, 41, false, true))))
                .hasToString("[20-40, 41 untagged, 42 pvid untagged]");
        for (String wrong : List.of("0", "4095", "5-4", "5-6 pvid", "x", "5 untagged pvid")) {
            assertThatThrownBy(() -> PortVlan.parse(wrong)).isInstanceOf(MalformedStateException.class);
        }
    }

    @Test
    void aPortIsSetBeforeItIsUp() {
        BridgePort port = new BridgePort(
                true, false, false, false, 2, 32, List.of(new PortVlan(42, 42, true, true)), List.of(GUEST));
        List<String> commands = Tap.KIND.commands(Optional.empty(), Optional.of(tap(port)));
        assertThat(commands.subList(1, commands.size()))
                .containsExactly(
                        "ip link set dev vt-web-eth0 group 30318 alias vnet:vm/web/eth0 addrgenmode none mtu 1500"
                                + " master vbr-office",
                        "bridge vlan del dev vt-web-eth0 vid 1",
                        "bridge vlan add dev vt-web-eth0 vid 42 pvid untagged",
                        "bridge fdb replace 52:54:00:00:00:07 dev vt-web-eth0 master static",
                        "bridge link set dev vt-web-eth0 isolated on learning off flood off",
                        "ip link set dev vt-web-eth0 up");
    }

    @Test
    void theOptionsOfAPortAreKeptAndAreThoseOfBridge() {
        for (PortOption option : PortOption.values()) {
            BridgePort port = new BridgePort(
                    false,
                    false,
                    true,
                    true,
                    2,
                    32,
                    BridgePort.DEFAULT.vlans(),
                    new TreeSet<>(List.of(option)),
                    List.of());
            Tap plain = tap(BridgePort.DEFAULT);
            Tap set = tap(port);

            assertThat(Tap.KIND.read("vt-web-eth0", set.attributes())).isEqualTo(set);
            assertThat(Tap.KIND.commands(Optional.of(plain), Optional.of(set)))
                    .containsExactly("bridge link set dev vt-web-eth0 " + option.bridgeWord() + " on");
            assertThat(Tap.KIND.commands(Optional.of(set), Optional.of(plain)))
                    .containsExactly("bridge link set dev vt-web-eth0 " + option.bridgeWord() + " off");
            assertThat(severity(plain, set)).isEqualTo(Severity.NONE);
        }
    }

    @Test
    void aGuestNoticesOnlyThatItLeavesAVlan() {
        Tap plain = tap(BridgePort.DEFAULT);
        Tap apart = tap(new BridgePort(true, true, false, false, 9, 9, BridgePort.DEFAULT.vlans(), List.of(GUEST)));
        Tap away = tap(BridgePort.DEFAULT.withVlans(List.of(new PortVlan(42, 42, true, true))));
        assertThat(severity(plain, apart)).isEqualTo(Severity.NONE);
        assertThat(severity(apart, plain)).isEqualTo(Severity.NONE);
        assertThat(severity(plain, away)).isEqualTo(Severity.OUTAGE);
        assertThat(Tap.KIND.effect(Optional.of(plain), Optional.of(away)).why()).isEqualTo("it leaves VLAN 1");
        assertThat(Tap.KIND.changesInPlace(plain, away)).isTrue();
    }

    private static Severity severity(Tap before, Tap after) {
        return Tap.KIND.effect(Optional.of(before), Optional.of(after)).severity();
    }

    private static Tap tap(BridgePort port) {
        return new Tap(
                new InterfaceName("vt-web-eth0"),
                Owner.nic("web", "eth0"),
                Optional.empty(),
                Optional.empty(),
                false,
                1500,
                Optional.of(new InterfaceName("vbr-office")),
                port,
                true,
                false);
    }
}
