// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.Answer;
import io.vnetc.applier.netlink.KernelTransport;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.Transport;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads and changes links, addresses, routes, rules and traffic control of one network namespace. Not thread-safe: every thread opens its
 * own.
 */
public final class RouteSocket implements AutoCloseable {
    /** {@code RTEXT_FILTER_SKIP_STATS}: leaves out the counters of IPv6, a third of a link's message. */
    private static final long SKIP_STATISTICS = 1 << 3;

    /** {@code RTEXT_FILTER_BRVLAN_COMPRESSED}: VLANs of bridges, in ranges. */
    private static final long COMPRESSED_VLANS = 1 << 2;

    /** From so many lookups on, reading all links once is faster. */
    private static final int LOOKUPS_WORTH_A_DUMP = 50;

    private final Transport transport;

    /** Works over a transport of {@link RouteProtocol}, and closes it in the end. */
    public RouteSocket(Transport transport) {
        this.transport = transport;
    }

    /** Opens a socket in the network namespace of the calling thread, whichever thread uses it later. */
    public static RouteSocket open() throws NetlinkException {
        return new RouteSocket(KernelTransport.open(RouteProtocol.PROTOCOL));
    }

    /** All links. */
    public LinkTable links() throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_LINK, "list the links")
                .flags(Request.DUMP)
                .put(LinkAttributes.EXT_MASK, SKIP_STATISTICS)
                .build();
        List<Message> messages = transport.dump(request).orThrow();
        List<LinkInfo> links = new ArrayList<>(messages.size());
        for (Message message : messages) {
            links.add(new LinkInfo(message));
        }
        return new LinkTable(links);
    }

    /** The link of this name, or empty where there is none. */
    public Optional<LinkInfo> link(String name) throws NetlinkException {
        try {
            return Optional.of(
                    new LinkInfo(transport.exchange(lookup(name)).orThrow().get(0)));
        } catch (NetlinkException e) {
            if (e.errno().equals(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Request lookup(String name) {
        return Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_LINK, "find link " + name)
                .put(LinkAttributes.IFNAME, name)
                .put(LinkAttributes.EXT_MASK, SKIP_STATISTICS)
                .build();
    }

    /** By the index of each bridge and each port of one, the VLANs that it is in; of those that are in one at least. */
    public Map<Integer, List<BridgeVlan>> bridgeVlans() throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_LINK, "list the VLANs of bridges")
                .flags(Request.DUMP)
                .header(LinkAttributes.FAMILY, Families.BRIDGE)
                .put(LinkAttributes.EXT_MASK, COMPRESSED_VLANS)
                .build();
        Map<Integer, List<BridgeVlan>> vlans = new HashMap<>();
        for (Message message : transport.dump(request).orThrow()) {
            if (message.attributes().get(BridgeVlan.SPECIFICATION).isPresent()) {
                vlans.put((int) message.header(LinkAttributes.INDEX), BridgeVlan.decode(message.attributes()));
            }
        }
        return vlans;
    }

    /** Who is behind which port of which bridge. */
    public List<BridgeEntry> bridgeEntries() throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_NEIGHBOUR, "list what bridges know")
                .flags(Request.DUMP)
                .header(NeighbourAttributes.FAMILY, Families.BRIDGE)
                .build();
        List<BridgeEntry> entries = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            BridgeEntry.of(message).ifPresent(entries::add);
        }
        return entries;
    }

    /** All IPv4 and IPv6 addresses. */
    public List<AddressInfo> addresses() throws NetlinkException {
        List<AddressInfo> addresses = new ArrayList<>();
        for (Message message : dump(RouteProtocol.GET_ADDRESS, "list the addresses", AddressAttributes.FAMILY)) {
            addresses.add(AddressInfo.of(message));
        }
        return addresses;
    }

    /** All IPv4 and IPv6 routes of all tables. */
    public List<RouteInfo> routes() throws NetlinkException {
        List<RouteInfo> routes = new ArrayList<>();
        for (Message message : dump(RouteProtocol.GET_ROUTE, "list the routes", RouteAttributes.FAMILY)) {
            routes.add(RouteInfo.of(message));
        }
        return routes;
    }

    /**
     * The IPv4 and IPv6 routes of one table but for those of one protocol: of a host with many links nearly all are the
     * kernel's own.
     *
     * @param table 254 is the main one
     * @param without the number of who made those that are left out: 2 for the kernel
     */
    public List<RouteInfo> routes(int table, int without) throws NetlinkException {
        return routes(RouteAttributes.TABLE, table, message -> message.header(RouteAttributes.ORIGIN) != without);
    }

    /**
     * The IPv4 and IPv6 routes of all tables that lead over one link, and over no other.
     *
     * @param linkIndex of the link
     */
    public List<RouteInfo> routesOver(int linkIndex) throws NetlinkException {
        // An old kernel answers for all links.
        return routes(
                RouteAttributes.OIF,
                linkIndex,
                message -> message.attributes().number(RouteAttributes.OIF, 0) == linkIndex);
    }

    /** Those that the kernel tells when it is asked for a value of an attribute, and that are wanted. */
    private List<RouteInfo> routes(Attribute<Long> narrowed, long to, Predicate<Message> wanted)
            throws NetlinkException {
        List<RouteInfo> routes = new ArrayList<>();
        for (int family : new int[] {Families.IPV4, Families.IPV6}) {
            Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_ROUTE, "list the routes")
                    .flags(Request.DUMP)
                    .header(RouteAttributes.FAMILY, family)
                    .put(narrowed, to)
                    .build();
            Answer answer = transport.dump(request);
            if (hasNoTable(answer)) {
                continue;
            }
            for (Message message : answer.orThrow()) {
                // A kernel without IPv6 answers for all families together.
                if (message.header(RouteAttributes.FAMILY) == family && wanted.test(message)) {
                    routes.add(RouteInfo.of(message));
                }
            }
        }
        return routes;
    }

    private static boolean hasNoTable(Answer answer) {
        Optional<NetlinkException> failure = answer.failure();
        return failure.isPresent() && failure.get().errno().equals(Errno.ENOENT);
    }

    /** All IPv4 and IPv6 routing rules. */
    public List<RuleInfo> rules() throws NetlinkException {
        List<RuleInfo> rules = new ArrayList<>();
        for (Message message : dump(RouteProtocol.GET_RULE, "list the routing rules", RuleAttributes.FAMILY)) {
            rules.add(RuleInfo.of(message));
        }
        return rules;
    }

    /** The queueing disciplines of all links, also those that the kernel put there by itself. */
    public List<QdiscInfo> qdiscs() throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_QDISC, "list the qdiscs")
                .flags(Request.DUMP)
                .build();
        List<QdiscInfo> qdiscs = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            qdiscs.add(QdiscInfo.of(message));
        }
        return qdiscs;
    }

    /** The classes of htb of a link. */
    public List<HtbClassInfo> htbClasses(int linkIndex) throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_CLASS, "list the classes")
                .flags(Request.DUMP)
                .header(TrafficAttributes.INDEX, linkIndex)
                .build();
        List<HtbClassInfo> classes = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            if (message.attributes().text(TrafficAttributes.KIND, "").equals("htb")) {
                classes.add(HtbClassInfo.of(message));
            }
        }
        return classes;
    }

    /** The filters that sort packets for a qdisc, but for what the kernel only keeps them in. */
    public List<FilterInfo> filters(int linkIndex, int parent) throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.GET_FILTER, "list the filters")
                .flags(Request.DUMP)
                .header(TrafficAttributes.INDEX, linkIndex)
                .header(TrafficAttributes.PARENT, parent & 0xffff_ffffL)
                .build();
        List<FilterInfo> filters = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            FilterInfo filter = FilterInfo.of(message);
            if (filter.isComplete()) {
                filters.add(filter);
            }
        }
        return filters;
    }

    /** The messages of IPv4 and IPv6; a dump holds those of other families as well. */
    private List<Message> dump(MessageType type, String operation, HeaderLayout.Field family) throws NetlinkException {
        Request request = Request.of(RouteProtocol.PROTOCOL, type, operation)
                .flags(Request.DUMP)
                .build();
        List<Message> messages = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            if (Families.isIp(message.header(family))) {
                messages.add(message);
            }
        }
        return messages;
    }

    /**
     * Makes one change.
     *
     * @throws NetlinkException when the kernel refuses, or a link that it names is not there
     */
    public void apply(Change change) throws NetlinkException {
        Optional<NetlinkException> failure = applyAll(List.of(change)).get(0);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Makes changes in their order, many to a send. One that fails does not keep the next from being tried, so leave what
     * must not happen then for a later call. A change may name links that an earlier one makes.
     *
     * @return for each change why it failed, if it did
     * @throws NetlinkException when it is not known which were made
     */
    public List<Optional<NetlinkException>> applyAll(List<? extends Change> changes) throws NetlinkException {
        List<Optional<NetlinkException>> outcomes = new ArrayList<>(changes.size());
        int lookups = 0;
        for (Change change : changes) {
            lookups += change.neededLinks().size();
        }
        Batch batch = new Batch(outcomes, lookups > LOOKUPS_WORTH_A_DUMP);
        for (Change change : changes) {
            batch.add(change);
        }
        batch.flush();
        return outcomes;
    }

    /** Collects requests until the index of a link is needed that one of them may change. */
    private final class Batch {
        private final List<Optional<NetlinkException>> outcomes;
        private final List<Request> pending = new ArrayList<>();
        private final List<Integer> pendingOutcomes = new ArrayList<>();
        private final Set<String> pendingAffected = new HashSet<>();
        private final Map<String, Integer> indexes = new HashMap<>();
        private boolean worthADump;

        private Batch(List<Optional<NetlinkException>> outcomes, boolean worthADump) {
            this.outcomes = outcomes;
            this.worthADump = worthADump;
        }

        void add(Change change) throws NetlinkException {
            for (String name : change.neededLinks()) {
                Optional<NetlinkException> missing = find(name, change);
                if (missing.isPresent()) {
                    outcomes.add(missing);
                    return;
                }
            }
            pending.add(change.request(indexes::get));
            pendingOutcomes.add(outcomes.size());
            outcomes.add(Optional.empty());
            for (String name : change.affectedLinks()) {
                pendingAffected.add(name);
                if (name.equals(Change.ANY_LINK)) {
                    indexes.clear();
                } else {
                    indexes.remove(name);
                }
            }
        }

        private Optional<NetlinkException> find(String name, Change change) throws NetlinkException {
            if (indexes.containsKey(name)) {
                return Optional.empty();
            }
            if (worthADump || pendingAffected.contains(name) || pendingAffected.contains(Change.ANY_LINK)) {
                flush();
            }
            if (worthADump) {
                worthADump = false;
                for (LinkInfo link : links().all()) {
                    indexes.put(link.name(), link.index());
                }
                return find(name, change);
            }
            Optional<LinkInfo> link = link(name);
            if (link.isEmpty()) {
                return Optional.of(NetlinkException.missingLink(change.operation(), name));
            }
            indexes.put(name, link.get().index());
            return Optional.empty();
        }

        void flush() throws NetlinkException {
            if (pending.isEmpty()) {
                return;
            }
            List<Answer> answers = transport.exchange(pending);
            for (int i = 0; i < answers.size(); i++) {
                outcomes.set(pendingOutcomes.get(i), answers.get(i).failure());
            }
            pending.clear();
            pendingOutcomes.clear();
            pendingAffected.clear();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
