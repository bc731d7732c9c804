// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Addresses of a network, and who is given which: {@code <ip>}. */
final class SubnetTranslation {
    /** As guests make their addresses of (RFC 4862). */
    private static final int ADVERTISED_LENGTH = 64;

    private static final int LONGEST_LEASE_SECONDS = Integer.MAX_VALUE;

    /** What dnsmasq grants in DHCPv4 where libvirt says nothing, and the language's default. */
    private static final String DEFAULT_LEASE = "1h";

    /** What dnsmasq grants in DHCPv6 where libvirt says nothing. */
    private static final String DEFAULT_IPV6_LEASE = "1d";

    private final Findings findings;

    SubnetTranslation(Findings findings) {
        this.findings = findings;
    }

    /** Translates all of a network. */
    void translate(List<Node> all, Statement.Block out) {
        boolean dhcpv6 = all.stream().anyMatch(SubnetTranslation::givesIpv6);
        all.forEach(ip -> translate(ip, dhcpv6, out));
    }

    private static boolean givesIpv6(Node ip) {
        return ip.value("address").orElse("").contains(":")
                && ip.child("dhcp").filter(dhcp -> !dhcp.children().isEmpty()).isPresent();
    }

    /** The network that an element with {@code address}, {@code netmask} and {@code prefix} is in. */
    static Optional<Cidr> network(Node node, boolean hostBits) {
        IpAddress address = IpAddress.parse(node.value("address").orElse("0.0.0.0"));
        Optional<Integer> length = length(node, address);
        return length.filter(bits -> bits <= (address.family() == IpFamily.IPV4 ? 32 : 128))
                .filter(bits -> hostBits || address.masked(bits).equals(address))
                .map(bits -> new Cidr(address.masked(bits), bits));
    }

    /** As virSocketAddrGetIPPrefix() does: where nothing is said, IPv4 addresses have the length of their class. */
    private static Optional<Integer> length(Node node, IpAddress address) {
        if (node.has("prefix")) {
            return node.value("prefix").map(Integer::parseInt);
        }
        if (node.has("netmask")) {
            return address.family() == IpFamily.IPV4
                    ? maskLength(node.value("netmask").orElseThrow())
                    : Optional.empty();
        }
        if (address.family() == IpFamily.IPV6) {
            return Optional.of(64);
        }
        int first = address.toBytes()[0] & 0xff;
        return Optional.of(address.isUnspecified() ? 0 : first < 128 ? 8 : first < 192 ? 16 : 24);
    }

    private static Optional<Integer> maskLength(String mask) {
        byte[] octets = IpAddress.parse(mask).toBytes();
        int bits = 0;
        for (byte octet : octets) {
            bits = bits << 8 | (octet & 0xff);
        }
        int length = Integer.bitCount(bits);
        boolean contiguous = length == 0 ? bits == 0 : bits == -1 << (32 - length);
        return contiguous ? Optional.of(length) : Optional.empty();
    }

    /**
     * @param dhcpv6 whether the network gives IPv6 addresses out; libvirt then advertises only those prefixes in which it
     *     does
     */
    private void translate(Node ip, boolean dhcpv6, Statement.Block out) {
        if (!ip.has("address")) {
            findings.noEqual(out, ip.from(), "it says no address", "add `address`");
            return;
        }
        IpAddress gateway = IpAddress.parse(ip.value("address").orElseThrow());
        String family = gateway.family() == IpFamily.IPV4 ? "ipv4" : "ipv6";
        Optional<Cidr> network = network(ip, true);
        if (!ip.value("family").orElse(family).equals(family) || network.isEmpty()) {
            findings.noEqual(
                    out,
                    ip.from(network.isEmpty() ? ip.has("netmask") ? "netmask" : "prefix" : "family"),
                    "its `address`, `family`, `netmask` and `prefix` do not go together",
                    "mend it; libvirt refuses it as well");
            return;
        }
        Statement.Block block = out.open(ip.from(), "subnet " + network.get());
        block.say(ip.from("address"), "gateway " + host(gateway, network.get()));
        if (gateway.family() == IpFamily.IPV6 && (!dhcpv6 || givesIpv6(ip))) {
            advertise(ip, network.get(), block);
        }
        if (ip.says("localPtr", "yes")) {
            block.say(ip.from("localPtr"), "local-ptr");
        }
        ip.child("tftp")
                .ifPresent(tftp ->
                        text(tftp, "root", block).ifPresent(root -> block.say(tftp.from("root"), "tftp " + root)));
        ip.child("dhcp").ifPresent(dhcp -> dhcp(dhcp, network.get(), block));
    }

    private void advertise(Node ip, Cidr network, Statement.Block block) {
        if (network.length() == ADVERTISED_LENGTH) {
            block.say(ip.from(), "advertise");
        } else {
            findings.noEqual(
                    block,
                    ip.from("prefix"),
                    "libvirt advertises this prefix, from which guests make no address unless it has 64 bits (RFC 4862)",
                    "make it a /64");
        }
    }

