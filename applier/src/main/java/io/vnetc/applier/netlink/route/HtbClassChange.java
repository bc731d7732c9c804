// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.route.QdiscChange.Action;
import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Makes a class of htb, changes it without losing what waits in it, or takes it away with its queue.
 *
 * @param action what to do
 * @param link its name
 * @param values of the class; for one that is taken away only the handle counts
 */
public record HtbClassChange(Action action, String link, HtbClassInfo values) implements Change {
    /** Rates from here on do not fit into {@code tc_ratespec}. */
    private static final long LARGE = 0xffff_ffffL;
    /** {@code TC_LINKLAYER_ETHERNET}: the kernel wants no table of rates then. */
    private static final byte ETHERNET = 1;

    /** Takes a class away; fails while a filter leads to it, or a class is in it. */
    public static HtbClassChange delete(String link, int handle) {
        return new HtbClassChange(Action.DELETE, link, new HtbClassInfo(handle, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public String operation() {
        return action.verb() + " the class " + TrafficHandle.print(values.handle()) + " of " + link;
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
                        action == Action.DELETE ? RouteProtocol.DELETE_CLASS : RouteProtocol.NEW_CLASS,
                        operation())
                .flags(action.flags())
                .header(TrafficAttributes.INDEX, indexes.of(link))
                .header(TrafficAttributes.HANDLE, values.handle() & 0xffff_ffffL)
                .header(TrafficAttributes.PARENT, values.parent() & 0xffff_ffffL);
        if (action != Action.DELETE) {
            AttributeWriter writer = builder.attributes().put(TrafficAttributes.KIND, "htb");
            writer.begin(TrafficAttributes.OPTIONS);
            writer.put(TrafficAttributes.HTB_PARAMETERS, parameters());
            if (values.rate() >= LARGE) {
                writer.put(TrafficAttributes.HTB_RATE, values.rate());
            }
            if (values.ceil() >= LARGE) {
                writer.put(TrafficAttributes.HTB_CEIL, values.ceil());
            }
            writer.end();
        }
        return builder.build();
    }

    private byte[] parameters() {
        ByteBuffer data = ByteBuffer.allocate(HtbClassInfo.SIZE).order(ByteOrder.nativeOrder());
        data.put(HtbClassInfo.RATE_LINK_LAYER, ETHERNET)
                .put(HtbClassInfo.CEIL_LINK_LAYER, ETHERNET)
                .putInt(HtbClassInfo.RATE, (int) Math.min(LARGE, values.rate()))
                .putInt(HtbClassInfo.CEIL, (int) Math.min(LARGE, values.ceil()))
                .putInt(HtbClassInfo.BUFFER, (int) values.burstTicks())
                .putInt(HtbClassInfo.CBUFFER, (int) values.ceilBurstTicks())
                .putInt(HtbClassInfo.QUANTUM, (int) values.quantum())
                .putInt(HtbClassInfo.PRIORITY, values.priority());
        return data.array();
    }
}
