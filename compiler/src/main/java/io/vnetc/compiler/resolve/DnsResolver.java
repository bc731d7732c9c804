// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.vnet.DnsEntry;
import io.vnetc.dsl.vnet.DnsForwarder;
import io.vnetc.dsl.vnet.DnsHost;
import io.vnetc.dsl.vnet.DnsService;
import io.vnetc.dsl.vnet.DnsText;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What a network's resolver knows, and whom it asks. */
final class DnsResolver {
    /** RFC 1035 section 3.3: a character string has a length of one octet. */
    private static final int MOST_TEXT_BYTES = 255;
    /** RFC 2782: an underscore before the service and before the protocol. */
    private static final Pattern SERVICE = Pattern.compile("_[^.]+\\._[^.]+(\\..+)?");

    private static final int MOST_16_BITS = 65_535;

    private final Resolution resolution;

    DnsResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    Dns resolve(Network network, List<Subnet> subnets) {
        Optional<io.vnetc.dsl.vnet.Dns> block = only(network.getDns());
        if (block.isEmpty()) {
            return Dns.DEFAULT;
        }
        if (block.get().isOff()) {
            return new Dns(false, List.of(), List.of(), List.of(), List.of());
        }
        boolean served = network.getSubnets().stream()
                .anyMatch(subnet -> !subnet.getGateways().isEmpty());
        if (!served && !block.get().getEntries().isEmpty()) {
            resolution.error(
                    DiagnosticCode.NO_GATEWAY,
                    resolution.place(block.get()),
                    "nobody can ask the resolver of the network `" + network.getName()
                            + "`: the host has no address there",
                    "add a `gateway` to one of its subnets, or remove `dns`");
        }
        return new Entries(subnets).dns(block.get());
    }

    /** The entries of one block; hosts, texts and services are sorted, as their order means nothing to a resolver. */
    private final class Entries {
        private final List<Subnet> subnets;
        private final List<Dns.Forwarder> forwarders = new ArrayList<>();
        private final List<Dns.HostRecord> hosts = new ArrayList<>();
        private final List<Dns.Text> texts = new ArrayList<>();
        private final List<Dns.Service> services = new ArrayList<>();

        Entries(List<Subnet> subnets) {
            this.subnets = subnets;
        }

        Dns dns(io.vnetc.dsl.vnet.Dns block) {
            for (DnsEntry entry : block.getEntries()) {
                if (entry instanceof DnsForwarder forwarder) {
                    add(forwarder);
                } else if (entry instanceof DnsHost host) {
                    add(host);
                } else if (entry instanceof DnsText text) {
                    add(text);
                } else if (entry instanceof DnsService service) {
                    add(service);
                }
            }
            // Stable: of two records for one address the first is what the address is called.
            hosts.sort(Comparator.comparing(Dns.HostRecord::address));
            texts.sort(Comparator.comparing(Dns.Text::name).thenComparing(Dns.Text::value));
            services.sort(Comparator.comparing(Dns.Service::service)
                    .thenComparing(Dns.Service::priority)
                    .thenComparing(Dns.Service::target)
                    .thenComparing(Dns.Service::port));
            return new Dns(true, forwarders, hosts, texts, services);
        }

        private void add(DnsForwarder forwarder) {
            boolean forAll = forwarder.getDomain() == null;
            Optional<DomainName> domain =
                    forAll ? Optional.empty() : name(forwarder, VnetPackage.Literals.DNS_FORWARDER__DOMAIN, 0);
            List<IpAddress> servers = new ArrayList<>();
            for (Expression server : forwarder.getServers()) {
                resolution
                        .values()
                        .address(server, Optional.empty())
                        .filter(address -> canBeAsked(server, address))
                        .ifPresent(servers::add);
            }
            if (forAll || domain.isPresent()) {
                forwarders.add(new Dns.Forwarder(domain, servers));
            }
        }

