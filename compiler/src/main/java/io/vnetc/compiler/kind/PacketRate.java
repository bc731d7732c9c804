// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Permission.PacketLimit;

/**
 * Packets in a time, as the kernel keeps it: the time for one packet, in ten-thousandths of a second, and how many may
 * come at once.
 *
 * @param period 1 (10,000 a second) to a day's
 * @param burst at least 1
 */
public record PacketRate(int period, int burst) {
    /** XT_LIMIT_SCALE of linux/netfilter/xt_limit.h. */
    private static final int SCALE = 10_000;
    /** What iptables takes when nothing is said; then iptables-save says nothing either. */
    private static final int USUAL_BURST = 5;
    /** The fastest that the kernel counts. */
    public static final int MOST_PER_SECOND = SCALE;

    private enum Unit {
        DAY("day", 86_400),
        HOUR("hour", 3_600),
        MINUTE("min", 60),
        SECOND("sec", 1);

        private final String text;
        private final int seconds;

        Unit(String text, int seconds) {
            this.text = text;
            this.seconds = seconds;
        }

        private int ticks() {
            return seconds * SCALE;
        }
    }

    public PacketRate {
        requireRange(period, 1, Unit.DAY.ticks());
        // The product must fit 32 bits (limit_mt_check of net/netfilter/xt_limit.c); a day's worth leaves some room.
        requireRange(burst, 1, Math.max(1, Unit.DAY.ticks() / period));
    }

    /**
     * The rate of a source's limit. So many may come at once as in a tenth of a second, for the kernel counts in ticks; five
     * where these are more, and never more than the limit itself.
     */
    public static PacketRate of(PacketLimit limit) {
        int seconds = switch (limit.per()) {
            case SECOND -> 1;
            case MINUTE -> 60;
            case HOUR -> 3_600;
            case DAY -> 86_400;
        };
        int atOnce = Math.max(USUAL_BURST, limit.packets() / seconds / 10);
        int burst = Math.min(atOnce, limit.packets());
        PacketRate asked = new PacketRate(seconds * SCALE / limit.packets(), burst);
        // As it is printed, which is not always to the same ten-thousandth.
        return parse(asked.average(), Integer.toString(burst));
    }

    private static void requireRange(int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(number + " is not from " + least + " to " + most);
        }
    }

    String iptables() {
        return "--limit " + average() + (burst == USUAL_BURST ? "" : " --limit-burst " + burst);
    }

    String ebtables() {
        return "--limit " + average() + " --limit-burst " + burst;
    }

    /** As print_rate() of libxt_limit.c does it: the smallest unit of which it is about a whole number. */
    private String average() {
        Unit fitting = Unit.DAY;
        for (Unit unit : Unit.values()) {
            if (unit != Unit.DAY && (period > unit.ticks() || unit.ticks() / period < unit.ticks() % period)) {
                break;
            }
            fitting = unit;
        }
        return fitting.ticks() / period + "/" + fitting.text;
    }

    /** Reads {@code 100/sec}, as it is printed. */
    static PacketRate parse(String average, String burst) {
        int slash = average.indexOf('/');
        String name = average.substring(slash + 1);
        for (Unit unit : Unit.values()) {
            if (unit.text.equals(name)) {
                return new PacketRate(
                        unit.ticks() / Integer.parseInt(average.substring(0, slash)), Integer.parseInt(burst));
            }
        }
        throw new IllegalArgumentException("another unit of time");
    }

    static PacketRate parse(String average) {
        return parse(average, Integer.toString(USUAL_BURST));
    }
}
