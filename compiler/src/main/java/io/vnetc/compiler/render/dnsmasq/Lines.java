// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import io.vnetc.compiler.dnsmasq.ConfigurationLine;
import io.vnetc.dsl.value.LeaseTime;
import java.time.Duration;
import java.util.List;

/** What goes into a file of dnsmasq, one line after the other. */
final class Lines {
    /** dnsmasq keeps a lease in 32 bits of seconds, all ones for ever. */
    private static final long FOR_EVER = 0xffff_ffffL;

    private Lines() {}

    /**
     * The lines of a text.
     *
     * @throws IllegalArgumentException when one holds a control character other than the end of a line
     */
    static List<String> of(String text) {
        return text.lines().map(Lines::checked).map(Lines::whole).toList();
    }

    private static String whole(String line) {
        if (!ConfigurationLine.fits(line)) {
            throw new IllegalArgumentException("a line for dnsmasq that it would read as two");
        }
        return line;
    }

    /**
     * The value, which stays within its line.
     *
     * @throws IllegalArgumentException when it holds a control character or a separator of lines
     */
    static String checked(String value) {
        if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException("a control character in a value for dnsmasq");
        }
        return value;
    }

    /** In whole hours, minutes or seconds. */
    static String lease(LeaseTime lease) {
        long seconds = lease.duration().map(Duration::toSeconds).orElse(FOR_EVER);
        if (seconds >= FOR_EVER) {
            return "infinite";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
