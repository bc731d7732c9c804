// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.HtbClass;
import io.vnetc.compiler.kind.HtbClass.Queue;
import io.vnetc.compiler.kind.Ifb;
import io.vnetc.compiler.kind.MacFilter;
import io.vnetc.compiler.kind.MacFilter.Side;
import io.vnetc.compiler.kind.Redirect;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.lower.Shares.Sharer;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.model.Qos;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * QoS as classes of htb. What goes to a guest leaves by its tap, and what goes to a network's guests from elsewhere leaves
 * by the bridge: they are shaped at the root of these. What comes from there goes through an ifb, and is shaped at its root
 * in the same way: queued, and not thrown away as a policer would. What guests of one bridge send each other never passes
 * the bridge's own link, so that the network's rates do not count it; a NIC's do.
 *
 * <p>On the bridge each guest has a class of its own, found by its MAC whatever the protocol: the network's average is
 * shared out among them equally, but that nobody has less than his floor nor more than his own limit, and what one does
 * not use the others borrow in turns.
 */
final class QosLowering {
    /** Of a network: what all of its classes borrow from. */
    private static final int WHOLE = 1;
    /** Of a network: broadcasts, and guests that it does not know. */
    private static final int REST = 2;
    /** Of a NIC: its only class. */
    private static final int ALL = 1;

    /** A class without any rate is refused by htb. */
    private static final long LEAST_RATE = HtbClass.octets(Rate.parse("8kbit"));
    /** Where the source gives no burst: what timers of 1 ms and a busy host need to keep a rate, and two full frames. */
    private static final int BURST_MILLISECONDS = 5;

    private static final long LEAST_BURST = 3_200;

    /** Where the kernel has no fair queue: what its packets wait at most, but room for two of the largest there are. */
    private static final int QUEUE_MILLISECONDS = 100;

    private static final long LEAST_QUEUE = 2 * 65_536L;
    private static final long MOST_QUEUE = 64L << 20;

    /** A turn: 10 ms of the rate, between a full frame and the largest packet that a guest can hand over (GSO). */
    private static final int TURN_MILLISECONDS = 10;

    private static final long LEAST_TURN = 1_600;
    private static final long MOST_TURN = 65_536;

    private final Set<Feature> features;
    private final List<Entry> entries = new ArrayList<>();

    private QosLowering(Set<Feature> features) {
        this.features = features;
    }

    static List<Entry> lower(HostNetworks networks, Surroundings surroundings) {
        QosLowering lowering = new QosLowering(surroundings.features());
        List<Nic> nics = networks.nics();
        for (Network network : networks.ours()) {
            network.qos()
                    .ifPresent(qos -> lowering.network(
                            network,
                            qos,
                            nics.stream()
                                    .filter(nic -> nic.isOn(network.name()))
                                    .toList()));
        }
        for (Nic nic : nics) {
            nic.attachment().link().ifPresent(link -> nic.qos().ifPresent(qos -> lowering.nic(nic, link, qos)));
        }
        return lowering.entries;
    }

    private void network(Network network, Qos qos, List<Nic> nics) {
        InterfaceName bridge = network.bridge().name();
        qos.inbound()
                .filter(limit -> limit.average().isPresent())
                .ifPresent(limit -> add(shared(bridge, network.owner(), limit, nics, Side.DST), network.origin()));
        qos.outbound().filter(limit -> limit.average().isPresent()).ifPresent(limit -> {
            InterfaceName ifb = redirect(bridge, network.owner(), network.origin());
            add(shared(ifb, network.owner(), limit, nics, Side.SRC), network.origin());
        });
    }

    /**
     * What a tap's guest gets is what the tap sends, and a macvtap sends what its guest does.
     */
    private void nic(Nic nic, InterfaceName link, Qos qos) {
        boolean isMacvtap = nic.attachment() instanceof Attachment.Macvtap;
        Optional<Qos.Limit> sent = isMacvtap ? qos.outbound() : qos.inbound();
        Optional<Qos.Limit> taken = isMacvtap ? qos.inbound() : qos.outbound();
        sent.filter(limit -> limit.average().isPresent())
                .ifPresent(limit -> add(single(link, nic.owner(), limit), nic.origin()));
        taken.filter(limit -> limit.average().isPresent()).ifPresent(limit -> {
            InterfaceName ifb = redirect(link, nic.owner(), nic.origin());
            add(single(ifb, nic.owner(), limit), nic.origin());
        });
    }