    private void dhcp(Node dhcp, Cidr network, Statement.Block out) {
        List<Node> hosts = dhcp.children("host");
        Optional<Node> boot = dhcp.child("bootp");
        List<Scope> scopes = new ArrayList<>();
        Statement.Block last = null;
        for (Node range : dhcp.children("range")) {
            Scope scope = new Scope(
                    address(range, "start"),
                    address(range, "end"),
                    lease(range, out).or(() -> defaultLease(network)));
            scopes.add(scope);
            last = out.open(
                    range.from(),
                    "dhcp " + host(scope.first(), network) + " .. " + host(scope.last(), network)
                            + leaseWords(scope.lease()));
        }
        if (hosts.isEmpty() && boot.isEmpty()) {
            return;
        }
        if (scopes.isEmpty() && hosts.isEmpty()) {
            findings.noEqual(
                    out,
                    boot.orElseThrow().from(),
                    "there is no address to give out with it",
                    "add a range or a host to `dhcp`, or remove `bootp`");
            return;
        }
        Statement.Block block = scopes.size() == 1
                ? last
                : out.open(dhcp.from(), "dhcp" + (scopes.isEmpty() ? leaseWords(defaultLease(network)) : ""));
        hosts.forEach(host -> reservation(host, network, inherited(host, scopes), block));
        boot.ifPresent(node -> boot(node, network, block));
    }

    /** A range, and what is granted in it where that is not the language's default. */
    private record Scope(IpAddress first, IpAddress last, Optional<String> lease) {
        boolean contains(IpAddress address) {
            return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
        }
    }

    /**
     * The lease of a host that has none of its own, where it has to be said: dnsmasq takes that of the range that the address
     * is in, or else of the one that is written first, and in DHCPv6 of the first one always. Where there is one range its
     * block says it.
     */
    private static Optional<String> inherited(Node host, List<Scope> scopes) {
        if (scopes.stream().map(Scope::lease).distinct().count() < 2) {
            return Optional.empty();
        }
        IpAddress address = address(host, "ip");
        return scopes.stream()
                .filter(scope -> address.family() == IpFamily.IPV4 && scope.contains(address))
                .findFirst()
                .orElse(scopes.get(0))
                .lease()
                .or(() -> Optional.of(DEFAULT_LEASE));
    }

    private static String leaseWords(Optional<String> lease) {
        return lease.map(text -> " lease " + text).orElse("");
    }

    private static Optional<String> defaultLease(Cidr network) {
        return network.family() == IpFamily.IPV6 ? Optional.of(DEFAULT_IPV6_LEASE) : Optional.empty();
    }

    private void reservation(Node host, Cidr network, Optional<String> inherited, Statement.Block out) {
        String name = host.value("name").map(text -> " " + Spelling.name(text)).orElse("");
        Statement.Block block = new Statement.Block("host" + name, host.from());
        host.value("mac").ifPresent(mac -> block.say(host.from("mac"), "mac " + mac.toLowerCase(Locale.ROOT)));
        host.value("id").ifPresent(id -> block.say(host.from("id"), "duid " + duid(id)));
        block.say(host.from("ip"), "address " + host(address(host, "ip"), network));
        lease(host, out)
                .or(() -> inherited)
                .ifPresent(lease -> block.say(host.child("lease").orElse(host).from(), "lease " + lease));
        out.add(block);
    }

    /** Each octet in two digits; libvirt takes one as well. */
    private static String duid(String id) {
        return Arrays.stream(id.split(":"))
                .map(octet -> (octet.length() == 1 ? "0" : "") + octet.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(":"));
    }

    private void boot(Node boot, Cidr network, Statement.Block out) {
        if (network.family() == IpFamily.IPV6) {
            findings.noEqual(out, boot.from(), "libvirt takes no notice of it in DHCPv6", "remove it");
            return;
        }
        text(boot, "file", out)
                .ifPresent(file -> out.say(
                        boot.from(),
                        "boot " + file
                                + boot.value("server")
                                        .map(server ->
                                                " server " + (isAddress(server) ? server : Spelling.text(server)))
                                        .orElse("")));
    }

    private static boolean isAddress(String text) {
        try {
            IpAddress.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<String> text(Node node, String attribute, Statement.Block out) {
        String text = node.value(attribute).orElseThrow();
        if (!Spelling.canWrite(text)) {
            findings.noEqual(out, node.from(attribute), "it has a character that is not printed", "write it without");
            return Optional.empty();
        }
        return Optional.of(Spelling.text(text));
    }

    private static IpAddress address(Node node, String attribute) {
        return IpAddress.parse(node.value(attribute).orElseThrow());
    }

    /** Short where the rest of the address stands right above it. */
    static String host(IpAddress address, Cidr network) {
        boolean isShort = network.family() == IpFamily.IPV4 && network.length() == 24 && network.contains(address);
        return isShort ? "." + (address.toBytes()[3] & 0xff) : address.toString();
    }

    private Optional<String> lease(Node node, Statement.Block out) {
        return node.child("lease").flatMap(lease -> {
            long expiry = Long.parseLong(lease.value("expiry").orElseThrow());
            if (expiry == 0) {
                return Optional.of("infinite");
            }
            long scale = switch (lease.value("unit").orElse("minutes")) {
                case "hours" -> 3600;
                case "seconds" -> 1;
                default -> 60;
            };
            if (expiry > LONGEST_LEASE_SECONDS / scale || expiry * scale < 120) {
                findings.noEqual(
                        out,
                        lease.from("expiry"),
                        "DHCP grants two minutes at least, and what 32 bits hold of seconds at most",
                        "write another time, or 0 for ever");
                return Optional.empty();
            }
            return Optional.of(Durations.print(Duration.ofSeconds(expiry * scale)));
        });
    }
}
