// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is different between two pictures of a namespace.
 *
 * @param changes by section, then by key
 */
public record SnapshotDifference(List<Change> changes) {
    private static final int CONTEXT_LINES = 1;

    public SnapshotDifference {
        changes = List.copyOf(changes);
    }

    /**
     * An item that came, went, or is not what it was.
     *
     * @param section {@code link}, {@code address}, {@code route4}, {@code sysctl}, {@code iptables-nft} …
     * @param key the item's name in its section, such as {@code vbr-office 10.0.0.1/24}
     */
    public record Change(String section, String key, Optional<String> before, Optional<String> after) {
        /** Section and key, as in {@code address vbr-office 10.0.0.1/24}. */
        public String item() {
            return section + " " + key;
        }

        private String text() {
            List<String> old = lines(before);
            List<String> now = lines(after);
            String what = before.isEmpty() ? "appeared" : after.isEmpty() ? "vanished" : "changed";
            List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                    "before", "after", old, DiffUtils.diff(old, now), CONTEXT_LINES);
            // The first two lines only name the sides.
            return "%s %s%n%s%n".formatted(item(), what, String.join("\n", diff.subList(2, diff.size())));
        }

        private static List<String> lines(Optional<String> text) {
            return text.stream().flatMap(String::lines).toList();
        }
    }

    /** Whether nothing is different. */
    public boolean isNone() {
        return changes.isEmpty();
    }

    /** What is different, section and key of each. */
    public List<String> items() {
        return changes.stream().map(Change::item).toList();
    }

    /** What is different beyond what may be. */
    public SnapshotDifference outside(Predicate<Change> footprint) {
        return new SnapshotDifference(
                changes.stream().filter(footprint.negate()).toList());
    }

    /**
     * Holds that nothing is different.
     *
     * @param occasion what had happened between the pictures, for the message
     * @throws AssertionError with the whole difference
     */
    public void requireNone(String occasion) {
        if (!isNone()) {
            throw new AssertionError("after %s the namespace is not as before:%n%s".formatted(occasion, this));
        }
    }

    /** A unified diff of every item that is different; empty if none is. */
    @Override
    public String toString() {
        return changes.stream().map(Change::text).collect(Collectors.joining());
    }
}
