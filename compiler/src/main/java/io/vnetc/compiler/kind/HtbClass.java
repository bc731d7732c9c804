// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.dsl.value.Rate;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class of htb (tc-htb(8)), in the values that the kernel gives back.
 *
 * <p>Tried on Linux 6.18: rates are whole octets a second, up to 2^32-1 in {@code tc_ratespec} and beyond that in
 * {@code TCA_HTB_RATE64}, and come back as they were given. Bursts are kept as the time that they take at their rate, in
 * ticks of 64 ns ({@code PSCHED_SHIFT} 6, on every kernel with high resolution timers; the second number of
 * {@code /proc/net/psched}): 15,000 octets may come back as 14,999. {@link #rounded} is what does not change any more. The
 * quantum is kept as given, but for that of a class that has others in it, where it means nothing.
 *
 * @param minor of its id, 1 to 0xffff
 * @param parent the minor of the class that it borrows from; 0: it is at the top
 * @param rate that it has for itself, octets a second
 * @param ceil that it never goes above, octets a second
 * @param burst in octets, that may go out at once within the rate
 * @param cburst in octets, that may go out at once within the ceil
 * @param quantum in octets, that it sends in its turn when classes share what is over; 0 where it has classes in it
 * @param queue where its packets wait; absent where it has classes in it
 */
public record HtbClass(
        int minor, int parent, long rate, long ceil, long burst, long cburst, int quantum, Optional<Queue> queue) {
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{1,4})(?: in ([0-9a-f]{1,4}))? rate ([0-9]{1,18}) ceil ([0-9]{1,18})"
                    + " burst ([0-9]{1,18}) cburst ([0-9]{1,18})(?: quantum ([0-9]{1,9}))?"
                    + "(?: queue ([a-z_]{1,15})(?: ([0-9]{1,10}))?)?");
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger TICK = BigInteger.valueOf(64);
    private static final long MOST_TICKS = 0xffff_ffffL;

    public HtbClass {
        if (minor < 1 || minor > 0xffff || parent < 0 || parent > 0xffff) {
            throw new IllegalArgumentException("a class " + minor + " in " + parent);
        }
    }

    /**
     * A queue at the end of a class.
     *
     * @param kind of qdisc
     * @param limit in octets for bfifo, in packets for pfifo; 0 for other kinds, whose settings are left as the kernel
     *     has them
     */
    public record Queue(String kind, long limit) {
        @Override
        public String toString() {
            return kind + (limit == 0 ? "" : " " + limit);
        }
    }

    /** Octets a second of a rate, down to a whole octet. */
    public static long octets(Rate rate) {
        return Math.max(1, rate.bitsPerSecond() / 8);
    }

    /** The burst that the kernel gives back for {@code octets} at {@code rate}: not less, and its own rounding. */
    public static long rounded(long octets, long rate) {
        return burst(ticks(octets, rate), rate);
    }

    /** The ticks that stand for a burst, up to whole ones. */
    public static long ticks(long octets, long rate) {
        BigInteger divisor = TICK.multiply(BigInteger.valueOf(rate));
        BigInteger time = BigInteger.valueOf(octets).multiply(SECOND);
        return time.add(divisor.subtract(BigInteger.ONE))
                .divide(divisor)
                .min(BigInteger.valueOf(MOST_TICKS))
                .longValueExact();
    }

    /** The octets that so many ticks stand for, down to whole ones. */
    public static long burst(long ticks, long rate) {
        return BigInteger.valueOf(ticks)
                .multiply(TICK)
                .multiply(BigInteger.valueOf(rate))
                .divide(SECOND)
                .longValueExact();
    }

    /** A line of a state, as {@code 10ab in 1 rate 2500000 ceil 12500000 burst 12500 cburst 62500 quantum 25000 queue bfifo 131072}. */
    static HtbClass parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new MalformedStateException("`" + text + "` is not a class of htb");
        }
        return Read.value(
                text,
                ignored -> new HtbClass(
                        Integer.parseInt(line.group(1), 16),
                        line.group(2) == null ? 0 : Integer.parseInt(line.group(2), 16),
                        Long.parseLong(line.group(3)),
                        Long.parseLong(line.group(4)),
                        Long.parseLong(line.group(5)),
                        Long.parseLong(line.group(6)),
                        line.group(7) == null ? 0 : Integer.parseInt(line.group(7)),
                        Optional.ofNullable(line.group(8))
                                .map(kind ->
                                        new Queue(kind, line.group(9) == null ? 0 : Long.parseLong(line.group(9))))));
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        return Integer.toHexString(minor) + (parent == 0 ? "" : " in " + Integer.toHexString(parent)) + " rate " + rate
                + " ceil " + ceil + " burst " + burst + " cburst " + cburst
                + (quantum == 0 ? "" : " quantum " + quantum)
                + queue.map(end -> " queue " + end).orElse("");
    }
}
