// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.Optional;

/**
 * A routing rule as the kernel told it: which packets look in which table.
 *
 * @param family of the packets
 * @param priority the lower is looked at first
 * @param source of the packets; empty for any
 * @param destination of the packets; empty for any
 * @param incoming the link that they came in by; empty for any
 * @param outgoing the link that their sender is bound to; empty for any
 * @param mark {@code fwmark}; 0 for any
 * @param action 1 looks in the table, 6 drops, 7 unreachable, 8 prohibit
 * @param table to look in
 * @param protocol who made it; 0 unknown
 * @param message everything the kernel told
 */
public record RuleInfo(
        IpFamily family,
        long priority,
        Optional<Cidr> source,
        Optional<Cidr> destination,
        Optional<String> incoming,
        Optional<String> outgoing,
        long mark,
        int action,
        long table,
        int protocol,
        Message message) {
    static RuleInfo of(Message message) {
        Attributes attributes = message.attributes();
        return new RuleInfo(
                Families.family(message.header(RuleAttributes.FAMILY)),
                attributes.number(RuleAttributes.PRIORITY, 0),
                selector(message, RuleAttributes.SRC, RuleAttributes.SOURCE_LENGTH),
                selector(message, RuleAttributes.DST, RuleAttributes.DESTINATION_LENGTH),
                attributes.get(RuleAttributes.IIFNAME),
                attributes.get(RuleAttributes.OIFNAME),
                attributes.number(RuleAttributes.FWMARK, 0),
                (int) message.header(RuleAttributes.ACTION),
                attributes.number(RuleAttributes.TABLE, message.header(RuleAttributes.LOW_TABLE)),
                (int) attributes.number(RuleAttributes.PROTOCOL, 0),
                message);
    }

    private static Optional<Cidr> selector(Message message, Attribute<IpAddress> base, HeaderLayout.Field length) {
        Optional<IpAddress> address = message.attributes().get(base);
        return address.isPresent()
                ? Optional.of(Families.cidr(address.get(), message.header(length)))
                : Optional.empty();
    }
}
