// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.libvirt;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Rules as iptables-save prints them, and the kernel's way of a packet through them. A rule that is not understood fails. */
final class SavedFirewall {
    private final Map<String, Map<String, List<SavedRule>>> tables = new LinkedHashMap<>();

    /** A packet, where a hook sees it; {@code out} is empty on its way in, {@code in} on its way out. */
    record Packet(
            String in, String out, IpAddress source, IpAddress destination, String protocol, int port, String state) {}

    private record SavedRule(Predicate<Packet> meets, String target, String parameters) {}

    static SavedFirewall of(String text) {
        SavedFirewall firewall = new SavedFirewall();
        String table = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith(":")) {
                firewall.tables
                        .computeIfAbsent(table, absent -> new LinkedHashMap<>())
                        .computeIfAbsent(line.substring(1).split(" ", -1)[0], absent -> new ArrayList<>());
            } else if (line.startsWith("-A ") || line.startsWith("-I ")) {
                firewall.add(table, line);
            }
        }
        return firewall;
    }

    private void add(String table, String line) {
        Iterator<String> words = Arrays.asList(line.split(" ", -1)).iterator();
        words.next();
        String chain = words.next();
        Predicate<Packet> meets = packet -> true;
        String target = "";
        List<String> parameters = new ArrayList<>();
        boolean not = false;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("1") && line.startsWith("-I ")) {
                continue;
            }
            if (word.equals("!")) {
                not = true;
                continue;
            }
            Optional<Predicate<Packet>> match = match(word, words);
            if (word.equals("-j") || word.equals("-g")) {
                target = words.next();
            } else if (!target.isEmpty()) {
                parameters.add(word);
            } else if (match.isPresent()) {
                meets = meets.and(not ? match.get().negate() : match.get());
            } else {
                throw new IllegalArgumentException("not understood: " + word + " in " + line);
            }
            not = false;
        }
        tables.computeIfAbsent(table, absent -> new LinkedHashMap<>())
                .computeIfAbsent(chain, absent -> new ArrayList<>())
                .add(new SavedRule(meets, target, String.join(" ", parameters)));
    }

    private static Optional<Predicate<Packet>> match(String word, Iterator<String> words) {
        return switch (word) {
            case "-s" -> {
                Cidr network = cidr(words.next());
                yield Optional.of(packet -> network.contains(packet.source()));
            }
            case "-d" -> {
                Cidr network = cidr(words.next());
                yield Optional.of(packet -> network.contains(packet.destination()));
            }
            case "-i" -> {
                String link = words.next();
                yield Optional.of(packet -> packet.in().equals(link));
            }
            case "-o" -> {
                String link = words.next();
                yield Optional.of(packet -> packet.out().equals(link));
            }
            case "-p" -> {
                String protocol = words.next();
                yield Optional.of(packet -> packet.protocol().equals(protocol));
            }
            case "--dport" -> {
                int port = Integer.parseInt(words.next());
                yield Optional.of(packet -> packet.port() == port);
            }
            case "--dports" -> {
                Set<String> ports = Set.of(words.next().split(","));
                yield Optional.of(packet -> ports.contains(Integer.toString(packet.port())));
            }
            case "--ctstate" -> {
                Set<String> states = Set.of(words.next().split(","));
                yield Optional.of(packet -> states.contains(packet.state()));
            }
            case "-m" -> {
                words.next();
                yield Optional.of(packet -> true);
            }
            default -> Optional.empty();
        };
    }

    private static Cidr cidr(String text) {
        return text.contains("/") ? Cidr.parse(text) : Cidr.parse(text + (text.contains(":") ? "/128" : "/32"));
    }

    /** What becomes of a packet: the target that ends its way with its parameters, or {@code LEFT} to the policy. */
    String verdict(String table, String hook, Packet packet) {
        String end = walk(tables.getOrDefault(table, Map.of()), hook, packet);
        return end.equals("RETURN") || end.isEmpty() ? "LEFT" : end;
    }

    private static String walk(Map<String, List<SavedRule>> chains, String chain, Packet packet) {
        for (SavedRule rule : chains.getOrDefault(chain, List.of())) {
            if (!rule.meets().test(packet) || rule.target().isEmpty()) {
                continue;
            }
            if (rule.target().equals("RETURN")) {
                return "";
            }
            if (chains.containsKey(rule.target())) {
                String end = walk(chains, rule.target(), packet);
                if (!end.isEmpty()) {
                    return end;
                }
                continue;
            }
            return (rule.target() + " " + rule.parameters()).strip();
        }
        return "";
    }
}
