// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.dnsmasq.RawOptions.Block;
import io.vnetc.compiler.dnsmasq.RawOptions.Translation;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines about names, which have a place in {@code dns { … }}. */
final class RawRecords {
    private static final Pattern SERVER = Pattern.compile("(?:/(.*)/)?([^/]*)");
    private static final Pattern ADDRESS = Pattern.compile("([0-9a-fA-F:.]+)(?:#([0-9]{1,5}))?");

    private RawRecords() {}

    static Optional<Translation> translate(String option, List<String> items) {
        return switch (option) {
            case "server" -> items.size() == 1 ? server(items.get(0)) : Optional.empty();
            case "cname" -> plainNames(items) ? records("cname ", items) : Optional.empty();
            case "ptr-record" -> items.size() == 2 && plainNames(items) ? records("ptr ", items) : Optional.empty();
            case "txt-record" -> text(items);
            case "srv-host" -> service(items);
            default -> Optional.empty();
        };
    }

    private static boolean plainNames(List<String> items) {
        return items.size() > 1 && items.stream().noneMatch(item -> item.startsWith("*") || item.matches("[0-9]+"));
    }

    private static String name(String item) {
        return SourceText.quoted(DomainName.parse(RawItems.unquoted(item)).text());
    }

    private static Optional<Translation> records(String word, List<String> items) {
        if (items.size() != 2) {
            return Optional.empty();
        }
        return Optional.of(new Translation(Block.DNS, word + name(items.get(0)) + " = " + name(items.get(1))));
    }

    private static Optional<Translation> text(List<String> items) {
        if (items.size() != 2) {
            return Optional.empty();
        }
        return Optional.of(new Translation(
                Block.DNS, "txt " + name(items.get(0)) + " = " + SourceText.quoted(RawItems.unquoted(items.get(1)))));
    }

    /** Without a port it is an answer that there is no such service, which the language does not have. */
    private static Optional<Translation> service(List<String> items) {
        if (items.size() < 3 || items.size() > 5) {
            return Optional.empty();
        }
        List<String> numbers = new ArrayList<>();
        for (String item : items.subList(2, items.size())) {
            Optional<Long> number = RawItems.number(item, 0xffff);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            numbers.add(number.get().toString());
        }
        String words = "srv " + name(items.get(0)) + " = " + name(items.get(1)) + " port " + numbers.get(0);
        words += numbers.size() > 1 ? " priority " + numbers.get(1) : "";
        words += numbers.size() > 2 ? " weight " + numbers.get(2) : "";
        return Optional.of(new Translation(Block.DNS, words));
    }

    private static Optional<Translation> server(String item) {
        Matcher form = SERVER.matcher(item);
        if (!form.matches()) {
            return Optional.empty();
        }
        String domains = form.group(1);
        String server = form.group(2);
        if (server.isEmpty()) {
            // A server of none: the names are known here or nowhere.
            return domains == null || domains.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Translation(
                            Block.DNSMASQ,
                            "local = "
                                    + List.of(domains.split("/", -1)).stream()
                                            .map(RawRecords::name)
                                            .collect(Collectors.joining(", "))));
        }
        if (domains != null && domains.contains("/")) {
            return Optional.empty();
        }
        String what = "forward " + (domains == null ? "" : name(domains) + " ") + "to ";
        if (server.equals("#")) {
            return domains == null ? Optional.empty() : Optional.of(new Translation(Block.DNS, what + "host"));
        }
        Matcher address = ADDRESS.matcher(server);
        if (!address.matches()) {
            return Optional.empty();
        }
        String port = address.group(2) == null ? "" : " port " + Integer.parseInt(address.group(2));
        return Optional.of(new Translation(Block.DNS, what + IpAddress.parse(address.group(1)) + port));
    }
}
