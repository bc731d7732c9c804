// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the resolver of a network knows and whom it asks.
 *
 * @param enabled whether the network has one
 * @param plainNames whether names of one label may be asked for elsewhere
 * @param forwarders asked for what is not known here; empty: those of the host's resolv.conf, none where isolated
 * @param hosts names of addresses, sorted by address; of two for one address the first is its own name
 * @param texts TXT records, sorted
 * @param services SRV records, sorted
 * @param aliases CNAME records, sorted by name
 * @param pointers PTR records, sorted by name
 */
public record Dns(
        boolean enabled,
        boolean plainNames,
        List<Forwarder> forwarders,
        List<HostRecord> hosts,
        List<Text> texts,
        List<Service> services,
        List<Alias> aliases,
        List<Pointer> pointers) {
    public static final Dns DEFAULT = new Dns(true, List.of(), List.of(), List.of(), List.of());
    public static final Dns OFF = new Dns(false, List.of(), List.of(), List.of(), List.of());

    public Dns {
        forwarders = List.copyOf(forwarders);
        hosts = List.copyOf(hosts);
        texts = List.copyOf(texts);
        services = List.copyOf(services);
        aliases = List.copyOf(aliases);
        pointers = List.copyOf(pointers);
    }

    /** One with no other name than these, that asks for plain names as for all others. */
    public Dns(
            boolean enabled,
            List<Forwarder> forwarders,
            List<HostRecord> hosts,
            List<Text> texts,
            List<Service> services) {
        this(enabled, true, forwarders, hosts, texts, services, List.of(), List.of());
    }

    /**
     * Whom to ask.
     *
     * @param domain for names in it; absent: for all names
     * @param servers in order; empty: those that the host itself asks
     */
    public record Forwarder(Optional<DomainName> domain, List<Server> servers) {
        public Forwarder {
            servers = List.copyOf(servers);
        }

        /** Whether the host's own resolv.conf says whom to ask. */
        public boolean asHost() {
            return servers.isEmpty();
        }
    }

    /**
     * A resolver elsewhere.
     *
     * @param port 53 where nothing else is said
     */
    public record Server(IpAddress address, int port) {
        public static final int PORT = 53;

        public Server(IpAddress address) {
            this(address, PORT);
        }
    }

    public record HostRecord(IpAddress address, List<DomainName> names) {
        public HostRecord {
            names = List.copyOf(names);
        }
    }

    /**
     * A TXT record.
     *
     * @param value at most 255 bytes in UTF-8 of printable characters (RFC 1035 section 3.3.14); may hold quotes,
     *     backslashes and commas, which dnsmasq's configuration takes between quotes with the first two escaped
     */
    public record Text(DomainName name, String value) {}

    /**
     * An SRV record (RFC 2782).
     *
     * @param service {@code _service._protocol}, with or without a domain behind it
     * @param target absent: there is no such service, and the numbers are 0
     */
    public record Service(DomainName service, Optional<DomainName> target, int port, int priority, int weight) {
        public Service(DomainName service, DomainName target, int port, int priority, int weight) {
            this(service, Optional.of(target), port, priority, weight);
        }

        /** Says that there is no such service. */
        public static Service none(DomainName service) {
            return new Service(service, Optional.empty(), 0, 0, 0);
        }
    }

    /**
     * Another name of a host.
     *
     * @param target that dnsmasq knows by itself: of a record here, or of a client that has a lease
     */
    public record Alias(DomainName name, DomainName target) {}

    /** A PTR record: of an address's name in {@code in-addr.arpa} or {@code ip6.arpa}, or of a service's. */
    public record Pointer(DomainName name, DomainName target) {}
}
