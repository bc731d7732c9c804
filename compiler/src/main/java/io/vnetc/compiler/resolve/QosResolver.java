// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Qos;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Limit;
import io.vnetc.dsl.vnet.VnetPackage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EStructuralFeature;

/** The {@code qos} of a network, a portgroup or a NIC, as far as it can be judged by itself. */
final class QosResolver {
    /** Below it a single full frame takes more than 12 s. */
    private static final Rate LEAST = Rate.parse("1kbit");
    /** More than any link has, and far from where the kernel's 64 bits end. */
    private static final Rate MOST = Rate.parse("10tbit");
    /** htb forgets tokens that are older than a minute: {@code mbuffer} in net/sched/sch_htb.c. */
    private static final int MOST_BURST_SECONDS = 60;

    private final Resolution resolution;

    QosResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /** Of a portgroup or a NIC; empty where it says nothing. */
    Optional<Qos> resolve(io.vnetc.dsl.vnet.Qos block) {
        Optional<Qos.Limit> inbound = only(block.getInbound()).map(limit -> limit(limit, "inbound"));
        only(block.getOutbound())
                .ifPresent(limit -> refuseFloor(
                        limit,
                        "a `floor` is kept for what goes to guests; for what comes from them there is none to keep",
                        "remove `floor`, or give it to `inbound`"));
        Optional<Qos.Limit> outbound = only(block.getOutbound()).map(limit -> limit(limit, "outbound"));
        return inbound.isEmpty() && outbound.isEmpty() ? Optional.empty() : Optional.of(new Qos(inbound, outbound));
    }

    /** Of a network. */
    Optional<Qos> ofNetwork(io.vnetc.dsl.vnet.Qos block) {
        only(block.getInbound())
                .ifPresent(limit -> refuseFloor(
                        limit,
                        "a `floor` is what a network keeps for a guest; the network itself has nobody to take it from",
                        "remove `floor`, or give it to portgroups or NICs"));
        return resolve(block);
    }

    private Qos.Limit limit(Limit limit, String direction) {
        Optional<Rate> average = rate(limit.getAverages());
        Optional<Rate> peak = rate(limit.getPeaks());
        Optional<ByteSize> burst = only(limit.getBursts()).flatMap(resolution.values()::size);
        Optional<Rate> floor = rate(limit.getFloors());
        if (limit.getAverages().isEmpty()
                && (!limit.getPeaks().isEmpty() || !limit.getBursts().isEmpty())) {
            resolution.error(
                    DiagnosticCode.QOS_AVERAGE,
                    resolution.place(limit),
                    "`" + direction + "` says how it may burst, and not which rate holds over time",
                    "add `average RATE`, as in `average 100mbit`");
        }
        average.ifPresent(held -> {
            peak.filter(most -> most.compareTo(held) < 0)
                    .ifPresent(most -> resolution.report(Diagnostic.error(
                                    DiagnosticCode.QOS_PEAK,
                                    place(limit, VnetPackage.Literals.LIMIT__PEAKS),
                                    "the peak of " + most + " is below the average of " + held)
                            .withHint("make the peak at least " + held + ", or lower the average")
                            .withRelated(place(limit, VnetPackage.Literals.LIMIT__AVERAGES), "the average")));
            burst.ifPresent(size -> checkBurst(limit, held, size));
        });
        Optional<Rate> most = peak.or(() -> average);
        floor.filter(kept -> most.isPresent() && kept.compareTo(most.get()) > 0)
                .ifPresent(kept -> resolution.warning(
                        DiagnosticCode.QOS_USELESS,
                        place(limit, VnetPackage.Literals.LIMIT__FLOORS),
                        "the floor of " + kept + " is never reached: no more than " + most.get() + " may pass",
                        "lower the floor to " + most.get() + ", or raise the average"));
        return new Qos.Limit(average, peak, burst, floor);
    }

    private Optional<Rate> rate(List<Expression> written) {
        return only(written)
                .flatMap(expression -> resolution.values().rate(expression).filter(rate -> isHeld(expression, rate)));
    }

    private boolean isHeld(Expression written, Rate rate) {
        boolean low = rate.compareTo(LEAST) < 0;
        boolean held = !low && rate.compareTo(MOST) <= 0;
        if (!held) {
            resolution.error(
                    DiagnosticCode.QOS_RATE,
                    resolution.place(written),
                    low
                            ? "at " + rate + " a single packet takes longer than any protocol waits"
                            : rate + " is more than any link has, and no limit",
                    "choose a rate from " + LEAST + " to " + MOST);
        }
        return held;
    }

    private void checkBurst(Limit limit, Rate average, ByteSize burst) {
        BigInteger most =
                BigInteger.valueOf(average.bitsPerSecond() / 8).multiply(BigInteger.valueOf(MOST_BURST_SECONDS));
        if (burst.bytes() == 0 || BigInteger.valueOf(burst.bytes()).compareTo(most) > 0) {
            resolution.error(
                    DiagnosticCode.QOS_BURST,
                    place(limit, VnetPackage.Literals.LIMIT__BURSTS),
                    burst.bytes() == 0
                            ? "with a burst of nothing no packet could pass"
                            : "a burst of " + burst + " is more than " + MOST_BURST_SECONDS + " s of the average of "
                                    + average + ", and the kernel saves up no more",
                    "choose a burst from 1b to " + most + "b, or remove `burst`");
        }
    }

    private void refuseFloor(Limit limit, String message, String hint) {
        if (!limit.getFloors().isEmpty()) {
            resolution.error(
                    DiagnosticCode.FLOOR_NOT_HERE, place(limit, VnetPackage.Literals.LIMIT__FLOORS), message, hint);
        }
    }

    private SourceRange place(Limit limit, EStructuralFeature feature) {
        return resolution.place(limit, feature);
    }
}
