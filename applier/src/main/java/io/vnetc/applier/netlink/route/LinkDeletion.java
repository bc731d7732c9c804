// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.system.LinkNames;
import io.vnetc.applier.netlink.wire.Request;
import java.util.List;

/** Deletes one link, or all links of a group in one go, which is some three times faster than one by one. */
public final class LinkDeletion implements Change {
    private final String operation;
    private final String name;
    private final long group;

    private LinkDeletion(String operation, String name, long group) {
        this.operation = operation;
        this.name = name;
        this.group = group;
    }

    /** The link of this name. */
    public static LinkDeletion of(String name) {
        return new LinkDeletion("delete link " + name, LinkNames.valid(name), 0);
    }

    /**
     * All links of a group, somebody else's too; the kernel refuses where it has no member, or one that cannot be deleted.
     * The kernel's one network lock is held meanwhile: about 9 ms a link.
     *
     * @param group not 0, in which all links are at first
     */
    public static LinkDeletion ofGroup(int group) {
        if (group == 0) {
            throw new IllegalArgumentException("group 0 is everybody's: it is never deleted");
        }
        return new LinkDeletion("delete the links of group " + group, "", group & 0xffff_ffffL);
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public List<String> neededLinks() {
        return List.of();
    }

    @Override
    public List<String> affectedLinks() {
        return List.of(name.isEmpty() ? ANY_LINK : name);
    }

    @Override
    public Request request(Indexes indexes) {
        Request.Builder builder = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.DELETE_LINK, operation);
        return name.isEmpty()
                ? builder.put(LinkAttributes.GROUP, group).build()
                : builder.put(LinkAttributes.IFNAME, name).build();
    }

    @Override
    public String toString() {
        return operation;
    }
}
