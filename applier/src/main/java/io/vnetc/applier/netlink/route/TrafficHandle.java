// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

/** Handles of qdiscs and classes: 16 bits major, 16 bits minor (linux/pkt_sched.h). */
public final class TrafficHandle {
    /** {@code TC_H_ROOT}: where packets leave a link. */
    public static final int ROOT = 0xffff_ffff;

    /** {@code TC_H_INGRESS}: where packets come in, as the parent of a qdisc. */
    public static final int INGRESS = 0xffff_fff1;

    /** {@code ffff:}: the handle of whichever qdisc is there. */
    public static final int INGRESS_QDISC = 0xffff_0000;

    private TrafficHandle() {}

    /** A handle of its halves. */
    public static int of(int major, int minor) {
        return (major << 16) | (minor & 0xffff);
    }

    /** The upper half: of the qdisc. */
    public static int major(int handle) {
        return handle >>> 16;
    }

    /** The lower half: of the class; 0 for the qdisc itself. */
    public static int minor(int handle) {
        return handle & 0xffff;
    }

    /** As tc(8) prints it. */
    public static String print(int handle) {
        int minor = minor(handle);
        return Integer.toHexString(major(handle)) + ":" + (minor == 0 ? "" : Integer.toHexString(minor));
    }
}
