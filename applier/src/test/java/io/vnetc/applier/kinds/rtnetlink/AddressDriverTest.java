// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.ADDRESSES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.netlink.route.AddressChange;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressDriverTest {
    private final DriverLab lab = new DriverLab();

    @BeforeEach
    void makeBridge() {
        lab.make(BRIDGES, bridge("vbr-a"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static BridgeAddress address(String inet) {
        return new BridgeAddress(name("vbr-a"), Owner.network("vbr-a"), InterfaceAddress.parse(inet));
    }

    private List<BridgeAddress> addresses(Standing standing) {
        return lab.observe().state().entries().values().stream()
                .filter(entry -> entry.standing() == standing && entry.resource() instanceof BridgeAddress)
                .map(entry -> (BridgeAddress) entry.resource())
                .toList();
    }

    @Test
    void whatIsMadeIsReadBackAndCanBeUsedAtOnce() {
        for (String inet : List.of("10.0.0.1/24", "10.1.0.1/32", "fd00::1/64", "fe80::5054:ff:fe00:1/64")) {
            lab.make(ADDRESSES, address(inet));
            assertThat(lab.observe(address(inet).address())).contains(Entry.observed(address(inet), Standing.OWNED));
        }

        // The bridge has no port: with duplicate address detection this would stay tentative.
        String shown = lab.space.exec("ip", "address", "show", "dev", "vbr-a");
        assertThat(shown)
                .contains("inet 10.0.0.1/24 scope global")
                .contains("inet6 fd00::1/64 scope global nodad")
                .contains("inet6 fe80::5054:ff:fe00:1/64 scope link nodad")
                .doesNotContain("tentative")
                .doesNotContain("brd 10");
        assertThat(lab.observe().facts().features()).contains(Feature.ADDRESS_PROTOCOL);
    }

    @Test
    void whatIsDeletedLeavesNothingAndOthersStay() {
        lab.space.exec("ip", "address", "add", "192.0.2.1/24", "dev", "vbr-a");
        NamespaceSnapshot before = lab.snapshot();
        for (String inet : List.of("10.0.0.1/24", "fd00::1/64", "fe80::1/64")) {
            lab.make(ADDRESSES, address(inet));
        }

        for (String inet : List.of("10.0.0.1/24", "fd00::1/64", "fe80::1/64")) {
            lab.delete(ADDRESSES, address(inet));
        }

        lab.snapshot().since(before).requireNone("making and deleting addresses");
        assertThat(addresses(Standing.FOREIGN))
                .extracting(BridgeAddress::inet)
                .containsExactly(InterfaceAddress.parse("192.0.2.1/24"));
    }

    @Test
    void whatSomebodyElseGaveIsForeignAndTheKernelsOwnIsNotShown() {
        lab.space.exec("ip", "link", "set", "lo", "up");
        lab.space.exec("ip", "link", "add", "eno1", "type", "bridge");
        lab.space.exec("ip", "link", "set", "eno1", "up");
        lab.apply(
                AddressChange.add("eno1", InterfaceAddress.parse("10.9.0.1/24")).withProtocol(Marks.PROTOCOL));
        lab.space.exec("ip", "address", "add", "10.9.0.2", "peer", "10.9.1.1/32", "dev", "eno1");
        lab.space.exec("ip", "address", "add", "10.9.0.2", "peer", "10.9.1.2/32", "dev", "eno1");
        lab.space.exec("ip", "address", "add", "fd01::1/64", "dev", "eno1");
        lab.space.exec("ip", "address", "add", "10.0.0.9/24", "dev", "vbr-a");

        assertThat(addresses(Standing.OWNED)).isEmpty();
        assertThat(addresses(Standing.FOREIGN))
                .extracting(one -> one.link() + " " + one.inet())
                .containsExactlyInAnyOrder(
                        "eno1 10.9.0.1/24", "eno1 10.9.0.2/32", "eno1 fd01::1/64", "vbr-a 10.0.0.9/24");
    }

    @Test
    void anAddressThatIsThereAlreadyAndALinkThatIsNotAreErrors() {
        lab.space.exec("ip", "address", "add", "10.0.0.1/24", "dev", "vbr-a");
        NamespaceSnapshot before = lab.snapshot();

        assertThatThrownBy(() -> lab.make(ADDRESSES, address("10.0.0.1/24")))
                .isInstanceOf(DriverException.class)
                .hasMessageStartingWith("cannot give vbr-a the address 10.0.0.1/24: EEXIST");
        BridgeAddress nowhere =
                new BridgeAddress(name("nowhere"), Owner.network("a"), InterfaceAddress.parse("10.0.0.1/24"));
        assertThatThrownBy(() -> lab.make(ADDRESSES, nowhere))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("there is no link nowhere");

        lab.snapshot().since(before).requireNone("addresses that could not be given");
    }

    @Test
    void whatWentAlongWithItsPrimaryAddressIsAsGoodAsDeleted() {
        List<BridgeAddress> two = List.of(address("10.0.0.1/24"), address("10.0.0.2/24"));
        lab.moveAll(ADDRESSES, DriverLab.creations(two));

        var outcome = lab.moveAll(ADDRESSES, DriverLab.deletions(two));

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.done()).hasSize(2);
        assertThat(addresses(Standing.OWNED)).isEmpty();
    }

    @Test
    void anAddressThatSomebodyOnTheNetworkHasTooIsNotThereAndIsMadeAgain() throws Exception {
        // A neighbour behind a port has the address already; ours is given with duplicate detection, as we never do.
        lab.space.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        lab.space.exec("ip", "link", "set", "v0", "master", "vbr-a", "up");
        lab.space.exec("ip", "link", "set", "v1", "up");
        lab.space.exec("ip", "address", "add", "fd00::1/64", "dev", "v1", "nodad");
        lab.apply(
                AddressChange.add("vbr-a", InterfaceAddress.parse("fd00::1/64")).withProtocol(Marks.PROTOCOL));
        for (int i = 0; i < 100; i++) {
            if (lab.space.exec("ip", "address", "show", "dev", "vbr-a").contains("dadfailed")) {
                break;
            }
            Thread.sleep(50);
        }
        assertThat(lab.space.exec("ip", "address", "show", "dev", "vbr-a")).contains("dadfailed");
        assertThat(addresses(Standing.OWNED)).isEmpty();

        lab.make(ADDRESSES, address("fd00::1/64"));

        assertThat(addresses(Standing.OWNED)).containsExactly(address("fd00::1/64"));
        assertThat(lab.space.exec("ip", "address", "show", "dev", "vbr-a")).doesNotContain("dadfailed");
    }

    @Test
    void ofManyThoseBeforeTheOneThatFailsAreMadeAndThoseAfterItAreNot() {
        List<BridgeAddress> many = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(i -> address("10.0." + i + ".1/24"))
                .toList());
        lab.space.exec("ip", "address", "add", "10.0.120.1/24", "dev", "vbr-a");

        var outcome = lab.moveAll(ADDRESSES, DriverLab.creations(many));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("10.0.120.1/24"));
        assertThat(outcome.done()).isEqualTo(DriverLab.creations(many.subList(0, 120)));
        assertThat(addresses(Standing.OWNED)).containsExactlyInAnyOrderElementsOf(many.subList(0, 120));
    }

    @Test
    void randomSetsOfAddressesAreWhatWasWanted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<BridgeAddress> now = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            BridgeAddress one = random.nextBoolean()
                    ? address("10.0." + random.nextInt(12) + ".1/24")
                    : address("fd00:0:0:" + random.nextInt(12) + "::1/64");
            if (now.remove(one)) {
                lab.delete(ADDRESSES, one);
            } else {
                lab.make(ADDRESSES, one);
                now.add(one);
            }
            assertThat(lab.owned().stream().filter(BridgeAddress.class::isInstance))
                    .as("seed %d, change %d", seed, i)
                    .containsExactlyInAnyOrderElementsOf(List.<Resource>copyOf(now));
        }
    }
}
