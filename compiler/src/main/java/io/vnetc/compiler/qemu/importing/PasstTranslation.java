// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The passt that QEMU 10.1 and later start by themselves: the NetDevPasstOptions of its qapi/net.json. */
final class PasstTranslation {
    private static final Pattern PORTS = Pattern.compile("(?:(?<on>[^%/]+)?(?:%(?<via>[^/]+))?/)?(?<list>[0-9~:,-]+)");
    private static final Pattern RANGE =
            Pattern.compile("(?<first>[0-9]{1,5})(?:-(?<last>[0-9]{1,5}))?(?::(?<target>[0-9]{1,5})(?:-[0-9]{1,5})?)?");

    private final Findings findings;
    private final Values values;

    PasstTranslation(Findings findings) {
        this.findings = findings;
        this.values = new Values(findings);
    }

    Plugged translate(Settings settings, Statement.Block nic) {
        // Where it is and how much it says changes nothing of the network.
        settings.takeAll("quiet", "path");
        Statement.Block passt = nic.open(settings.from(), "passt");
        for (PropertyKind kind : BackendProperties.PASST) {
            List<String> written = new ArrayList<>();
            List<Settings.Setting> given = settings.takeAll(kind.property().substring("--".length()));
            given.forEach(setting -> value(settings, setting, kind, passt).ifPresent(written::add));
            if (!written.isEmpty()) {
                passt.say(settings.from(given.get(0)), kind.name() + " " + String.join(", ", written));
            }
        }
        for (String protocol : List.of("tcp", "udp")) {
            settings.takeAll(protocol + "-ports").forEach(ports -> ports(settings, ports, protocol, passt));
        }
        return Plugged.PLAIN;
    }

    private Optional<String> value(
            Settings settings, Settings.Setting setting, PropertyKind kind, Statement.Block passt) {
        From from = settings.from(setting);
        return kind.type() == ValueType.ADDRESS
                ? values.address(passt, from, setting.value()).map(IpAddress::toString)
                : values.text(passt, from, setting.value());
    }

    private void ports(Settings settings, Settings.Setting setting, String protocol, Statement.Block passt) {
        From from = settings.from(setting);
        Matcher parts = PORTS.matcher(setting.value());
        if (!parts.matches()) {
            findings.noEqual(passt, from, "it is no list of ports", "write it as in 127.0.0.1/2222:22");
            return;
        }
        String on = Optional.ofNullable(parts.group("on"))
                .flatMap(text -> values.address(passt, from, text.replaceAll("[\\[\\]]", "")))
                .map(address -> " on " + address)
                .orElse("");
        String via = Optional.ofNullable(parts.group("via"))
                .map(link -> " via " + Spelling.name(link))
                .orElse("");
        List<String> excluded = new ArrayList<>();
        List<Matcher> ranges = new ArrayList<>();
        for (String part : parts.group("list").split(",", -1)) {
            boolean out = part.startsWith("~");
            Matcher range = RANGE.matcher(out ? part.substring(1) : part);
            if (!range.matches()) {
                findings.noEqual(passt, from, "`" + part + "` is no range of ports", "write it as in 8000-8010");
                return;
            }
            if (out) {
                excluded.add(range(range));
            } else {
                ranges.add(range);
            }
        }
        String except = excluded.isEmpty() ? "" : " except " + String.join(", ", excluded);
        for (Matcher range : ranges) {
            String target = range.group("target");
            passt.say(
                    from,
                    "publish " + protocol + " " + range(range) + except + on + via
                            + (target == null ? "" : " to port " + Integer.parseInt(target)));
        }
    }

    private static String range(Matcher range) {
        int first = Integer.parseInt(range.group("first"));
        String last = range.group("last");
        return first + (last == null ? "" : ".." + Integer.parseInt(last));
    }
}
