// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * An address of a link as the kernel told it.
 *
 * @param linkIndex of the link that has it
 * @param address with the length of its network's prefix
 * @param peer the other end of a point-to-point link; the prefix is then the peer's
 * @param scope 0 global, 253 link, 254 host
 * @param flags {@code IFA_F_…} of linux/if_addr.h
 * @param label IPv4's name for it, mostly the link's
 * @param protocol who set it, 0 unknown (IFA_PROTO, Linux 5.18)
 * @param validSeconds until it goes away by itself; -1 never
 * @param broadcast IPv4's address for all of the network, where there is one
 * @param metric of the route to its network; 0 as by default
 */
public record AddressInfo(
        int linkIndex,
        InterfaceAddress address,
        Optional<IpAddress> peer,
        int scope,
        int flags,
        Optional<String> label,
        int protocol,
        int validSeconds,
        Optional<IpAddress> broadcast,
        long metric) {
    static final int SECONDARY = 0x01;
    static final int NO_DAD = 0x02;
    static final int DAD_FAILED = 0x08;
    static final int TENTATIVE = 0x40;
    static final int PERMANENT = 0x80;
    static final int NO_PREFIX_ROUTE = 0x200;

    static AddressInfo of(Message message) {
        Attributes attributes = message.attributes();
        IpAddress first = attributes.require(AddressAttributes.ADDRESS);
        Optional<IpAddress> local = attributes.get(AddressAttributes.LOCAL);
        IpAddress own = local.isPresent() ? local.get() : first;
        int length = (int) message.header(AddressAttributes.PREFIX_LENGTH);
        if (own.family() != Families.family(message.header(AddressAttributes.FAMILY))
                || length > own.family().bits()) {
            throw new MessageFormatException("the address " + own + " with a prefix of " + length + " bits");
        }
        Optional<int[]> cache = attributes.get(AddressAttributes.CACHEINFO);
        return new AddressInfo(
                (int) message.header(AddressAttributes.INDEX),
                new InterfaceAddress(own, length),
                first.equals(own) ? Optional.empty() : Optional.of(first),
                (int) message.header(AddressAttributes.SCOPE),
                (int) attributes.number(AddressAttributes.FLAGS, message.header(AddressAttributes.LOW_FLAGS)),
                attributes.get(AddressAttributes.LABEL),
                (int) attributes.number(AddressAttributes.PROTO, 0),
                cache.isPresent() && cache.get().length > 1 ? cache.get()[1] : -1,
                attributes.get(AddressAttributes.BROADCAST),
                attributes.number(AddressAttributes.RT_PRIORITY, 0));
    }

    /** Whether it stays until it is taken away. */
    public boolean isPermanent() {
        return (flags & PERMANENT) != 0;
    }

    /** Whether another address of its network came before it: it may go when that one goes. */
    public boolean isSecondary() {
        return (flags & SECONDARY) != 0;
    }

    /** Whether the kernel is still finding out that nobody else has it. */
    public boolean isTentative() {
        return (flags & TENTATIVE) != 0;
    }

    /** Whether somebody else was found to have it. */
    public boolean hasFailedDuplicateDetection() {
        return (flags & DAD_FAILED) != 0;
    }

    /** Whether it was set without asking whether anybody else has it. */
    public boolean isWithoutDuplicateDetection() {
        return (flags & NO_DAD) != 0;
    }

    /** Whether it was set without a route to its network. */
    public boolean isWithoutPrefixRoute() {
        return (flags & NO_PREFIX_ROUTE) != 0;
    }
}
