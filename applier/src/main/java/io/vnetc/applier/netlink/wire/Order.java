// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteOrder;

/** The machine's byte order, in which netlink speaks but for what is marked. */
final class Order {
    static final boolean LITTLE = ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN);

    private Order() {}
}
