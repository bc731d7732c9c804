// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Request;
import java.util.List;

/**
 * Something to change in the kernel, which names links by their names. {@link RouteSocket} finds their indexes when it is
 * about to send.
 */
public sealed interface Change
        permits LinkChange,
                LinkDeletion,
                AddressChange,
                RouteChange,
                QdiscChange,
                HtbClassChange,
                FilterChange,
                BridgeEntryChange,
                BridgeVlanChange,
                PortProfileChange {
    /** Among {@link #affectedLinks}: any link may be. */
    String ANY_LINK = "";

    /** What it does, to be read after "cannot": {@code create bridge br0}. */
    String operation();

    /** The names whose indexes the request needs. */
    List<String> neededLinks();

    /** The names that mean another link, or none, once this is done, or {@link #ANY_LINK}. */
    List<String> affectedLinks();

    /** The request. */
    Request request(Indexes indexes);

    /** The indexes of links. */
    @FunctionalInterface
    interface Indexes {
        /** The index of a link that was named in {@link #neededLinks}. */
        int of(String name);
    }
}
