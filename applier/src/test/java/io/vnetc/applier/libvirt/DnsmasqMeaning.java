// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.libvirt;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a dnsmasq with these files does, however it is written. */
final class DnsmasqMeaning {
    /** Where files are, and what says nothing of the service: the reason for each is beside it. */
    private static final Set<String> HOW = Set.of(
            "pid-file", // each in its own folder
            "dhcp-leasefile", // libvirt keeps leases by a script
            "dhcp-hostsfile", // the content is compared
            "addn-hosts", // the content is compared
            "dhcp-lease-max", // ours is the size of the subnet, so that a reservation more is no restart
            "no-ping", // no answer of dnsmasq's differs: an offer comes three seconds sooner
            "no-hosts", // names of the host's own /etc/hosts are no business of guests
            "strict-order", // ours asks all servers and remembers which answers
            "except-interface",
            "bind-dynamic");

    private final List<Cidr> subnets;
    private final String bridge;
    private final Set<String> says = new TreeSet<>();
    private final List<Scope> scopes = new ArrayList<>();

    private DnsmasqMeaning(List<Cidr> subnets, String bridge) {
        this.subnets = subnets;
        this.bridge = bridge;
    }

    /** All that it does, one thing a line. */
    static Set<String> of(
            List<String> configuration,
            List<String> dhcpHosts,
            List<String> dnsHosts,
            List<Cidr> subnets,
            String bridge) {
        DnsmasqMeaning meaning = new DnsmasqMeaning(subnets, bridge);
        List<String> lines = configuration.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        lines.forEach(meaning::line);
        if (lines.contains("enable-ra")) {
            subnets.stream()
                    .filter(subnet -> lines.stream()
                            .anyMatch(line -> line.startsWith("dhcp-range=")
                                    && subnet.contains(IpAddress.parse(line.substring("dhcp-range=".length())
                                            .split(",", -1)[0]))))
                    .filter(subnet -> subnet.toString().contains(":"))
                    .forEach(subnet -> meaning.says.add("advertises " + subnet));
        }
        if (lines.contains("port=0")) {
            // Nobody is answered, so what would be answered says nothing.
            meaning.says.removeIf(thing -> thing.startsWith("expand-hosts") || thing.startsWith("no-resolv"));
        }
        if (meaning.says.stream().noneMatch(thing -> thing.matches("gives [0-9.]+/.*"))) {
            // libvirt says them of IPv4 only, and DHCPv6 knows no other server that could be preferred.
            meaning.says.removeAll(Set.of("dhcp-authoritative", "dhcp-no-override"));
        }
        if (meaning.says.stream().noneMatch(thing -> thing.startsWith("gives ") || thing.startsWith("advertises "))) {
            // Nobody is told options who is given no address, nor anything in advertisements that are not sent.
            meaning.says.removeIf(thing -> thing.startsWith("dhcp-option ") || thing.startsWith("ra-param "));
        }
        dhcpHosts.forEach(meaning::dhcpHost);
        dnsHosts.forEach(meaning::dnsHost);
        return meaning.says;
    }

    private void line(String line) {
        String key = line.contains("=") ? line.substring(0, line.indexOf('=')) : line;
        String value = line.contains("=") ? line.substring(line.indexOf('=') + 1) : "";
        if (HOW.contains(key) || key.equals("enable-ra")) {
            return;
        }
        switch (key) {
            case "dhcp-range" -> range(value);
            case "server" ->
                says.add("server "
                        + says.stream().filter(x -> x.startsWith("server ")).count() + " " + value);
            case "ra-param" -> says.add("ra-param " + value.replaceFirst("^(\\*|" + bridge + "),", ""));
            case "srv-host" -> says.add("srv-host " + service(value));
            case "txt-record" -> says.add("txt-record " + value.replace("\"", ""));
            case "dhcp-boot" -> says.add("dhcp-boot " + value.replace("\"", "").replaceAll(",+", " "));
            case "dhcp-option" -> says.add("dhcp-option " + option(value));
            case "tftp-root" -> says.add("tftp-root " + value.replace("\"", ""));
            default -> says.add((key + " " + value).strip());
        }
    }

    private static String option(String value) {
        return value.replaceFirst("^option:", "")
                .replaceFirst("^ntp-server,", "42,")
                .replaceFirst("^mtu,", "26,");
    }

