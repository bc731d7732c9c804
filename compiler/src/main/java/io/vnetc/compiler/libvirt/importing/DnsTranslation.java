// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A network's resolver: {@code <dns>}. */
final class DnsTranslation {
    private final Findings findings;

    DnsTranslation(Findings findings) {
        this.findings = findings;
    }

    /** @param domain whether the network has one, which names of one label are in here */
    void translate(Node dns, boolean domain, Statement.Block out) {
        if (dns.says("enable", "no")) {
            out.say(dns.from("enable"), "dns off");
            for (Node entry : dns.children()) {
                findings.noEqual(
                        out, entry.from(), "the network's resolver is off, so nobody is ever told", "remove it");
            }
            return;
        }
        Statement.Block block = new Statement.Block("dns", dns.from());
        if (dns.says("forwardPlainNames", "no")) {
            block.say(dns.from("forwardPlainNames"), "plain-names off");
        }
        forwarders(dns.children("forwarder"), block);
        hosts(dns.children("host"), block);
        dns.children("txt").forEach(text -> text(text, domain, block));
        dns.children("srv").forEach(service -> service(service, block));
        if (!block.isEmpty()) {
            out.add(block);
        }
    }

    /** One line for all that stand together and are for the same domain: their order is that in which they are asked. */
    private void forwarders(List<Node> forwarders, Statement.Block out) {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < forwarders.size(); i++) {
            Node forwarder = forwarders.get(i);
            Optional<String> domain = forwarder.value("domain");
            Optional<String> address = forwarder.value("addr");
            String head =
                    "forward" + domain.map(name -> " " + Spelling.domain(name)).orElse("") + " to ";
            if (address.isEmpty()) {
                if (domain.isEmpty() || forwarder.has("port")) {
                    findings.noEqual(out, forwarder.from(), "it says neither whom to ask nor for what", "add `addr`");
                } else {
                    out.say(forwarder.from(), head + "host");
                }
                continue;
            }
            servers.add(address.get()
                    + forwarder.value("port").map(port -> " port " + port).orElse(""));
            boolean goesOn = i + 1 < forwarders.size()
                    && forwarders.get(i + 1).has("addr")
                    && forwarders.get(i + 1).value("domain").equals(domain);
            if (!goesOn) {
                out.say(forwarder.from(), head + String.join(", ", servers));
                servers.clear();
            }
        }
    }

    /** One line for an address, where it stands first, as libvirt writes them. */
    private static void hosts(List<Node> hosts, Statement.Block out) {
        Map<IpAddress, List<Node>> byAddress = hosts.stream()
                .collect(Collectors.groupingBy(
                        host -> IpAddress.parse(host.value("ip").orElseThrow()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        byAddress.forEach((address, all) -> out.say(
                all.get(0).from(),
                "host " + address + " = "
                        + all.stream()
                                .flatMap(host -> host.children("hostname").stream())
                                .map(name -> Spelling.domain(name.text()))
                                .collect(Collectors.joining(", "))));
    }

    /** libvirt hands the value to dnsmasq as it is, to which a comma outside quotes begins another string. */
    private void text(Node text, boolean domain, Statement.Block out) {
        if (domain && !text.value("name").orElseThrow().contains(".")) {
            findings.noEqual(
                    out,
                    text.from("name"),
                    "a name of one label is in the network's domain here, and in none under libvirt",
                    "write the whole name");
            return;
        }
        String value = text.value("value").orElseThrow();
        if (value.contains(",") || value.contains("\"") || value.contains("\\")) {
            findings.noEqual(
                    out,
                    text.from("value"),
                    "dnsmasq reads a comma, a quote or a backslash in it as an instruction",
                    "write the record by hand: `txt NAME = \"…\"` takes them as they are");
        } else if (!Spelling.canWrite(value)) {
            findings.noEqual(out, text.from("value"), "it has a character that is not printed", "write it without");
        } else {
            out.say(
                    text.from(),
                    "txt " + Spelling.domain(text.value("name").orElseThrow()) + " = " + Spelling.text(value));
        }
    }

    private void service(Node service, Statement.Block out) {
        String name = "_" + service.value("service").orElseThrow() + "._"
                + service.value("protocol").orElseThrow()
                + service.value("domain").map(domain -> "." + domain).orElse("");
        Optional<String> target = service.value("target");
        if (target.filter(text -> !text.equals(".")).isEmpty()) {
            // dnsmasq then tells clients that there is no such service; the root as target libvirt leaves out as well.
            noteNumbers(service);
            out.say(service.from(), "srv " + Spelling.name(name) + " = none");
            return;
        }
        // What libvirt writes where a later value is given and an earlier one is not, and dnsmasq reads where none is.
        String port = service.value("port").orElse("1");
        out.say(
                service.from(),
                "srv " + Spelling.name(name) + " = " + Spelling.domain(target.get()) + " port " + port
                        + service.value("priority")
                                .map(value -> " priority " + value)
                                .orElse("")
                        + service.value("weight")
                                .map(value -> " weight " + value)
                                .orElse(""));
    }

    private void noteNumbers(Node service) {
        for (String number : List.of("port", "priority", "weight")) {
            if (service.has(number)) {
                findings.note(
                        service.from(number).place(),
                        "libvirt takes no notice of `" + service.path() + "/@" + number + "` without a target");
            }
        }
    }
}
