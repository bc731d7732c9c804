// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.kind.ForeignQdisc;
import io.vnetc.compiler.kind.HtbClass;
import io.vnetc.compiler.kind.HtbClass.Queue;
import io.vnetc.compiler.kind.Ifb;
import io.vnetc.compiler.kind.MacFilter;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.Redirect;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShapingDriverTest {
    private static final InterfaceName BRIDGE = name("vbr-a");
    private static final Owner OWNER = Owner.network("vbr-a");
    private static final ShapingDriver SHAPINGS = new ShapingDriver();
    private static final RedirectDriver REDIRECTS = new RedirectDriver();
    private static final IfbDriver IFBS = new IfbDriver();

    private final DriverLab lab = new DriverLab();

    @BeforeEach
    void aBridge() {
        lab.make(BRIDGES, bridge("vbr-a"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static HtbClass leaf(int minor, int parent, long rate, long ceil, long burst) {
        return new HtbClass(
                minor,
                parent,
                rate,
                ceil,
                HtbClass.rounded(burst, rate),
                HtbClass.rounded(burst, ceil),
                2_000,
                Optional.of(new Queue("bfifo", 200_000)));
    }

    private static HtbClass whole(long rate) {
        return new HtbClass(
                1, 0, rate, rate, HtbClass.rounded(15_000, rate), HtbClass.rounded(15_000, rate), 0, Optional.empty());
    }

    private static MacFilter filter(MacFilter.Side side, int minor) {
        return MacFilter.of(side, new MacAddress(0x5254_0000_0000L | minor), minor);
    }

    private static Shaping shaping(List<HtbClass> classes, List<MacFilter> filters) {
        return new Shaping(BRIDGE, OWNER, 2, classes, filters);
    }

    @Test
    void whatIsMadeIsReadBackAsItWasAskedAndIsWhatTcShows() {
        Shaping wanted = shaping(
                List.of(
                        whole(12_500_000),
                        leaf(2, 1, 1_000, 2_000, 4_096),
                        leaf(0x10ab, 1, 12_345_678, 12_500_000, 15_000)),
                List.of(filter(MacFilter.Side.DST, 0x10ab), filter(MacFilter.Side.SRC, 2)));

        lab.make(SHAPINGS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        JsonObject root = find(lab.space.json("tc", "-j", "qdisc", "show", "dev", "vbr-a"), "kind", "htb");
        assertThat(root.get("handle").getAsString()).isEqualTo("7676:");
        assertThat(root.get("root").getAsBoolean()).isTrue();
        assertThat(root.getAsJsonObject("options").get("default").getAsString()).isEqualTo("0x2");
        // The JSON that iproute2 6.1 prints of classes is none.
        assertThat(lab.space.exec("tc", "class", "show", "dev", "vbr-a"))
                .contains(
                        "class htb 7676:10ab parent 7676:1 leaf 10ab: prio 0 rate 98765Kbit ceil 100Mbit burst ",
                        "class htb 7676:2 parent 7676:1 leaf 2: prio 0 rate 8Kbit ceil 16Kbit burst 4Kb cburst 4Kb");
        assertThat(lab.space.exec("tc", "filter", "show", "dev", "vbr-a"))
                .contains("protocol all pref 30326 u32", "flowid 7676:10ab", "match 00005254/0000ffff at -16");
    }

    /** 40 gbit are more than 32 bits of octets a second. */
    @Test
    void ratesAreOf64Bits() {
        Shaping wanted = shaping(List.of(leaf(2, 0, 5_000_000_000L, 1_250_000_000_000L, 25_000_000)), List.of());

        lab.make(SHAPINGS, wanted);

        assertThat(lab.observe(wanted.address())).contains(Entry.observed(wanted, Standing.OWNED));
        assertThat(lab.space.exec("tc", "class", "show", "dev", "vbr-a")).contains("rate 40Gbit", "ceil 10Tbit");
    }

    @Test
    void anyShapingBecomesAnyOtherAndGoesWithoutATrace() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        NamespaceSnapshot before = lab.snapshot();
        Shaping now = random(random);
        lab.make(SHAPINGS, now);
        for (int round = 0; round < Integer.getInteger("rounds", 12); round++) {
            Shaping next = random(random);
            lab.change(SHAPINGS, now, next);
            assertThat(lab.observe(next.address()).map(Entry::resource))
                    .as("from %s, seed %d", now, seed)
                    .contains(next);
            now = next;
        }
        lab.delete(SHAPINGS, now);
        lab.snapshot().since(before).requireNone("a shaping that was taken away (seed " + seed + ")");
    }

    private static Shaping random(Random random) {
        List<HtbClass> classes = new ArrayList<>(List.of(whole(1_000 + random.nextInt(100_000_000))));
        List<MacFilter> filters = new ArrayList<>();
        TreeSet<Integer> minors = new TreeSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            minors.add(0x10 + random.nextInt(8));
        }
        minors.add(2);
        for (int minor : minors) {
            long rate = 1L + random.nextInt(200_000_000);
            classes.add(leaf(minor, 1, rate, rate + random.nextInt(1_000), 1 + random.nextInt(100_000)));
            if (random.nextInt(4) > 0) {
                filters.add(filter(random.nextBoolean() ? MacFilter.Side.DST : MacFilter.Side.SRC, minor));
            }
        }
        return shaping(classes, filters);
    }

    @Test
    void otherRatesLeaveTheFiltersAlone() {
        List<MacFilter> filters = List.of(filter(MacFilter.Side.DST, 2));
        Shaping slow = shaping(List.of(whole(5_000_000), leaf(2, 1, 2_500_000, 5_000_000, 12_800)), filters);
        Shaping fast = shaping(List.of(whole(6_000_000), leaf(2, 1, 3_500_000, 6_000_000, 12_800)), filters);
        lab.make(SHAPINGS, slow);
        String before = lab.space.exec("tc", "filter", "show", "dev", "vbr-a");

        lab.change(SHAPINGS, slow, fast);

        assertThat(lab.observe(fast.address()).map(Entry::resource)).contains(fast);
        assertThat(lab.space.exec("tc", "filter", "show", "dev", "vbr-a")).isEqualTo(before);
    }

    @Test
    void whatPeopleAreShownMakesTheSame() {
        Shaping wanted = shaping(
                List.of(
                        whole(5_000_000),
                        leaf(2, 1, 2_500_000, 5_000_000, 12_800),
                        leaf(0x20, 1, 2_500_000, 5_000_000, 12_800)),
                List.of(filter(MacFilter.Side.DST, 0x20), filter(MacFilter.Side.SRC, 2)));
        Shaping.KIND.commands(Optional.empty(), Optional.of(wanted)).forEach(this::shell);

        Shaping made = (Shaping) lab.observe(wanted.address()).orElseThrow().resource();
        assertThat(made.filters()).isEqualTo(wanted.filters());
        assertThat(made.classes()).extracting(HtbClass::rate).containsExactly(5_000_000L, 2_500_000L, 2_500_000L);
        assertThat(made.classes())
                .extracting(HtbClass::queue)
                .containsExactlyElementsOf(
                        wanted.classes().stream().map(HtbClass::queue).toList());
    }

    @Test
    void aRefusedChangeLeavesWhatWasThere() {
        Shaping now = shaping(List.of(whole(5_000_000), leaf(2, 1, 2_500_000, 5_000_000, 12_800)), List.of());
        lab.make(SHAPINGS, now);
        HtbClass broken =
                new HtbClass(0x20, 1, 1_000, 1_000, 1_600, 1_600, 2_000, Optional.of(new Queue("no_such_queue", 0)));
        Shaping impossible = shaping(
                List.of(whole(6_000_000), leaf(2, 1, 3_000_000, 6_000_000, 12_800), broken),
                List.of(filter(MacFilter.Side.DST, 2)));

        assertThatThrownBy(() -> lab.change(SHAPINGS, now, impossible))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("vbr-a");

        assertThat(lab.observe(now.address()).map(Entry::resource)).contains(now);
    }

    @Test
    void somebodyElsesQdiscIsSeenAndNotTouched() {
        shell("tc qdisc add dev vbr-a root handle 8001: tbf rate 10mbit burst 10k limit 10k");
        shell("tc qdisc add dev vbr-a clsact");
        NamespaceSnapshot before = lab.snapshot();

        assertThat(lab.observe().state().entries().values())
                .extracting(Entry::resource)
                .contains(
                        new ForeignQdisc(BRIDGE, false, "tbf", "8001:"),
                        new ForeignQdisc(BRIDGE, true, "clsact", "ffff:"));
        Shaping wanted = shaping(List.of(leaf(2, 0, 1_000, 1_000, 1_600)), List.of());
        DriverLab.Outcome<Shaping> outcome =
                lab.moveAll(SHAPINGS, List.of(new Change<>(Optional.empty(), Optional.of(wanted), Optional.empty())));
        assertThat(outcome.failure()).isPresent();
        lab.snapshot().since(before).requireNone("a shaping where somebody else's is");
    }

    @Test
    void whatSomebodyHasChangedIsSeen() {
        Shaping wanted = shaping(
                List.of(whole(5_000_000), leaf(2, 1, 2_500_000, 5_000_000, 12_800)),
                List.of(filter(MacFilter.Side.DST, 2)));
        lab.make(SHAPINGS, wanted);
        shell("tc class change dev vbr-a parent 7676:1 classid 7676:2 htb rate 1mbit ceil 2mbit");
        shell("tc class add dev vbr-a parent 7676:1 classid 7676:3 htb rate 1mbit");
        shell("tc qdisc add dev vbr-a parent 7676:3 handle 99: pfifo limit 7");
        shell("tc filter add dev vbr-a parent 7676: protocol ip pref 5 u32 match ip dst 10.0.0.1 flowid 7676:3");

        Shaping seen = (Shaping) lab.observe(wanted.address()).orElseThrow().resource();
        assertThat(seen).isNotEqualTo(wanted);
        lab.change(SHAPINGS, seen, wanted);

        assertThat(lab.observe(wanted.address()).map(Entry::resource)).contains(wanted);
    }

    @Test
    void aRedirectIsReadBackAndGoesWithoutATrace() {
        NamespaceSnapshot before = lab.snapshot();
        Ifb one = new Ifb(name("vib-a"), OWNER, true);
        Ifb two = new Ifb(name("vib-b"), OWNER, true);
        lab.make(IFBS, one);
        lab.make(IFBS, two);
        assertThat(lab.observe(one.address())).contains(Entry.observed(one, Standing.OWNED));
        JsonObject link = lab.space
                .json("ip", "-d", "-j", "link", "show", "dev", "vib-a")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(link.get("ifalias").getAsString()).isEqualTo("vnet:network/vbr-a");
        assertThat(link.get("group").getAsString()).isEqualTo("" + Marks.LINK_GROUP);
        assertThat(lab.space.exec("ip", "address", "show", "dev", "vib-a")).doesNotContain("inet6");

        Redirect first = new Redirect(BRIDGE, OWNER, Optional.of(name("vib-a")));
        Redirect second = new Redirect(BRIDGE, OWNER, Optional.of(name("vib-b")));
        lab.make(REDIRECTS, first);
        assertThat(lab.observe(first.address())).contains(Entry.observed(first, Standing.OWNED));
        assertThat(lab.space.exec("tc", "filter", "show", "dev", "vbr-a", "ingress"))
                .contains("mirred (Egress Redirect to device vib-a) stolen");
        lab.change(REDIRECTS, first, second);
        assertThat(lab.observe(first.address()).map(Entry::resource)).contains(second);

        lab.delete(REDIRECTS, second);
        lab.delete(IFBS, one);
        lab.delete(IFBS, two);
        lab.snapshot().since(before).requireNone("a redirect that was taken away");
    }

    @Test
    void whatSomebodyHasHungOnOurRedirectStays() {
        Redirect redirect = new Redirect(BRIDGE, OWNER, Optional.of(name("vib-a")));
        lab.make(IFBS, new Ifb(name("vib-a"), OWNER, true));
        lab.make(REDIRECTS, redirect);
        shell(
                "tc filter add dev vbr-a ingress protocol ip pref 5 u32 match ip dst 10.0.0.1 action mirred egress redirect"
                        + " dev lo");

        lab.delete(REDIRECTS, redirect);

        assertThat(lab.space.exec("tc", "filter", "show", "dev", "vbr-a", "ingress"))
                .contains("pref 5")
                .doesNotContain("30326");
        assertThat(lab.observe().state().entries().values())
                .extracting(Entry::resource)
                .contains(new ForeignQdisc(BRIDGE, true, "ingress", "ffff:"));
    }

    @Test
    void whatAKilledRunLeftIsOurs() {
        shell("ip link add vib-a group " + Marks.LINK_GROUP + " type ifb");
        shell("tc qdisc add dev vbr-a ingress");
        shell("tc qdisc add dev vbr-a root handle 7676: htb default 2");

        assertThat(lab.owned())
                .contains(
                        new Ifb(name("vib-a"), LinkView.REMAINS, false),
                        new Redirect(BRIDGE, OWNER, Optional.empty()),
                        shaping(List.of(), List.of()));
    }

    private void shell(String line) {
        lab.space.exec(line.split(" "));
    }

    private static JsonObject find(JsonElement list, String key, String value) {
        for (JsonElement each : list.getAsJsonArray()) {
            JsonObject object = each.getAsJsonObject();
            if (object.has(key) && object.get(key).getAsString().equals(value)) {
                return object;
            }
        }
        throw new AssertionError(value + " is not in " + list);
    }
}
