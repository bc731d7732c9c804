// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.trial;

import io.vnetc.applier.host.Programs;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.Cidr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Links that a source takes for granted, made where there are none: uplinks, each with addresses and the first with default
 * routes, and bridges that are to be there before.
 *
 * @param links that were made
 */
public record StandIns(List<Link> links) {
    /** Networks for documentation (RFC 5737, RFC 3849), benchmarks (RFC 2544) and carriers (RFC 6598): nobody's own. */
    private static final List<Cidr> NETWORKS = List.of(
            Cidr.parse("192.0.2.0/24"),
            Cidr.parse("198.51.100.0/24"),
            Cidr.parse("203.0.113.0/24"),
            Cidr.parse("198.18.0.0/24"),
            Cidr.parse("198.18.1.0/24"),
            Cidr.parse("198.18.2.0/24"),
            Cidr.parse("100.64.0.0/24"),
            Cidr.parse("100.64.1.0/24"));

    private static final List<Cidr> NETWORKS6 = List.of(
            Cidr.parse("2001:db8:ffff:1::/64"),
            Cidr.parse("2001:db8:ffff:2::/64"),
            Cidr.parse("2001:db8:ffff:3::/64"),
            Cidr.parse("2001:db8:ffff:4::/64"));

    /** Of what a plain link can be made where there is no hardware, best first. */
    private static final List<String[]> LINK_TYPES =
            List.of(new String[] {"type", "dummy"}, new String[] {"type", "veth"}, new String[] {"type", "bridge"});

    private static final String NAMELESS_UPLINK = "uplink0";

    public StandIns {
        links = List.copyOf(links);
    }

    /**
     * A link that stands in for another.
     *
     * @param name in the kernel
     * @param role in a few words, as "uplink internet"
     * @param address that it has; empty where it has none
     */
    public record Link(String name, String role, String address) {}

    /** Makes them in the network namespace of the calling thread. */
    public static StandIns make(Model model, String host, Programs programs) throws DriverException {
        return new Maker(model, host, programs).make();
    }

    private static final class Maker {
        private final Model model;
        private final String host;
        private final Programs programs;
        private final List<Link> made = new ArrayList<>();
        private final Set<String> names = new TreeSet<>();
        private final List<Cidr> taken;

        Maker(Model model, String host, Programs programs) {
            this.model = model;
            this.host = host;
            this.programs = programs;
            this.taken = new ArrayList<>(model.networks().stream()
                    .flatMap(network -> network.subnets().stream())
                    .map(subnet -> subnet.network())
                    .toList());
        }

        StandIns make() throws DriverException {
            List<Uplink> uplinks = model.hosts().stream()
                    .filter(declared -> declared.name().equals(host))
                    .map(Host::uplinks)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(Uplink::origin))
                    .toList();
            for (Uplink uplink : uplinks) {
                if (isPort(uplink)) {
                    bareLink(uplink.link().text(), "uplink " + uplink.role());
                } else {
                    uplink(uplink.link().text(), "uplink " + uplink.role());
                }
            }
            if (uplinks.isEmpty() && here().stream().anyMatch(network -> forwards(network.forwarding()))) {
                uplink(NAMELESS_UPLINK, "uplink");
            }
            for (Network network : here()) {
                if (network.forwarding() instanceof Forwarding.ExistingBridge) {
                    bridge(network.bridge().name().text());
                }
            }
            return new StandIns(made);
        }

        private List<Network> here() {
            return model.networks().stream()
                    .filter(network -> network.host().map(host::equals).orElse(true))
                    .toList();
        }

        private static boolean forwards(Forwarding forwarding) {
            return forwarding instanceof Forwarding.Nat || forwarding instanceof Forwarding.Routed;
        }

        private boolean isPort(Uplink uplink) {
            return here().stream()
                    .anyMatch(network -> network.forwarding() instanceof Forwarding.ManagedBridge managed
                            && managed.via().contains(uplink));
        }

        /** What becomes a port of a bridge has no address of its own. */
        private void bareLink(String name, String role) throws DriverException {
            if (names.add(name)) {
                plainLink(name);
                made.add(new Link(name, role, ""));
            }
        }

        private void uplink(String name, String role) throws DriverException {
            if (!names.add(name)) {
                return;
            }
            plainLink(name);
            ip("link", "set", "dev", name, "up");
            Cidr network = free(NETWORKS);
            String address = network.host(2) + "/" + network.length();
            ip("address", "add", address, "dev", name);
            Cidr network6 = free(NETWORKS6);
            programs.run(Call.of("ip", "address", "add", network6.host(2) + "/64", "dev", name, "nodad"));
            if (made.stream().allMatch(link -> link.address().isEmpty())) {
                ip("route", "add", "default", "via", network.host(1).toString(), "dev", name);
                // A kernel without IPv6 has no such route, and networks without it do not miss it.
                programs.run(Call.of(
                        "ip",
                        "-6",
                        "route",
                        "add",
                        "default",
                        "via",
                        network6.host(1).toString(),
                        "dev",
                        name));
            }
            made.add(new Link(name, role, address));
        }

        private void plainLink(String name) throws DriverException {
            DriverException last = null;
            for (String[] type : LINK_TYPES) {
                List<String> words = new ArrayList<>(List.of("link", "add", "name", name));
                words.addAll(List.of(type));
                try {
                    ip(words.toArray(String[]::new));
                    return;
                } catch (DriverException e) {
                    last = e;
                }
            }
            throw last;
        }

        private void bridge(String name) throws DriverException {
            if (names.add(name)) {
                // With an address of its own: an automatic one would follow the first tap, and never come back.
                ip(
                        "link",
                        "add",
                        "name",
                        name,
                        "address",
                        "02:00:00:00:00:%02x".formatted(names.size()),
                        "type",
                        "bridge");
                ip("link", "set", "dev", name, "up");
                made.add(new Link(name, "bridge of the host", ""));
            }
        }

        private Cidr free(List<Cidr> candidates) throws DriverException {
            for (Cidr candidate : candidates) {
                if (taken.stream().noneMatch(candidate::overlaps)) {
                    taken.add(candidate);
                    return candidate;
                }
            }
            throw new DriverException(
                    "cannot make a stand-in for an uplink",
                    "the source uses all networks that are kept for examples",
                    "");
        }

        private void ip(String... words) throws DriverException {
            programs.succeed(Call.of("ip", words), "cannot make a stand-in: ip " + String.join(" ", words));
        }
    }
}
