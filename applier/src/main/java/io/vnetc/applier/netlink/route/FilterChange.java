// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.route.QdiscChange.Action;
import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a filter of the kind u32 for packets of all protocols, or takes any filter away.
 *
 * @param action to add, or to delete
 * @param link its name
 * @param parent the qdisc that it sorts packets for
 * @param handle 0: the kernel chooses, or all of the priority are taken away
 * @param priority lower is asked earlier
 * @param protocol as in an Ethernet header; {@link FilterInfo#ALL_PROTOCOLS}
 * @param kind {@code u32}, or what is taken away
 * @param selector what it looks at
 * @param classId where packets go; 0: to no class
 * @param redirect the name of the link that packets are sent out by instead
 */
public record FilterChange(
        Action action,
        String link,
        int parent,
        int handle,
        int priority,
        int protocol,
        String kind,
        U32Selector selector,
        int classId,
        Optional<String> redirect)
        implements Change {
    /** {@code TC_ACT_STOLEN}: what is sent elsewhere is gone from here. */
    private static final int STOLEN = 4;

    /** {@code action} of {@code tc_gen}. */
    private static final int ACTION_OFFSET = 8;

    /** Puts what matches into a class. */
    public static FilterChange classify(String link, int parent, int priority, U32Selector selector, int classId) {
        return new FilterChange(
                Action.ADD,
                link,
                parent,
                0,
                priority,
                FilterInfo.ALL_PROTOCOLS,
                "u32",
                selector,
                classId,
                Optional.empty());
    }

    /** Sends all that comes in by a link out by another. */
    public static FilterChange redirect(String link, int priority, String other) {
        return new FilterChange(
                Action.ADD,
                link,
                TrafficHandle.INGRESS_QDISC,
                0,
                priority,
                FilterInfo.ALL_PROTOCOLS,
                "u32",
                U32Selector.ALL,
                0,
                Optional.of(other));
    }

    /** Takes away a filter that was seen. */
    public static FilterChange delete(String link, FilterInfo seen) {
        return new FilterChange(
                Action.DELETE,
                link,
                seen.parent(),
                seen.handle(),
                seen.priority(),
                seen.protocol(),
                seen.kind(),
                U32Selector.ALL,
                0,
                Optional.empty());
    }

    /** Takes away all filters of a priority, and what the kernel keeps them in. */
    public static FilterChange deleteAll(String link, int parent, int priority, String kind) {
        return new FilterChange(
                Action.DELETE,
                link,
                parent,
                0,
                priority,
                FilterInfo.ALL_PROTOCOLS,
                kind,
                U32Selector.ALL,
                0,
                Optional.empty());
    }

    @Override
    public String operation() {
        return action.verb() + " a filter of " + TrafficHandle.print(parent) + " of " + link
                + redirect.map(other -> " to " + other).orElse("");
    }

    @Override
    public List<String> neededLinks() {
        List<String> links = new ArrayList<>(List.of(link));
        redirect.ifPresent(links::add);
        return links;
    }

    @Override
    public List<String> affectedLinks() {
        return List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        Request.Builder builder = Request.of(
                        RouteProtocol.PROTOCOL,
                        action == Action.DELETE ? RouteProtocol.DELETE_FILTER : RouteProtocol.NEW_FILTER,
                        operation())
                .flags(action.flags())
                .header(TrafficAttributes.INDEX, indexes.of(link))
                .header(TrafficAttributes.PARENT, parent & 0xffff_ffffL)
                .header(TrafficAttributes.HANDLE, handle & 0xffff_ffffL)
                .header(TrafficAttributes.INFO, ((long) priority << 16) | FilterInfo.swap(protocol));
        AttributeWriter writer = builder.attributes().put(TrafficAttributes.KIND, kind);
        if (action == Action.ADD) {
            writer.begin(TrafficAttributes.OPTIONS);
            if (classId != 0) {
                writer.put(TrafficAttributes.U32_CLASS, classId & 0xffff_ffffL);
            }
            writer.put(TrafficAttributes.U32_SELECTOR, selector.toOctets());
            redirect.ifPresent(other -> putRedirect(writer, indexes.of(other)));
            writer.end();
        }
        return builder.build();
    }

    private static void putRedirect(AttributeWriter writer, int index) {
        ByteBuffer mirror = ByteBuffer.allocate(FilterInfo.MIRROR_SIZE).order(ByteOrder.nativeOrder());
        mirror.putInt(ACTION_OFFSET, STOLEN)
                .putInt(FilterInfo.MIRROR_ACTION_OFFSET, FilterInfo.EGRESS_REDIRECT)
                .putInt(FilterInfo.MIRROR_INDEX_OFFSET, index);
        writer.begin(TrafficAttributes.U32_ACTIONS)
                .begin(TrafficAttributes.FIRST_ACTION)
                .put(TrafficAttributes.ACTION_KIND, "mirred")
                .begin(TrafficAttributes.ACTION_OPTIONS)
                .put(TrafficAttributes.MIRROR_PARAMETERS, mirror.array())
                .end()
                .end()
                .end();
    }
}
