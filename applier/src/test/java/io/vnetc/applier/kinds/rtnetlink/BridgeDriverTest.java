// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.ADDRESSES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.lab.SnapshotDifference;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeDriverTest {
    private final DriverLab lab = new DriverLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void whatIsMadeIsReadBackAsItWasAskedAndIsWhatIpShows() {
        Bridge wanted = bridge("vbr-a");

        lab.make(BRIDGES, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        JsonObject link = link("vbr-a");
        assertThat(link.get("address").getAsString()).isEqualTo(wanted.mac().toString());
        assertThat(link.get("mtu").getAsInt()).isEqualTo(1500);
        assertThat(link.get("group").getAsString()).isEqualTo(Integer.toString(Marks.LINK_GROUP));
        assertThat(link.get("ifalias").getAsString()).isEqualTo("vnet:network/vbr-a");
        assertThat(link.get("inet6_addr_gen_mode").getAsString()).isEqualTo("none");
        assertThat(link.get("flags").toString()).contains("\"UP\"");
        assertThat(sysctl("ipv4", "vbr-a", "forwarding")).isEqualTo("1");
        assertThat(sysctl("ipv6", "vbr-a", "accept_ra")).isEqualTo("0");
        assertThat(sysctl("ipv6", "vbr-a", "autoconf")).isEqualTo("0");
        assertThat(sysctl("ipv6", "vbr-a", "forwarding")).isEqualTo("1");
        assertThat(sysctl("ipv6", "vbr-a", "force_forwarding")).isEqualTo("1");
        assertThat(sysctl("ipv6", "vbr-a", "disable_ipv6")).isEqualTo("0");
    }

    @Test
    void whatNewLinksBeginWithDoesNotComeThrough() {
        for (String key : List.of("disable_ipv6", "forwarding", "force_forwarding", "accept_ra")) {
            setSysctl("ipv6", "default", key, "1");
        }
        setSysctl("ipv4", "default", "forwarding", "1");
        Bridge closed = with(bridge("vbr-a"), Map.of("ipv4Forwarding", false, "ipv6Forwarding", false));

        lab.make(BRIDGES, closed);

        assertThat(lab.owned()).containsExactly(closed);
        assertThat(sysctl("ipv6", "vbr-a", "forwarding")).isEqualTo("0");
        assertThat(sysctl("ipv6", "vbr-a", "accept_ra")).isEqualTo("0");
    }

    @Test
    void aPortDoesNotChangeItsMtu() {
        lab.make(BRIDGES, bridge("vbr-a"));

        lab.space.exec("ip", "link", "add", "v0", "mtu", "1400", "type", "veth", "peer", "name", "v1");
        lab.space.exec("ip", "link", "set", "v0", "master", "vbr-a");

        assertThat(link("vbr-a").get("mtu").getAsInt()).isEqualTo(1500);
    }

    @Test
    void whatIsDeletedLeavesNothing() {
        NamespaceSnapshot before = lab.snapshot();
        Bridge made = bridge("vbr-a");
        lab.make(BRIDGES, made);

        lab.delete(BRIDGES, made);

        lab.snapshot().since(before).requireNone("making and deleting a bridge");
        assertThat(lab.owned()).isEmpty();
    }

    @Test
    void everyAttributeCanBeChangedAndChangedBack() {
        Bridge made = bridge("vbr-a");
        lab.make(BRIDGES, made);
        NamespaceSnapshot before = lab.snapshot();

        for (Bridge other : List.of(
                with(made, Map.of("owner", Owner.network("other"))),
                with(made, Map.of("mac", MacAddress.parse("52:54:00:00:00:99"))),
                with(made, Map.of("mtu", 1400)),
                with(made, Map.of("stp", true, "forwardDelay", 400)),
                with(made, Map.of("forwardDelay", 100)),
                with(made, Map.of("ipv4Forwarding", false)),
                with(made, Map.of("ipv6Forwarding", false)),
                with(made, Map.of("ipv6", false)),
                with(made, Map.of("up", false)))) {
            lab.change(BRIDGES, made, other);
            assertThat(lab.owned()).as("changed to %s", other).containsExactly(other);
            SnapshotDifference footprint = lab.snapshot().since(before);
            assertThat(footprint.isNone()).as("ip sees %s", other).isFalse();
            footprint.outside(change -> change.key().contains("vbr-a")).requireNone("a change of one bridge");

            lab.change(BRIDGES, other, made);
            assertThat(lab.owned()).as("changed back from %s", other).containsExactly(made);
            lab.snapshot().since(before).requireNone("a change to " + other + " and back");
        }
    }

    @Test
    void randomChangesLeadToWhatWasWanted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Bridge now = randomBridge(random);
        lab.make(BRIDGES, now);
        for (int i = 0; i < 60; i++) {
            Bridge next = randomBridge(random);
            lab.change(BRIDGES, now, next);
            assertThat(lab.owned())
                    .as("seed %d, change %d from %s", seed, i, now)
                    .containsExactly(next);
            now = next;
        }
    }

    private static Bridge randomBridge(Random random) {
        boolean stp = random.nextBoolean();
        boolean ipv6 = random.nextBoolean();
        return new Bridge(
                DriverLab.name("vbr-a"),
                Owner.network("n" + random.nextInt(3)),
                new MacAddress(0x5254_0000_0000L + random.nextInt(3)),
                1280 + random.nextInt(4) * 100,
                stp,
                stp ? 200 + 2 * random.nextInt(1400) : 2 * random.nextInt(2000),
                random.nextBoolean(),
                ipv6,
                ipv6 && random.nextBoolean(),
                random.nextBoolean());
    }

    @Test
    void anMtuWithoutIpv6AndBackKeepsTheBridgeSilent() {
        Bridge made = bridge("vbr-a");
        Bridge small = with(made, Map.of("mtu", 1000, "ipv6", false, "ipv6Forwarding", false));
        lab.make(BRIDGES, small);
        assertThat(lab.owned()).containsExactly(small);

        lab.change(BRIDGES, small, made);

        assertThat(lab.owned()).containsExactly(made);
        assertThat(sysctl("ipv6", "vbr-a", "accept_ra")).isEqualTo("0");
        assertThat(link("vbr-a").get("inet6_addr_gen_mode").getAsString()).isEqualTo("none");
    }

    @Test
    void aNameThatIsTakenByAnotherIsLeftToIt() {
        lab.space.exec("ip", "link", "add", "vbr-a", "type", "bridge");
        NamespaceSnapshot before = lab.snapshot();

        assertThatThrownBy(() -> lab.make(BRIDGES, bridge("vbr-a")))
                .isInstanceOfSatisfying(DriverException.class, e -> {
                    assertThat(e.what()).isEqualTo("cannot make the bridge vbr-a");
                    assertThat(e.words()).startsWith("EEXIST (File exists)");
                    assertThat(e.remedy()).isPresent();
                });

        lab.snapshot().since(before).requireNone("a bridge that could not be made");
        assertThat(lab.observe(new ResourceAddress("link", "vbr-a"))).isPresent();
    }

    @Test
    void aBridgeThatCannotBeFinishedIsNotLeftBehind() {
        NamespaceSnapshot before = lab.snapshot();

        // A group address is no address of a link: refused by the first message.
        Bridge wrong = with(bridge("vbr-a"), Map.of("mac", MacAddress.parse("01:00:5e:00:00:01")));
        assertThatThrownBy(() -> lab.make(BRIDGES, wrong)).isInstanceOf(DriverException.class);
        // An alias has 255 octets at most: refused by the last one.
        Bridge nameless = with(bridge("vbr-a"), Map.of("owner", new Owner("network/" + "x".repeat(300))));
        assertThatThrownBy(() -> lab.make(BRIDGES, nameless)).isInstanceOf(DriverException.class);

        lab.snapshot().since(before).requireNone("bridges that could not be made");
    }

    @Test
    void aChangeThatFailsLeavesWhatWas() {
        Bridge made = bridge("vbr-a");
        lab.make(BRIDGES, made);
        NamespaceSnapshot before = lab.snapshot();

        Bridge wrong = with(
                made,
                Map.of("mac", MacAddress.parse("01:00:5e:00:00:01"), "mtu", 1400, "stp", true, "forwardDelay", 300));
        assertThatThrownBy(() -> lab.change(BRIDGES, made, wrong)).isInstanceOf(DriverException.class);

        lab.snapshot().since(before).requireNone("a change that failed");
    }

    @Test
    void aDelayThatTheSpanningTreeDoesNotTakeIsAnError() {
        Bridge wrong = with(bridge("vbr-a"), Map.of("stp", true, "forwardDelay", 0));

        assertThatThrownBy(() -> lab.make(BRIDGES, wrong))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("2 s to 30 s");
        assertThat(lab.owned()).isEmpty();
    }

    @Test
    void anAliasAloneDoesNotMakeALinkOurs() {
        lab.space.exec("ip", "link", "add", "vbr-a", "type", "bridge");
        lab.space.exec("ip", "link", "set", "vbr-a", "alias", "vnet:network/a");
        lab.space.exec("ip", "link", "add", "v0", "group", "" + Marks.LINK_GROUP, "type", "veth", "peer", "name", "v1");
        lab.space.exec("ip", "link", "set", "v0", "alias", "vnet:network/a");
        lab.space.exec("ip", "link", "add", "vbr-b", "up", "group", "" + Marks.LINK_GROUP, "type", "bridge");

        assertThat(lab.owned()).isEmpty();
        assertThatThrownBy(() -> lab.delete(BRIDGES, bridge("vbr-a")))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("not ours any more");
        assertThat(lab.observe(new ResourceAddress("link", "vbr-a"))).isPresent();
    }

    @Test
    void whatAKilledRunLeftOfABridgeIsOursAndCanBeDeletedOrFinished() {
        lab.space.exec("ip", "link", "add", "vbr-a", "mtu", "1501", "group", "" + Marks.LINK_GROUP, "type", "bridge");
        Bridge remains = (Bridge) lab.owned().get(0);
        assertThat(remains.owner()).isEqualTo(LinkView.REMAINS);
        assertThat(remains.up()).isFalse();

        lab.change(BRIDGES, remains, bridge("vbr-a"));
        assertThat(lab.owned()).containsExactly(bridge("vbr-a"));
        assertThat(sysctl("ipv6", "vbr-a", "accept_ra")).isEqualTo("0");
        assertThat(lab.space.json("ip", "-6", "-j", "address").toString()).doesNotContain("fe80");
        lab.delete(BRIDGES, bridge("vbr-a"));

        lab.space.exec("ip", "link", "add", "vbr-a", "group", "" + Marks.LINK_GROUP, "type", "bridge");
        lab.delete(BRIDGES, (Bridge) lab.owned().get(0));
        assertThat(lab.owned()).isEmpty();
    }

    @Test
    void manyAreMadeAndDeletedTogether() {
        NamespaceSnapshot before = lab.snapshot();
        List<Bridge> bridges = bridges(60);

        assertThat(lab.moveAll(BRIDGES, DriverLab.creations(bridges)).failure()).isEmpty();
        assertThat(lab.owned()).containsExactlyInAnyOrderElementsOf(bridges);
        var outcome = lab.moveAll(BRIDGES, DriverLab.deletions(bridges));

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.done()).hasSize(60);
        lab.snapshot().since(before).requireNone("making and deleting 60 bridges");
    }

    @Test
    void ofManyThoseBeforeTheOneThatFailsAreMadeAndToldAndNoOther() {
        lab.space.exec("ip", "link", "add", "vbr-120", "type", "bridge");
        List<Bridge> bridges = bridges(200);

        var outcome = lab.moveAll(BRIDGES, DriverLab.creations(bridges));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("vbr-120: EEXIST"));
        assertThat(outcome.done()).isEqualTo(DriverLab.creations(bridges.subList(0, 120)));
        assertThat(lab.owned()).containsExactlyInAnyOrderElementsOf(bridges.subList(0, 120));
        assertThat(lab.observe(new ResourceAddress("link", "vbr-120"))).isPresent();
    }

    @Test
    void ofManyTheLastStepOfOneMayFail() {
        List<Bridge> bridges = new ArrayList<>(bridges(40));
        bridges.set(20, with(bridges.get(20), Map.of("owner", new Owner("network/" + "x".repeat(300)))));

        var outcome = lab.moveAll(BRIDGES, DriverLab.creations(bridges));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("vbr-20"));
        assertThat(outcome.done()).hasSize(20);
        assertThat(lab.owned()).containsExactlyInAnyOrderElementsOf(bridges.subList(0, 20));
    }

    @Test
    void aForeignLinkInTheGroupOfThoseThatLeaveIsNotDeleted() {
        lab.space.exec("ip", "link", "add", "mine", "group", "" + LinkView.LEAVING_GROUP, "type", "bridge");
        lab.space.exec("ip", "link", "set", "mine", "up");
        List<Bridge> bridges = bridges(3);
        lab.moveAll(BRIDGES, DriverLab.creations(bridges));

        assertThat(lab.moveAll(BRIDGES, DriverLab.deletions(bridges)).failure()).isEmpty();

        assertThat(lab.owned()).isEmpty();
        assertThat(lab.observe(new ResourceAddress("link", "mine"))).isPresent();
    }

    @Test
    void whatAKilledRunWasAboutToDeleteIsStillOursAndStays() {
        List<Bridge> bridges = bridges(4);
        lab.moveAll(BRIDGES, DriverLab.creations(bridges));
        lab.space.exec("ip", "link", "set", "vbr-0", "group", "" + LinkView.LEAVING_GROUP);
        assertThat(lab.owned()).containsExactlyInAnyOrderElementsOf(bridges);

        lab.moveAll(BRIDGES, DriverLab.deletions(bridges.subList(1, 4)));

        assertThat(lab.owned()).containsExactly(bridges.get(0));
        assertThat(link("vbr-0").get("group").getAsString()).isEqualTo("" + Marks.LINK_GROUP);
    }

    @Test
    void ofManyDeletionsNoneTouchesWhatIsNotOurs() {
        List<Bridge> bridges = bridges(30);
        lab.moveAll(BRIDGES, DriverLab.creations(bridges));
        lab.space.exec("ip", "link", "set", "vbr-27", "alias", "hers");

        var outcome = lab.moveAll(BRIDGES, DriverLab.deletions(bridges));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("vbr-27"));
        assertThat(outcome.done()).hasSize(25);
        assertThat(lab.observe(new ResourceAddress("link", "vbr-27"))).isPresent();
        assertThat(lab.owned()).hasSize(4);
    }

    @Test
    void changesOfAllSortsAreTakenInTheirOrder() {
        Bridge old = bridge("vbr-old");
        Bridge kept = bridge("vbr-kept");
        lab.make(BRIDGES, old);
        lab.make(BRIDGES, kept);
        Bridge changed = with(kept, Map.of("mtu", 1400));
        List<io.vnetc.applier.kinds.Change<Bridge>> changes = new ArrayList<>(DriverLab.deletions(List.of(old)));
        changes.addAll(DriverLab.creations(List.of(with(old, Map.of("mtu", 9000)))));
        changes.add(new io.vnetc.applier.kinds.Change<>(Optional.of(kept), Optional.of(changed), Optional.empty()));

        var outcome = lab.moveAll(BRIDGES, changes);

        assertThat(outcome.done()).isEqualTo(changes);
        assertThat(lab.owned()).containsExactlyInAnyOrder(with(old, Map.of("mtu", 9000)), changed);
    }

    @Test
    void theFirstRouterAdvertisementFindsTheHostDeafAndForeignLinksAreAsBefore() {
        lab.space.exec("ip", "link", "add", "eno1", "type", "bridge");
        lab.space.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        lab.space.exec("ip", "link", "set", "v1", "up");
        lab.space.exec("ip", "link", "set", "v0", "master", "eno1", "up");
        lab.space.exec("ip", "link", "set", "eno1", "up");
        assertThat(sysctl("ipv6", "eno1", "accept_ra")).isEqualTo("1");
        NamespaceSnapshot before = lab.snapshot();

        lab.make(BRIDGES, bridge("vbr-a"));

        lab.snapshot()
                .since(before)
                .outside(change -> change.key().contains("vbr-a"))
                .requireNone("making a bridge beside an uplink that listens to routers");
    }

    @Test
    void goingDownLosesNoIpv4Address() {
        Bridge made = bridge("vbr-a");
        lab.make(BRIDGES, made);
        BridgeAddress address = new BridgeAddress(made.name(), made.owner(), InterfaceAddress.parse("10.0.0.1/24"));
        lab.make(ADDRESSES, address);

        lab.change(BRIDGES, made, with(made, Map.of("up", false)));

        assertThat(lab.owned()).contains((Resource) address);
    }

    @Test
    void foreignLinksShowWithWhatTheyAre() {
        lab.make(BRIDGES, bridge("vbr-a"));
        lab.space.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        lab.space.exec("ip", "link", "set", "v0", "master", "vbr-a", "address", "02:00:00:00:00:01", "up");
        lab.space.exec("ip", "link", "set", "v0", "alias", "a\u001b[2Jb");

        assertThat(lab.observe(new ResourceAddress("link", "v0")).orElseThrow().resource())
                .isEqualTo(new ForeignLink(
                        "v0",
                        "veth",
                        1500,
                        Optional.of(MacAddress.parse("02:00:00:00:00:01")),
                        true,
                        Optional.empty(),
                        Optional.of("a?[2Jb")));
        assertThat(lab.observe(new ResourceAddress("port", "v0")).orElseThrow().resource())
                .isEqualTo(new UplinkPort(
                        DriverLab.name("v0"), Optional.of(DriverLab.name("vbr-a")), BridgePort.DEFAULT, true));
        assertThat(((ForeignLink) lab.observe(new ResourceAddress("link", "lo"))
                                .orElseThrow()
                                .resource())
                        .type())
                .isEqualTo("loopback");
        assertThat(lab.observe(new ResourceAddress("link", "vbr-a"))).isEmpty();
    }

    private static List<Bridge> bridges(int count) {
        return IntStream.range(0, count).mapToObj(i -> bridge("vbr-" + i)).toList();
    }

    private JsonObject link(String name) {
        return lab.space
                .json("ip", "-d", "-j", "link", "show", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private String sysctl(String family, String link, String key) {
        return lab.space
                .exec("cat", "/proc/sys/net/" + family + "/conf/" + link + "/" + key)
                .strip();
    }

    private void setSysctl(String family, String link, String key, String value) {
        lab.space.exec("sh", "-c", "echo " + value + " > /proc/sys/net/" + family + "/conf/" + link + "/" + key);
    }

    /** The bridge with some of its attributes, by the names of the record's components, exchanged. */
    static Bridge with(Bridge old, Map<String, Object> changed) {
        return new Bridge(
                old.name(),
                (Owner) changed.getOrDefault("owner", old.owner()),
                (MacAddress) changed.getOrDefault("mac", old.mac()),
                (Integer) changed.getOrDefault("mtu", old.mtu()),
                (Boolean) changed.getOrDefault("stp", old.stp()),
                (Integer) changed.getOrDefault("forwardDelay", old.forwardDelay()),
                (Boolean) changed.getOrDefault("ipv4Forwarding", old.ipv4Forwarding()),
                (Boolean) changed.getOrDefault("ipv6", old.ipv6()),
                (Boolean) changed.getOrDefault("ipv6Forwarding", old.ipv6Forwarding()),
                (Boolean) changed.getOrDefault("up", old.up()));
    }
}
