// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import java.util.List;

/** Something that a view says about a resource of a plan. All text in it is {@link Printable}. */
sealed interface Fact {
    /** Attributes of something new, one after the other. */
    record Attributes(List<String> words) implements Fact {}

    /** An attribute that changes. */
    record Value(String name, String before, String after) implements Fact {
        String text() {
            return (name.isEmpty() ? "" : name + " ") + before + " → " + after;
        }
    }

    /**
     * Lines that change.
     *
     * @param lines each begins with a space where it stays, {@code -} where it goes, {@code +} where it comes,
     *     {@code @} where some that stay are left out
     */
    record Lines(String name, List<String> lines) implements Fact {}

    /** A remark. */
    record Note(String text) implements Fact {}
}
