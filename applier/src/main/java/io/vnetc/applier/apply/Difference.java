// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A resource that is not as it is to be.
 *
 * @param expected absent: it is not to be there
 * @param found absent: it is not there
 */
public record Difference(ResourceAddress address, Optional<Resource> expected, Optional<Resource> found) {
    /** What differs, as {@code bridge/vbr-office: mtu is 1500, not 9000}. */
    public String text() {
        if (found.isEmpty()) {
            return address + ": is not there";
        }
        if (expected.isEmpty()) {
            return address + ": is there";
        }
        List<String> parts = new ArrayList<>();
        compare("", expected.get().attributes(), found.get().attributes(), parts);
        return address + ": " + String.join(", ", parts);
    }

    private static void compare(String prefix, Attributes expected, Attributes found, List<String> parts) {
        TreeSet<String> names = new TreeSet<>(expected.values().keySet());
        names.addAll(found.values().keySet());
        for (String name : names) {
            compare(prefix + name, expected.values(), found.values(), name, parts);
        }
    }

    private static void compare(
            String label,
            Map<String, AttributeValue> expected,
            Map<String, AttributeValue> found,
            String name,
            List<String> parts) {
        AttributeValue want = expected.get(name);
        AttributeValue have = found.get(name);
        if (want instanceof Attributes wantedGroup && have instanceof Attributes foundGroup) {
            compare(label + " ", wantedGroup, foundGroup, parts);
        } else if (want == null) {
            parts.add(label + " is there");
        } else if (have == null) {
            parts.add(label + " is not there");
        } else if (!want.equals(have)) {
            parts.add(isShort(want) && isShort(have) ? label + " is " + have + ", not " + want : label + " differs");
        }
    }

    private static boolean isShort(AttributeValue value) {
        return !(value instanceof Attributes)
                && !(value instanceof AttributeValue.Lines)
                && value.toString().length() <= 60;
    }
}
