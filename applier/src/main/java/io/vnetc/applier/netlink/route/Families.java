// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;

/** Address families by the kernel's numbers. */
final class Families {
    /** {@code AF_INET}. */
    static final int IPV4 = 2;

    /** {@code AF_BRIDGE}. */
    static final int BRIDGE = 7;

    /** {@code AF_INET6}. */
    static final int IPV6 = 10;

    private Families() {}

    static int number(IpFamily family) {
        return family == IpFamily.IPV4 ? IPV4 : IPV6;
    }

    static boolean isIp(long number) {
        return number == IPV4 || number == IPV6;
    }

    static IpFamily family(long number) {
        if (number == IPV4) {
            return IpFamily.IPV4;
        }
        if (number == IPV6) {
            return IpFamily.IPV6;
        }
        throw new MessageFormatException("address family " + number + " where IPv4 or IPv6 should be");
    }

    /** A network whose parts the kernel told apart. */
    static Cidr cidr(IpAddress base, long length) {
        if (length > base.family().bits() || !base.masked((int) length).equals(base)) {
            throw new MessageFormatException("the network " + base + "/" + length);
        }
        return new Cidr(base, (int) length);
    }

    /** The address 0.0.0.0 or ::. */
    static IpAddress unspecified(IpFamily family) {
        return new IpAddress(family, 0, 0);
    }
}
