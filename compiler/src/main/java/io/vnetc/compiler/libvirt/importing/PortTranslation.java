// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.VirtualportNames;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Rate;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How guests' ports are set, of a network or a portgroup: VLANs, switches, rates. */
final class PortTranslation {
    /** libvirt hands its numbers of KiB a second to tc(8) as {@code kbps}, which is 1,000 bytes a second. */
    private static final BigInteger BITS = BigInteger.valueOf(8_000);

    private static final long KIB = 1024;

    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "802.1Qbg", Set.of("managerid", "typeid", "typeidversion", "instanceid"),
            "802.1Qbh", Set.of("profileid"),
            "openvswitch", Set.of("profileid", "interfaceid"),
            "midonet", Set.of("interfaceid"),
            "any", Set.of("managerid", "typeid", "typeidversion", "instanceid", "profileid", "interfaceid"));

    private final Findings findings;

    PortTranslation(Findings findings) {
        this.findings = findings;
    }

    void translate(Node owner, Statement.Block out) {
        owner.value("trustGuestRxFilters")
                .ifPresent(value -> out.say(
                        owner.from("trustGuestRxFilters"), "trust-filters" + (value.equals("yes") ? "" : " off")));
        owner.child("port")
                .filter(port -> port.has("isolated"))
                .ifPresent(port ->
                        out.say(port.from("isolated"), "isolated" + (port.says("isolated", "yes") ? "" : " off")));
        owner.child("vlan").ifPresent(vlan -> vlan(vlan, out));
        owner.child("virtualport").ifPresent(virtualport -> virtualport(virtualport, out));
        owner.child("bandwidth").ifPresent(bandwidth -> bandwidth(bandwidth, out));
    }

    private void vlan(Node vlan, Statement.Block out) {
        List<Node> tags = vlan.children("tag");
        for (Node tag : tags) {
            if (tag.says("id", "0") || tag.says("id", "4095")) {
                findings.noEqual(
                        out, tag.from("id"), "0 and 4095 are no VLANs (IEEE 802.1Q)", "write a VLAN of 1 to 4094");
                return;
            }
        }
        List<Node> natives = tags.stream().filter(tag -> tag.has("nativeMode")).toList();
        if (natives.size() > 1) {
            findings.noEqual(
                    out, natives.get(1).from("nativeMode"), "there is one native VLAN", "keep one `nativeMode`");
            return;
        }
        boolean trunk = tags.size() > 1 || vlan.has("trunk") || !natives.isEmpty();
        String ids = tags.stream().map(PortTranslation::id).collect(Collectors.joining(", "));
        out.say(
                vlan.from(),
                "vlan " + (trunk ? "trunk " : "") + ids
                        + natives.stream()
                                .findFirst()
                                .map(tag -> " native " + id(tag) + " "
                                        + tag.value("nativeMode").orElseThrow())
                                .orElse(""));
    }

    private static String id(Node tag) {
        return Integer.toString(Integer.parseInt(tag.value("id").orElseThrow()));
    }

    private void virtualport(Node virtualport, Statement.Block out) {
        String type = virtualport.value("type").orElse("any");
        Statement.Block block = out.open(virtualport.from(), "virtualport " + type);
        virtualport
                .child("parameters")
                .ifPresent(parameters -> parameters.element().attributes().forEach(attribute -> {
                    From what = parameters.from(attribute.name());
                    if (!PARAMETERS.get(type).contains(attribute.name())) {
                        findings.noEqual(
                                out, what, "a switch of the type " + type + " has no such parameter", "remove it");
                    } else if (!Spelling.canWrite(attribute.value())) {
                        findings.noEqual(out, what, "it has a character that is not printed", "write it without");
                    } else {
                        block.say(
                                what,
                                VirtualportNames.OURS.get(attribute.name()) + " = " + parameter(attribute.value()));
                    }
                }));
    }

    private static String parameter(String value) {
        return value.matches("[0-9][0-9a-fA-Fx-]*") ? value : Spelling.text(value);
    }

    private void bandwidth(Node bandwidth, Statement.Block out) {
        if (bandwidth.has("classID")) {
            findings.note(
                    bandwidth.from("classID").place(),
                    "`" + bandwidth.path() + "/@classID` is libvirt's own, which it writes for a running network");
        }
        Statement.Block block = new Statement.Block("qos", bandwidth.from());
        bandwidth.child("inbound").ifPresent(limit -> limit(limit, block, out));
        bandwidth.child("outbound").ifPresent(limit -> limit(limit, block, out));
        if (!block.isEmpty()) {
            out.add(block);
        }
    }

    private void limit(Node limit, Statement.Block block, Statement.Block out) {
        StringBuilder line = new StringBuilder(limit.element().local());
        boolean outbound = line.toString().equals("outbound");
        for (String name : List.of("average", "peak", "floor")) {
            if (!limit.has(name)) {
                continue;
            }
            if (name.equals("peak") && outbound) {
                findings.note(
                        limit.from(name).place(),
                        "libvirt takes no notice of `" + limit.path()
                                + "/@peak`: what guests send is held to its average");
                continue;
            }
            if (name.equals("floor") && outbound) {
                findings.noEqual(out, limit.from(name), "only what guests receive has a floor", "remove it");
                continue;
            }
            Optional<String> rate = rate(limit.value(name).orElseThrow());
            if (rate.isEmpty()) {
                findings.noEqual(out, limit.from(name), "it is more than a rate can be", "write less");
                return;
            }
            line.append(' ').append(name).append(' ').append(rate.get());
        }
        limit.value("burst")
                .ifPresent(burst -> line.append(" burst ").append(new ByteSize(Long.parseLong(burst) * KIB)));
        if (!line.toString().contains(" ")) {
            findings.noEqual(out, limit.from(), "it says no rate", "add `average`");
            return;
        }
        block.say(limit.from(), line.toString());
    }

    private static Optional<String> rate(String kilobytes) {
        BigInteger bits = new BigInteger(kilobytes).multiply(BITS);
        return bits.bitLength() < Long.SIZE ? Optional.of(new Rate(bits.longValue()).toString()) : Optional.empty();
    }
}
