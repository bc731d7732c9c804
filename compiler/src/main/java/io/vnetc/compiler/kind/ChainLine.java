// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

/** A line of a chain. */
public sealed interface ChainLine permits Rule, FrameRule, ChainLine.Unknown {
    /** What iptables-save prints behind {@code -A CHAIN}. */
    String text();

    /** Reads a line of iptables-save; what is no {@link Rule} is kept as it is. */
    static ChainLine parse(String text) {
        return RuleParser.parse(text).<ChainLine>map(rule -> rule).orElseGet(() -> new Unknown(text));
    }

    /**
     * A rule that is none of ours, in a chain of ours: it shows as drift, and a rollback puts it back as it was.
     *
     * @param text without control characters
     */
    record Unknown(String text) implements ChainLine {
        public Unknown {
            if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException("not the text of a rule");
            }
        }
    }
}
