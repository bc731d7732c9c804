// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Match;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * One side of a rule, as packets show it.
 *
 * @param link that they come by, or go to; absent: any
 * @param addresses that they come from, or go to; absent: any
 * @param mac of who sends them; absent: any
 * @param isOutside whether any link is meant that is no bridge of ours, which one rule cannot say
 */
record Side(Optional<InterfaceName> link, Optional<Cidr> addresses, Optional<MacAddress> mac, boolean isOutside) {
    /** Beyond all links but the bridges. */
    static final Side OUTSIDE = new Side(Optional.empty(), Optional.empty(), Optional.empty(), true);

    static Side link(InterfaceName link) {
        return new Side(Optional.of(link), Optional.empty(), Optional.empty(), false);
    }

    static Side addresses(Cidr addresses) {
        return new Side(Optional.empty(), Optional.of(addresses), Optional.empty(), false);
    }

    static Side behind(InterfaceName bridge, Cidr addresses) {
        return new Side(Optional.of(bridge), Optional.of(addresses), Optional.empty(), false);
    }

    Side sentBy(MacAddress sender) {
        return new Side(link, addresses, Optional.of(sender), isOutside);
    }

    /** The rule, for what comes from here. */
    Rule from(Rule rule) {
        Rule some = answersFrom(rule);
        return mac.<Match>map(Match.Sender::new).map(some::with).orElse(some);
    }

    /** The rule, for what goes to here. */
    Rule to(Rule rule) {
        Rule some = link.map(rule::out).orElse(rule);
        return addresses.map(some::into).orElse(some);
    }

    /** The rule, for answers from here, which need not be told by who sends them. */
    Rule answersFrom(Rule rule) {
        Rule some = link.map(rule::in).orElse(rule);
        return addresses.map(some::from).orElse(some);
    }
}
