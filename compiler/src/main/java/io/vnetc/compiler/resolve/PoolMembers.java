// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.Pool.Member;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.PciAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which device of a pool each card is: of the link that has given the fewest, of equals the one that is named first, the
 * lowest that is free; in the order of the source, so that a guest that is added at its end moves no other.
 */
final class PoolMembers {
    private static final int MOST_NAMED = 8;

    private final Resolution resolution;
    /** Of each pool, who has what. */
    private final Map<String, Map<Member, String>> holders = new HashMap<>();

    PoolMembers(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * A device for a card.
     *
     * @param card as messages name it, {@code web.eth0}
     * @return empty where there is none left, which is reported
     */
    Optional<Member> choose(Pool pool, String card, Supplier<SourceRange> where) {
        Map<Member, String> taken = holders.computeIfAbsent(pool.name(), absent -> new LinkedHashMap<>());
        Optional<Member> best = pool.devices().isEmpty() ? function(pool, taken) : device(pool, taken);
        if (best.isPresent()) {
            taken.put(best.get(), card);
        } else if (!pool.devices().isEmpty() || !pool.physical().isEmpty()) {
            exhausted(pool, taken, card, where);
        }
        return best;
    }

    private static Optional<Member> device(Pool pool, Map<Member, String> taken) {
        for (PciAddress address : pool.devices()) {
            Member member = new Member.Device(address);
            if (!taken.containsKey(member)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** Of a link the functions are given in order, so that the number of those given is the lowest that is free. */
    private static Optional<Member> function(Pool pool, Map<Member, String> taken) {
        Optional<Member.VirtualFunction> best = Optional.empty();
        for (Pool.Physical physical : pool.physical()) {
            int given = (int) taken.keySet().stream()
                    .filter(member -> member instanceof Member.VirtualFunction function
                            && function.physical().equals(physical.link()))
                    .count();
            boolean free = physical.functions().map(most -> given < most).orElse(true);
            if (free && best.map(other -> given < other.number()).orElse(true)) {
                best = Optional.of(new Member.VirtualFunction(physical.link(), given));
            }
        }
        return best.map(function -> function);
    }

    private void exhausted(Pool pool, Map<Member, String> taken, String card, Supplier<SourceRange> where) {
        String held = taken.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry -> "`" + entry.getValue() + "` has " + entry.getKey())
                .collect(Collectors.joining(", "));
        List<String> rest = new ArrayList<>();
        if (taken.size() > MOST_NAMED) {
            rest.add(" and " + (taken.size() - MOST_NAMED) + " more are given");
        }
        resolution.report(Diagnostic.error(
                        DiagnosticCode.POOL_EXHAUSTED,
                        where.get(),
                        "the pool `" + pool.name() + "` has no device left for `" + card + "`: " + held
                                + String.join("", rest))
                .withHint(
                        pool.devices().isEmpty()
                                ? "raise its `vfs`, as far as the card has them, or add another link with `sriov`"
                                : "add another device with `pci`"));
    }
}