        private boolean canBeAsked(Expression server, IpAddress address) {
            if (subnets.stream()
                    .anyMatch(subnet -> subnet.gateway().filter(address::equals).isPresent())) {
                resolution.error(
                        DiagnosticCode.FORWARDER_LOOP,
                        resolution.place(server),
                        "the resolver would ask itself: " + address + " is the host's own address on this network",
                        "name a resolver elsewhere, or remove the line to ask those of the host's resolv.conf");
                return false;
            }
            if (address.isMulticast() || address.isUnspecified() || address.isLinkLocal()) {
                resolution.error(
                        DiagnosticCode.UNUSABLE_ADDRESS,
                        resolution.place(server),
                        "no resolver can be asked at " + address,
                        "name a unicast address that is not link-local, as in 9.9.9.9");
                return false;
            }
            return true;
        }

        private void add(DnsHost host) {
            Optional<IpAddress> address = resolution.values().address(host.getAddress(), Optional.empty());
            List<DomainName> names = new ArrayList<>();
            for (int i = 0; i < host.getNames().size(); i++) {
                name(host, VnetPackage.Literals.DNS_HOST__NAMES, i).ifPresent(names::add);
            }
            address.ifPresent(known -> hosts.add(new Dns.HostRecord(known, names)));
        }

        private void add(DnsText text) {
            Optional<DomainName> name = name(text, VnetPackage.Literals.DNS_TEXT__NAME, 0);
            String value = text.getValue();
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_TEXT_BYTES) {
                resolution.error(
                        DiagnosticCode.TEXT_RECORD,
                        resolution.place(text, VnetPackage.Literals.DNS_TEXT__VALUE),
                        "the text has " + bytes + " bytes, and a TXT record holds " + MOST_TEXT_BYTES + " (RFC 1035)",
                        "shorten it");
            } else if (!value.codePoints().allMatch(DnsResolver::isPrintable)) {
                resolution.error(
                        DiagnosticCode.TEXT_RECORD,
                        resolution.place(text, VnetPackage.Literals.DNS_TEXT__VALUE),
                        "the text has a character that is not printed, which dnsmasq's configuration cannot hold",
                        "remove it");
            } else {
                name.ifPresent(known -> texts.add(new Dns.Text(known, value)));
            }
        }

        private void add(DnsService service) {
            Optional<DomainName> name = name(service, VnetPackage.Literals.DNS_SERVICE__SERVICE, 0)
                    .filter(known -> isService(service, known));
            Optional<DomainName> target = name(service, VnetPackage.Literals.DNS_SERVICE__TARGET, 0);
            Optional<Integer> port = number(service.getPort(), 1, "a port");
            Optional<Integer> priority = orZero(service.getPriority(), "a priority");
            Optional<Integer> weight = orZero(service.getWeight(), "a weight");
            if (name.isPresent()
                    && target.isPresent()
                    && port.isPresent()
                    && priority.isPresent()
                    && weight.isPresent()) {
                services.add(new Dns.Service(name.get(), target.get(), port.get(), priority.get(), weight.get()));
            }
        }

        private boolean isService(DnsService service, DomainName name) {
            boolean matches = SERVICE.matcher(name.text()).matches();
            if (!matches) {
                resolution.error(
                        DiagnosticCode.NAME_FORM,
                        resolution.place(service, VnetPackage.Literals.DNS_SERVICE__SERVICE),
                        "`" + name + "` is not a service and a protocol, each with an underscore before it (RFC 2782)",
                        "write it as in `_ldap._tcp` or `_ldap._tcp.office.example`");
            }
            return matches;
        }

        private Optional<Integer> orZero(Expression expression, String what) {
            return expression == null ? Optional.of(0) : number(expression, 0, what);
        }

        private Optional<Integer> number(Expression expression, int least, String what) {
            return resolution
                    .values()
                    .integer(expression, least, MOST_16_BITS, what)
                    .map(Math::toIntExact);
        }

        private Optional<DomainName> name(EObject node, EStructuralFeature feature, int index) {
            return resolution.values().domainName(node, feature, index);
        }
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
