// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.math.BigInteger;
import java.util.Random;

/** Random addresses, and addresses as numbers. */
final class Addresses {
    private Addresses() {}

    static IpAddress random(Random random) {
        if (random.nextBoolean()) {
            return new IpAddress(IpFamily.IPV4, 0, random.nextInt() & 0xffff_ffffL);
        }
        // Groups of zeros are what IPv6 text is about.
        byte[] octets = new byte[16];
        for (int i = 0; i < 16; i += 2) {
            if (random.nextInt(3) == 0) {
                octets[i] = (byte) random.nextInt(random.nextBoolean() ? 1 : 256);
                octets[i + 1] = (byte) random.nextInt(256);
            }
        }
        return IpAddress.ofBytes(octets);
    }

    static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }
}