    private static String service(String value) {
        String[] parts = value.split(",", -1);
        return parts.length < 2
                ? value
                : parts[0] + " " + parts[1] + " " + (parts.length > 2 ? parts[2] : "1") + " "
                        + (parts.length > 3 ? parts[3] : "0") + " " + (parts.length > 4 ? parts[4] : "0");
    }

    private void range(String value) {
        String[] parts = Arrays.stream(value.split(",", -1))
                .filter(part -> !part.startsWith("set:") && !part.startsWith("tag:"))
                .toArray(String[]::new);
        IpAddress first = IpAddress.parse(parts[0]);
        Cidr subnet = subnets.stream()
                .filter(each -> each.contains(first))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a range outside: " + value));
        boolean ipv6 = subnet.toString().contains(":");
        if (parts[1].equals("ra-only")) {
            says.add("advertises " + subnet);
            return;
        }
        String end = parts[parts.length - 1];
        boolean hasLease = end.matches("[0-9]+[smhd]|infinite|[0-9]{3,}") && parts.length > 2;
        String lease = hasLease ? lease(end) : ipv6 ? "86400" : "3600";
        boolean isStatic = parts[1].equals("static");
        scopes.add(
                new Scope(subnet, first, isStatic ? Optional.empty() : Optional.of(IpAddress.parse(parts[1])), lease));
        // Nobody has the lease of a static one but its hosts, each of which says its own below.
        says.add("gives " + subnet + " " + (isStatic ? "static" : parts[0] + "-" + parts[1] + " for " + lease));
    }

    /** Addresses that are given out, to known hosts only where {@code last} is absent, and for how long. */
    private record Scope(Cidr subnet, IpAddress first, Optional<IpAddress> last, String lease) {
        boolean contains(IpAddress address) {
            return last.isPresent() && first.compareTo(address) <= 0 && address.compareTo(last.get()) <= 0;
        }
    }

    /** What dnsmasq grants a host without a time of its own: narrow_context() of its dhcp.c, address6_valid() of its dhcp6.c. */
    private String inherited(IpAddress address) {
        List<Scope> onSubnet = scopes.stream()
                .filter(scope -> scope.subnet().contains(address))
                .toList();
        return onSubnet.stream()
                .filter(scope -> address.family() == IpFamily.IPV4 && scope.contains(address))
                .findFirst()
                .or(() -> onSubnet.stream()
                        .filter(scope -> address.family() == IpFamily.IPV4
                                && scope.last().isEmpty())
                        .findFirst())
                .or(() -> onSubnet.stream().findFirst())
                .map(Scope::lease)
                .orElse("nothing");
    }

    private static String lease(String text) {
        if (text.equals("infinite")) {
            return text;
        }
        BigInteger number = new BigInteger(text.replaceAll("[a-z]", ""));
        int unit = switch (text.charAt(text.length() - 1)) {
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            default -> 1;
        };
        return number.multiply(BigInteger.valueOf(unit)).toString();
    }

    private void dhcpHost(String line) {
        Set<String> parts = new TreeSet<>();
        String address = "";
        Optional<String> lease = Optional.empty();
        for (String part : line.split(",", -1)) {
            if (part.startsWith("id:") && part.length() > 8) {
                parts.add("id:"
                        + Arrays.stream(part.substring(3).split(":"))
                                .map(octet -> octet.length() == 1 ? "0" + octet : octet)
                                .collect(Collectors.joining(":")));
            } else if (part.matches("[0-9]+[smhd]?|infinite")) {
                lease = Optional.of(lease(part));
            } else if (part.startsWith("[") || part.matches("[0-9.]+")) {
                address = part;
            } else if (!part.startsWith("set:")) {
                parts.add(part.toLowerCase(Locale.ROOT));
            }
        }
        String inherited = inherited(IpAddress.parse(address.replaceAll("[\\[\\]]", "")));
        says.add("host " + address + " " + parts + " for " + lease.orElse(inherited));
    }

    private void dnsHost(String line) {
        String[] parts = line.strip().split("[ \t]+");
        says.add("name " + parts[0] + " = " + Arrays.asList(parts).subList(1, parts.length));
    }
}
