// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a rule does with a packet; {@code toString} is the text behind {@code -j}. */
public sealed interface Target {
    /** Whether it translates ports, which only TCP and UDP have. */
    default boolean hasPorts() {
        return false;
    }

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
        public boolean hasPorts() {
            return ports.isPresent();
        }

        @Override
        public String toString() {
            return "MASQUERADE"
                    + ports.map(range -> " --to-ports " + Rule.ports(range, '-'))
                            .orElse("");
        }
    }

    /**
     * Lets it leave with one of some addresses.
     *
     * @param addresses which the kernel chooses from by where it comes from and goes to
     * @param ports that the source's is mapped to; for TCP and UDP only
     */
    record SourceTo(AddressRange addresses, Optional<PortRange> ports) implements Target {
        @Override
        public boolean hasPorts() {
            return ports.isPresent();
        }

        @Override
        public String toString() {
            String range = addresses.first().equals(addresses.last())
                    ? addresses.first().toString()
                    : addresses.first() + "-" + addresses.last();
            return "SNAT --to-source "
                    + ports.map(wanted -> bracketed(range, addresses.family()) + ":" + Rule.ports(wanted, '-'))
                            .orElse(range);
        }
    }

    /**
     * Sends it somewhere else.
     *
     * @param address of who gets it
     * @param ports that it is mapped to; absent: the one it was sent to
     */
    record DestinationTo(IpAddress address, Optional<Shift> ports) implements Target {
        @Override
        public boolean hasPorts() {
            return ports.isPresent();
        }

        @Override
        public String toString() {
            return "DNAT --to-destination "
                    + ports.map(shift -> bracketed(address.toString(), address.family()) + ":" + shift)
                            .orElse(address.toString());
        }
    }

    /**
     * Ports that become as many others, each in its place.
     *
     * @param to the others
     * @param from the first of the ports that they stand for
     */
    record Shift(PortRange to, int from) {
        @Override
        public String toString() {
            return Rule.ports(to, '-') + (to.first() == to.last() ? "" : "/" + from);
        }
    }

    private static String bracketed(String address, IpFamily family) {
        return family == IpFamily.IPV4 ? address : "[" + address + "]";
    }
}
