// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.Rate;
import java.util.regex.Pattern;

/**
 * Bytes in a second, as the kernel keeps it, and the meter that counts them. The kernel takes a meter that is there as it
 * is: one with another rate has to have another name.
 *
 * @param bytesPerSecond a whole number of what the kernel can tell apart
 * @param meter its name in /proc/net/ipt_hashlimit
 */
public record ByteRate(long bytesPerSecond, String meter) {
    /** XT_HASHLIMIT_BYTE_SHIFT of linux/netfilter/xt_hashlimit.h. */
    private static final int UNIT_BITS = 4;

    private static final long MOST = 0xffff_ffffL;
    private static final Pattern METER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    /** The least and the most that can be asked for. */
    public static final Rate LEAST_RATE = new Rate(1_000);

    public static final Rate MOST_RATE = new Rate(20_000_000_000L);

    public ByteRate {
        if (bytesPerSecond <= 0 || bytesPerSecond > MOST || rounded(bytesPerSecond) != bytesPerSecond) {
            throw new IllegalArgumentException("not a rate that the kernel keeps: " + bytesPerSecond);
        }
        if (!METER.matcher(meter).matches()) {
            throw new IllegalArgumentException("not a meter: " + meter);
        }
    }

    /** The nearest that the kernel keeps; the meter's name is made different for each rate. */
    public static ByteRate of(Rate rate, String meter) {
        long bytes = rounded(rate.bitsPerSecond() / 8);
        return new ByteRate(bytes, meter + "-" + Long.toString(bytes, Character.MAX_RADIX));
    }

    /** What print_bytes() of libxt_hashlimit.c shows: in the largest unit whose whole numbers cost the kernel the same. */
    private static long rounded(long bytes) {
        long cost = cost(bytes);
        long kept = (MOST / cost - 1) << UNIT_BITS;
        for (long unit : new long[] {MIB, KIB}) {
            long whole = kept & -unit;
            if (kept >= unit && cost(whole) == cost) {
                return whole;
            }
        }
        return kept;
    }

    private static long cost(long bytes) {
        return MOST / ((bytes >> UNIT_BITS) + 1);
    }

    String text() {
        return "--hashlimit-above " + scaled() + "/s --hashlimit-name " + meter;
    }

    private String scaled() {
        if (bytesPerSecond % MIB == 0) {
            return bytesPerSecond / MIB + "mb";
        }
        return bytesPerSecond % KIB == 0 ? bytesPerSecond / KIB + "kb" : bytesPerSecond + "b";
    }

    /** Reads {@code 100kb/s}, as it is printed. */
    static ByteRate parse(String text, String meter) {
        if (!text.endsWith("b/s")) {
            throw new IllegalArgumentException("another unit");
        }
        String number = text.substring(0, text.length() - "b/s".length());
        long scale = number.endsWith("m") ? MIB : number.endsWith("k") ? KIB : 1;
        String digits = scale == 1 ? number : number.substring(0, number.length() - 1);
        return new ByteRate(Math.multiplyExact(Long.parseLong(digits), scale), meter);
    }
}
