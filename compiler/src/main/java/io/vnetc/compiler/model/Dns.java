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
 * @param forwarders asked for what is not known here; empty: those of the host's resolv.conf, none where isolated
 * @param hosts names of addresses, sorted by address; of two for one address the first is its own name
 * @param texts TXT records, sorted
 * @param services SRV records, sorted
 */
public record Dns(
        boolean enabled, List<Forwarder> forwarders, List<HostRecord> hosts, List<Text> texts, List<Service> services) {
    public static final Dns DEFAULT = new Dns(true, List.of(), List.of(), List.of(), List.of());

    public Dns {
        forwarders = List.copyOf(forwarders);
        hosts = List.copyOf(hosts);
        texts = List.copyOf(texts);
        services = List.copyOf(services);
    }

    /**
     * A server to ask.
     *
     * @param domain for names in it; absent: for all names
     * @param servers in order
     */
    public record Forwarder(Optional<DomainName> domain, List<IpAddress> servers) {
        public Forwarder {
            servers = List.copyOf(servers);
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
     */
    public record Service(DomainName service, DomainName target, int port, int priority, int weight) {}
}
