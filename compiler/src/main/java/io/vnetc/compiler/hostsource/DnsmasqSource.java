// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.hostsource;

import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings that a dnsmasq of ours was made from, read back from its files: domain, ranges, reservations, names and
 * forwarders. What it has beside those the plan of the source shows.
 */
final class DnsmasqSource {
    private final Dnsmasq dnsmasq;

    DnsmasqSource(Dnsmasq dnsmasq) {
        this.dnsmasq = dnsmasq;
    }

    Optional<String> domain() {
        return values("domain=")
                .findFirst()
                .map(domain -> "domain \"" + domain + "\""
                        + (dnsmasq.configuration().contains("local=/" + domain + "/") ? " local" : ""));
    }

    /** What stands in the block of a subnet. */
    void subnet(Cidr network, SourceText text) {
        if (values("dhcp-range=").anyMatch(range -> isAdvertised(range, network))) {
            text.line("advertise");
        }
        List<String> reservations = dnsmasq.dhcpHosts().stream()
                .flatMap(host -> reservation(host, network).stream())
                .toList();
        boolean first = true;
        for (String range : values("dhcp-range=").toList()) {
            List<String> parts = Arrays.asList(range.split(",", -1));
            if (parts.size() < 3 || !isIn(parts.get(0), network) || !isIn(parts.get(1), network)) {
                continue;
            }
            String line =
                    "dhcp " + parts.get(0) + " .. " + parts.get(1) + (parts.size() > 3 ? " lease " + parts.get(3) : "");
            if (first && !reservations.isEmpty()) {
                block(line, reservations, text);
            } else {
                text.line(line);
            }
            first = false;
        }
        if (first && !reservations.isEmpty()) {
            block("dhcp", reservations, text);
        }
    }

    private static void block(String line, List<String> reservations, SourceText text) {
        text.open(line);
        reservations.forEach(text::line);
        text.close();
    }

    /** Ranges of ours with IPv6 addresses go with advertisements, and so does a prefix that is only advertised. */
    private boolean isAdvertised(String range, Cidr network) {
        String start = range.split(",", 2)[0];
        return start.contains(":")
                && isIn(start, network)
                && dnsmasq.configuration().contains("enable-ra");
    }

    private static Optional<String> reservation(String line, Cidr network) {
        List<String> settings = new ArrayList<>();
        String name = "";
        boolean here = false;
        boolean known = false;
        for (String part : line.split(",", -1)) {
            String address = part.startsWith("[") ? part.substring(1, part.length() - 1) : part;
            if (part.startsWith("id:")) {
                settings.add("duid " + part.substring(3));
                known = true;
            } else if (part.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")) {
                settings.add("mac " + part);
                known = true;
            } else if (isIn(address, network)) {
                settings.add("address " + address);
                here = true;
            } else if (part.matches("[0-9]+[smhdw]?|infinite")) {
                settings.add("lease " + (part.matches("[0-9]+") ? part + "s" : part));
            } else {
                name = " \"" + part + "\"";
            }
        }
        return here && (known || !name.isEmpty())
                ? Optional.of("host" + name + " { " + String.join("  ", settings) + " }")
                : Optional.empty();
    }

    /** The block of the resolver. */
    void dns(SourceText text) {
        if (dnsmasq.configuration().contains("port=0")) {
            text.line("dns off");
            return;
        }
        List<String> lines = new ArrayList<>();
        values("server=").forEach(server -> lines.add(forwarder(server)));
        for (String host : dnsmasq.dnsHosts()) {
            List<String> words = Arrays.asList(host.split(" ", -1));
            lines.add("host " + words.get(0) + " = "
                    + String.join(
                            ", ",
                            words.subList(1, words.size()).stream()
                                    .map(HostSource::quoted)
                                    .toList()));
        }
        // The text is written as in the language: between quotes, with two escapes.
        values("txt-record=")
                .map(record -> record.split(",", 2))
                .forEach(record -> lines.add("txt " + HostSource.quoted(record[0]) + " = " + record[1]));
        values("srv-host=")
                .map(record -> record.split(",", -1))
                .filter(record -> record.length == 5)
                .forEach(
                        record -> lines.add("srv " + HostSource.quoted(record[0]) + " = " + HostSource.quoted(record[1])
                                + " port " + record[2] + " priority " + record[3] + " weight " + record[4]));
        values("cname=")
                .map(record -> record.split(",", 2))
                .forEach(record ->
                        lines.add("cname " + HostSource.quoted(record[0]) + " = " + HostSource.quoted(record[1])));
        if (!lines.isEmpty()) {
            block("dns", lines, text);
        }
    }

    private static String forwarder(String server) {
        String[] parts = server.split("/", -1);
        return parts.length == 3
                ? "forward \"" + parts[1] + "\" to " + server(parts[2])
                : "forward to " + server(server);
    }

    private static String server(String server) {
        int port = server.indexOf('#');
        return port < 0
                ? server
                : port == 0 ? "host" : server.substring(0, port) + " port " + server.substring(port + 1);
    }

    private Stream<String> values(String key) {
        return dnsmasq.configuration().stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()));
    }

    private static boolean isIn(String address, Cidr network) {
        try {
            IpAddress parsed = IpAddress.parse(address);
            return parsed.family() == network.family() && network.contains(parsed);
        } catch (LiteralException notOne) {
            return false;
        }
    }
}
