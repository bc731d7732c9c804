// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter that puts packets of any protocol into a class by one of their MAC addresses.
 *
 * @param side which address it looks at; absent: it is another one than vnetc makes
 * @param match the address, or what is to be said of another filter
 * @param minor of the class
 */
public record MacFilter(Optional<Side> side, String match, int minor) {
    private static final Pattern LINE = Pattern.compile("(dst|src) ([0-9a-f:]{17}) ([0-9a-f]{1,4})");
    private static final Pattern OTHER = Pattern.compile("other (.*) ([0-9a-f]{1,4})");

    /** Which MAC address of a frame. */
    public enum Side {
        DST,
        SRC;

        @Override
        public String toString() {
            return this == DST ? "dst" : "src";
        }
    }

    /** One that looks at an address. */
    public static MacFilter of(Side side, MacAddress mac, int minor) {
        return new MacFilter(Optional.of(side), mac.toString(), minor);
    }

    /** One that vnetc did not make; {@code what} says which. */
    public static MacFilter other(String what, int minor) {
        return new MacFilter(Optional.empty(), what, minor);
    }

    static MacFilter parse(String text) {
        Matcher line = LINE.matcher(text);
        if (line.matches()) {
            Side side = line.group(1).equals("dst") ? Side.DST : Side.SRC;
            return of(side, Read.value(line.group(2), MacAddress::parse), Integer.parseInt(line.group(3), 16));
        }
        Matcher other = OTHER.matcher(text);
        if (!other.matches()) {
            throw new MalformedStateException("`" + text + "` is not a filter");
        }
        return other(other.group(1), Integer.parseInt(other.group(2), 16));
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        return side.map(Side::toString).orElse("other") + " " + match + " " + Integer.toHexString(minor);
    }
}
