// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a DHCP lease holds.
 *
 * @param duration at least a second, though dnsmasq grants two minutes at least; absent: for ever
 */
public record LeaseTime(Optional<Duration> duration) {
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** What is granted where nothing is said: an hour, as dnsmasq does. */
    public static final LeaseTime DEFAULT = new LeaseTime(Optional.of(Duration.ofHours(1)));

    public static final LeaseTime INFINITE = new LeaseTime(Optional.empty());

    public LeaseTime {
        if (duration.isPresent() && duration.get().compareTo(LEAST) < 0) {
            throw new LiteralException(
                    "a lease of " + Durations.print(duration.get()) + " is too short: dnsmasq counts in seconds");
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
