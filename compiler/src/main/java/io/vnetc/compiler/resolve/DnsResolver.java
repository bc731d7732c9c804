// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.dnsmasq.ReverseZones;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.vnet.DnsAlias;
import io.vnetc.dsl.vnet.DnsEntry;
import io.vnetc.dsl.vnet.DnsForwarder;
import io.vnetc.dsl.vnet.DnsHost;
import io.vnetc.dsl.vnet.DnsPointer;
import io.vnetc.dsl.vnet.DnsServer;
import io.vnetc.dsl.vnet.DnsService;
import io.vnetc.dsl.vnet.DnsText;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Switch;
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
            return Dns.OFF;
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
        private final List<Dns.Alias> aliases = new ArrayList<>();
        private final List<Dns.Pointer> pointers = new ArrayList<>();
        private final List<Placed<DomainName>> aliasNames = new ArrayList<>();

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
                } else if (entry instanceof DnsAlias alias) {
                    add(alias);
                } else if (entry instanceof DnsPointer pointer) {
                    add(pointer);
                }
            }
            checkForwarders(block);
            checkAliases();
            // Stable: of two records for one address the first is what the address is called.
            hosts.sort(Comparator.comparing(Dns.HostRecord::address));
            texts.sort(Comparator.comparing(Dns.Text::name).thenComparing(Dns.Text::value));
            services.sort(Comparator.comparing(Dns.Service::service)
                    .thenComparing(Dns.Service::priority)
                    .thenComparing(
                            service -> service.target().map(DomainName::text).orElse(""))
                    .thenComparing(Dns.Service::port));
            aliases.sort(Comparator.comparing(Dns.Alias::name));
            pointers.sort(Comparator.comparing(Dns.Pointer::name).thenComparing(Dns.Pointer::target));
            boolean plainNames = only(block.getPlainNames())
                    .map(toggle -> toggle.getState() != Switch.OFF)
                    .orElse(true);
            return new Dns(true, plainNames, forwarders, hosts, texts, services, aliases, pointers);
        }

        private void add(DnsForwarder forwarder) {
            boolean forAll = forwarder.getDomain() == null;
            Optional<DomainName> domain =
                    forAll ? Optional.empty() : name(forwarder, VnetPackage.Literals.DNS_FORWARDER__DOMAIN, 0);
            List<Dns.Server> servers = new ArrayList<>();
            for (DnsServer entry : forwarder.getServers()) {
                Expression server = entry.getAddress();
                Optional<Integer> port =
                        entry.getPort() == null ? Optional.of(Dns.Server.PORT) : number(entry.getPort(), 1, "a port");
                resolution
                        .values()
                        .address(server, Optional.empty())
                        .filter(address -> canBeAsked(server, address))
                        .flatMap(address -> port.map(number -> new Dns.Server(address, number)))
                        .ifPresent(servers::add);
            }
            if ((forAll || domain.isPresent()) && forwarder.isHost() == servers.isEmpty()) {
                forwarders.add(new Dns.Forwarder(domain, servers));
            }
        }

        /** dnsmasq asks either those that it is told or those of resolv.conf. */
        private void checkForwarders(io.vnetc.dsl.vnet.Dns block) {
            List<DnsForwarder> general = block.getEntries().stream()
                    .filter(DnsForwarder.class::isInstance)
                    .map(DnsForwarder.class::cast)
                    .filter(forwarder -> forwarder.getDomain() == null)
                    .toList();
            Optional<DnsForwarder> host =
                    general.stream().filter(DnsForwarder::isHost).findFirst();
            Optional<DnsForwarder> named =
                    general.stream().filter(forwarder -> !forwarder.isHost()).findFirst();
            named.ifPresent(servers -> block.getEntries().stream()
                    .filter(DnsForwarder.class::isInstance)
                    .map(DnsForwarder.class::cast)
                    .filter(forwarder -> forwarder.getDomain() != null && forwarder.isHost())
                    .forEach(forwarder -> resolution.report(Diagnostic.warning(
                                    DiagnosticCode.FORWARDERS_CLASH,
                                    resolution.place(forwarder),
                                    "names in `" + forwarder.getDomain() + "` are asked for as all others are: where"
                                            + " servers are named for all names, dnsmasq does not know the host's")
                            .withHint("name the servers of this domain")
                            .withRelated(resolution.place(servers), "the servers for all names"))));
            if (host.isPresent() && named.isPresent()) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.FORWARDERS_CLASH,
                                resolution.place(host.get()),
                                "all names are to be asked for as the host itself does, and at servers of your own")
                        .withHint("keep one of the two lines, or name a domain in one of them")
                        .withRelated(resolution.place(named.get()), "the other one"));
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
            } else if (!value.isEmpty() && !OptionValue.Text.isText(value)) {
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
            if (service.isNone()) {
                name.map(Dns.Service::none).ifPresent(services::add);
                return;
            }
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

        private void add(DnsAlias alias) {
            Optional<DomainName> name = name(alias, VnetPackage.Literals.DNS_ALIAS__NAME, 0);
            Optional<DomainName> target = name(alias, VnetPackage.Literals.DNS_ALIAS__TARGET, 0);
            name.ifPresent(known -> aliasNames.add(new Placed<>(
                    known,
                    "the alias `" + known + "`",
                    () -> resolution.place(alias, VnetPackage.Literals.DNS_ALIAS__NAME))));
            if (name.isPresent() && target.isPresent()) {
                if (name.equals(target)) {
                    resolution.error(
                            DiagnosticCode.ALIAS,
                            resolution.place(alias, VnetPackage.Literals.DNS_ALIAS__TARGET),
                            "`" + name.get() + "` would be another name of itself",
                            "name the host that it stands for");
                    return;
                }
                aliases.add(new Dns.Alias(name.get(), target.get()));
            }
        }

        /** A name that is another one's has no record of its own (RFC 1034 section 3.6.2). */
        private void checkAliases() {
            Twice.among(
                    aliasNames,
                    (first, second) -> resolution.report(Diagnostic.error(
                                    DiagnosticCode.ALIAS,
                                    second.place(),
                                    "`" + second.value() + "` is another name of two hosts")
                            .withHint("remove one of them")
                            .withRelated(first.place(), "the other one")));
            for (Placed<DomainName> alias : aliasNames) {
                hosts.stream()
                        .filter(host -> host.names().contains(alias.value()))
                        .findFirst()
                        .ifPresent(host -> resolution.error(
                                DiagnosticCode.ALIAS,
                                alias.place(),
                                "`" + alias.value() + "` is the name of " + host.address()
                                        + ", and can be no alias as well",
                                "remove it here, or there"));
            }
        }

        private void add(DnsPointer pointer) {
            Optional<DomainName> target = name(pointer, VnetPackage.Literals.DNS_POINTER__TARGET, 0);
            Optional<DomainName> name = address(pointer.getName())
                    .map(ReverseZones::name)
                    .or(() -> name(pointer, VnetPackage.Literals.DNS_POINTER__NAME, 0));
            if (name.isPresent() && target.isPresent()) {
                pointers.add(new Dns.Pointer(name.get(), target.get()));
            }
        }

        private Optional<IpAddress> address(String text) {
            try {
                return Optional.of(IpAddress.parse(text));
            } catch (LiteralException e) {
                return Optional.empty();
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
}
