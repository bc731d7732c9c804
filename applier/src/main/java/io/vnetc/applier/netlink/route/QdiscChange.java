// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Puts a queueing discipline on a link, changes it or takes it away.
 *
 * @param action what to do
 * @param link its name
 * @param parent {@link TrafficHandle#ROOT}, {@link TrafficHandle#INGRESS} or a class
 * @param handle of it
 * @param kind such as {@code htb}; empty where one is taken away whatever it is
 * @param value for {@code htb} the minor of the class for what no filter takes, for {@code pfifo} and {@code bfifo} the
 *     limit
 */
public record QdiscChange(Action action, String link, int parent, int handle, String kind, long value)
        implements Change {
    /** {@code HTB_VER} of net/sched/sch_htb.c, and {@code rate2quantum}, which means nothing where quanta are given. */
    private static final int HTB_VERSION = 3;

    private static final int RATE_TO_QUANTUM = 10;

    /** What to do with something. */
    public enum Action {
        /** Make it; fails where there is one. */
        ADD(Request.CREATE | Request.EXCLUSIVE),
        /** Change it; fails where there is none. */
        CHANGE(0),
        /** Take it away; fails where there is none. */
        DELETE(0);

        private final int flags;

        Action(int flags) {
            this.flags = flags;
        }

        int flags() {
            return flags;
        }

        String verb() {
            return switch (this) {
                case ADD -> "make";
                case CHANGE -> "change";
                case DELETE -> "delete";
            };
        }
    }

    /** An htb at the root of a link. */
    public static QdiscChange addHtb(String link, int handle, int fallback) {
        return new QdiscChange(Action.ADD, link, TrafficHandle.ROOT, handle, "htb", fallback);
    }

    /** What takes in packets, so that filters can look at them. */
    public static QdiscChange addIngress(String link) {
        return new QdiscChange(Action.ADD, link, TrafficHandle.INGRESS, TrafficHandle.INGRESS_QDISC, "ingress", 0);
    }

    /** The queue of a class: {@code bfifo} and {@code pfifo} with a limit, other kinds as the kernel has them. */
    public static QdiscChange queue(Action action, String link, int parent, int handle, String kind, long limit) {
        return new QdiscChange(action, link, parent, handle, kind, limit);
    }

    /** Takes away what is at a place, with all that hangs on it. */
    public static QdiscChange delete(String link, int parent, int handle) {
        return new QdiscChange(Action.DELETE, link, parent, handle, "", 0);
    }

    @Override
    public String operation() {
        return action.verb() + " the qdisc " + TrafficHandle.print(handle) + (kind.isEmpty() ? "" : " (" + kind + ")")
                + " of " + link;
    }

    @Override
    public List<String> neededLinks() {
        return List.of(link);
    }

    @Override
    public List<String> affectedLinks() {
        return List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        Request.Builder builder = Request.of(
                        RouteProtocol.PROTOCOL,
                        action == Action.DELETE ? RouteProtocol.DELETE_QDISC : RouteProtocol.NEW_QDISC,
                        operation())
                .flags(action.flags())
                .header(TrafficAttributes.INDEX, indexes.of(link))
                .header(TrafficAttributes.PARENT, parent & 0xffff_ffffL)
                .header(TrafficAttributes.HANDLE, handle & 0xffff_ffffL);
        if (!kind.isEmpty()) {
            AttributeWriter writer = builder.attributes().put(TrafficAttributes.KIND, kind);
            putOptions(writer);
        }
        return builder.build();
    }

    private void putOptions(AttributeWriter writer) {
        switch (kind) {
            case "htb" -> {
                ByteBuffer global = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
                global.putInt(HTB_VERSION).putInt(RATE_TO_QUANTUM).putInt((int) value);
                writer.begin(TrafficAttributes.OPTIONS)
                        .put(TrafficAttributes.HTB_INIT, global.array())
                        .end();
            }
            case "pfifo", "bfifo" ->
                writer.putOctets(
                        TrafficAttributes.OPTIONS_NUMBER,
                        ByteBuffer.allocate(Integer.BYTES)
                                .order(ByteOrder.nativeOrder())
                                .putInt((int) value)
                                .array());
            default -> {
                // As the kernel has it.
            }
        }
    }
}
