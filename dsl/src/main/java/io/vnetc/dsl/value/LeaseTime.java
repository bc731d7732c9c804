// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a DHCP lease holds.
 *
 * @param duration at least two minutes, which is the least that dnsmasq grants; absent: for ever
 */
public record LeaseTime(Optional<Duration> duration) {
    private static final Duration LEAST = Duration.ofMinutes(2);

    /** What is granted where nothing is said: an hour, as dnsmasq does. */
    public static final LeaseTime DEFAULT = new LeaseTime(Optional.of(Duration.ofHours(1)));

    public static final LeaseTime INFINITE = new LeaseTime(Optional.empty());

    public LeaseTime {
        if (duration.isPresent() && duration.get().compareTo(LEAST) < 0) {
            throw new LiteralException(
                    "a lease of " + Durations.print(duration.get()) + " is too short: dnsmasq grants 2m at least");
        }
    }

    public static LeaseTime of(Duration duration) {
        return new LeaseTime(Optional.of(duration));
    }

    @Override
    public String toString() {
        return duration.map(Durations::print).orElse("infinite");
    }
}