    private InterfaceName redirect(InterfaceName link, Owner owner, Origin origin) {
        InterfaceName ifb = Ifb.nameFor(link);
        entries.add(Entry.owned(new Ifb(ifb, owner, true), origin));
        entries.add(Entry.owned(new Redirect(link, owner, Optional.of(ifb)), origin));
        return ifb;
    }

    private void add(Shaping shaping, Origin origin) {
        entries.add(Entry.owned(shaping, origin));
    }

    private Shaping single(InterfaceName link, Owner owner, Qos.Limit limit) {
        long rate = HtbClass.octets(limit.average().orElseThrow());
        long ceil = HtbClass.octets(limit.most().orElseThrow());
        long burst = burst(limit, rate);
        HtbClass only = new HtbClass(
                ALL, 0, rate, ceil, burst, ceilBurst(limit, ceil, burst), turn(rate), Optional.of(queue(ceil)));
        return new Shaping(link, owner, ALL, List.of(only), List.of());
    }

    private Shaping shared(InterfaceName link, Owner owner, Qos.Limit limit, List<Nic> nics, Side side) {
        long rate = HtbClass.octets(limit.average().orElseThrow());
        long ceil = HtbClass.octets(limit.most().orElseThrow());
        long burst = burst(limit, rate);
        List<HtbClass> classes = new ArrayList<>();
        classes.add(new HtbClass(WHOLE, 0, rate, ceil, burst, ceilBurst(limit, ceil, burst), 0, Optional.empty()));

        List<Sharer> sharers = new ArrayList<>();
        sharers.add(new Sharer(0, ceil));
        nics.forEach(nic -> sharers.add(sharer(nic, side, ceil)));
        long level = Shares.level(sharers, rate, LEAST_RATE);
        classes.add(leaf(REST, level, sharers.get(0), turn(rate)));
        SortedMap<MacAddress, Integer> ids =
                ClassIds.of(nics.stream().map(Nic::mac).toList());
        List<MacFilter> filters = new ArrayList<>();
        for (int i = 0; i < nics.size(); i++) {
            MacAddress mac = nics.get(i).mac();
            classes.add(leaf(ids.get(mac), level, sharers.get(i + 1), turn(rate)));
            filters.add(MacFilter.of(side, mac, ids.get(mac)));
        }
        return new Shaping(link, owner, REST, classes, filters);
    }

    private static Sharer sharer(Nic nic, Side side, long ceil) {
        Optional<Qos.Limit> own = nic.qos().flatMap(side == Side.DST ? Qos::inbound : Qos::outbound);
        long cap = own.flatMap(Qos.Limit::most).map(HtbClass::octets).orElse(ceil);
        long floor = own.flatMap(Qos.Limit::floor).map(HtbClass::octets).orElse(0L);
        return new Sharer(Math.min(floor, ceil), Math.max(Math.min(cap, ceil), Math.min(floor, ceil)));
    }

    private HtbClass leaf(int minor, long level, Sharer sharer, int turn) {
        long rate = sharer.at(level);
        long burst = HtbClass.rounded(standardBurst(rate), rate);
        long ceilBurst = HtbClass.rounded(standardBurst(sharer.cap()), sharer.cap());
        return new HtbClass(minor, WHOLE, rate, sharer.cap(), burst, ceilBurst, turn, Optional.of(queue(sharer.cap())));
    }

    private static long burst(Qos.Limit limit, long rate) {
        return HtbClass.rounded(limit.burst().map(ByteSize::bytes).orElse(standardBurst(rate)), rate);
    }

    /** Where there is no peak a burst goes out as fast as the link takes it. */
    private static long ceilBurst(Qos.Limit limit, long ceil, long burst) {
        return limit.peak().isPresent() ? HtbClass.rounded(standardBurst(ceil), ceil) : burst;
    }

    private static long standardBurst(long rate) {
        return Math.max(LEAST_BURST, rate / 1_000 * BURST_MILLISECONDS);
    }

    private static int turn(long rate) {
        return (int) Math.max(LEAST_TURN, Math.min(MOST_TURN, rate / 1_000 * TURN_MILLISECONDS));
    }

    private Queue queue(long rate) {
        if (features.contains(Feature.FQ_CODEL)) {
            return new Queue("fq_codel", 0);
        }
        return features.contains(Feature.SFQ)
                ? new Queue("sfq", 0)
                : new Queue("bfifo", Math.max(LEAST_QUEUE, Math.min(MOST_QUEUE, rate / 1_000 * QUEUE_MILLISECONDS)));
    }
}
