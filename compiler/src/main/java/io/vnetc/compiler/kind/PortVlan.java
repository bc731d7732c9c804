// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.MalformedStateException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * VLANs that a port of a bridge, or the bridge itself, is a member of, as bridge(8) lists them.
 *
 * @param first 1 to 4094
 * @param last of the range, which may be one
 * @param pvid whether what comes in without a tag belongs to it; of one VLAN only
 * @param untagged whether frames leave without their tag
 */
public record PortVlan(int first, int last, boolean pvid, boolean untagged) implements Comparable<PortVlan> {
    /** What any port is a member of unless something else is said. */
    public static final PortVlan DEFAULT = new PortVlan(1, 1, true, true);

    private static final int MOST = 4094;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?( pvid)?( untagged)?");
    private static final Comparator<PortVlan> ORDER =
            Comparator.comparingInt(PortVlan::first).thenComparingInt(PortVlan::last);

    public PortVlan {
        if (first < 1 || last > MOST || first > last || (pvid && first != last)) {
            throw new MalformedStateException("there are no such VLANs: " + first + "-" + last);
        }
    }

    /** The inverse of {@link #toString}. */
    static PortVlan parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedStateException("not VLANs of a port: " + text);
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return new PortVlan(first, last, matcher.group(3) != null, matcher.group(4) != null);
    }

    /** The same VLANs, sorted, in as few ranges as can be. */
    public static List<PortVlan> canonical(List<PortVlan> vlans) {
        List<PortVlan> merged = new ArrayList<>();
        for (PortVlan vlan : vlans.stream().sorted().toList()) {
            PortVlan before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null
                    && before.last + 1 == vlan.first
                    && !before.pvid
                    && !vlan.pvid
                    && before.untagged == vlan.untagged) {
                merged.set(merged.size() - 1, new PortVlan(before.first, vlan.last, false, vlan.untagged));
            } else {
                merged.add(vlan);
            }
        }
        return merged;
    }

    @Override
    public int compareTo(PortVlan other) {
        return ORDER.compare(this, other);
    }

    /** {@code 42 pvid untagged}, {@code 20-30}. */
    @Override
    public String toString() {
        return first + (first == last ? "" : "-" + last) + (pvid ? " pvid" : "") + (untagged ? " untagged" : "");
    }
}
