// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a rule does with a packet; {@code toString} is the text behind {@code -j}. */
public sealed interface Target {
    /** Lets it pass, and asks no further rule of the hook. */
    record Accept() implements Target {
        @Override
        public String toString() {
            return "ACCEPT";
        }
    }

    record Drop() implements Target {
        @Override
        public String toString() {
            return "DROP";
        }
    }

    /** Goes on behind the rule that jumped here. */
    record Return() implements Target {
        @Override
        public String toString() {
            return "RETURN";
        }
    }

    /**
     * Drops it and says so.
     *
     * @param with the kind of answer, as {@code --reject-with} takes it
     */
    record Reject(String with) implements Target {
        private static final Pattern ANSWER = Pattern.compile("[a-z0-9-]{1,40}");

        public Reject {
            if (!ANSWER.matcher(with).matches()) {
                throw new IllegalArgumentException("not an answer to a rejected packet: " + with);
            }
        }

        /** With the answer that a port without a service gives. */
        public static Reject of(IpFamily family) {
            return new Reject(family == IpFamily.IPV4 ? "icmp-port-unreachable" : "icmp6-port-unreachable");
        }

        @Override
        public String toString() {
            return "REJECT --reject-with " + with;
        }
    }

    /**
     * Asks the rules of another chain.
     *
     * @param chain of ours
     */
    record Jump(String chain) implements Target {
        public Jump {
            FirewallTable.checkChain(chain);
        }

        @Override
        public String toString() {
            return chain;
        }
    }

    /**
     * Lets it leave with the address of the interface that it leaves by.
     *
     * @param ports that the source's is mapped to; for TCP and UDP only
     */
    record Masquerade(Optional<PortRange> ports) implements Target {
        @Override
        public String toString() {
            return "MASQUERADE"
                    + ports.map(range -> " --to-ports " + Rule.ports(range, '-'))
                            .orElse("");
        }
    }
}
