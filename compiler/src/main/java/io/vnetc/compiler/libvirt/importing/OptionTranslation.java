// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.dnsmasq.RawOptions;
import io.vnetc.compiler.dnsmasq.RawOptions.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines for dnsmasq, {@code <dnsmasq:options>}: those that the language has settings for. */
final class OptionTranslation {
    private final Findings findings;

    OptionTranslation(Findings findings) {
        this.findings = findings;
    }

    /**
     * Puts each where it belongs.
     *
     * @param own whether the network has a dnsmasq
     * @param network its block, with subnets and resolver in it already
     */
    void translate(Node options, boolean own, Statement.Block network) {
        List<Statement> settings = new ArrayList<>();
        for (Node option : options.children()) {
            From what = option.from("value");
            String line = option.value("value").orElseThrow();
            Optional<Translation> translation = own ? RawOptions.fromRaw(line) : Optional.empty();
            Optional<Statement.Block> place = translation.flatMap(known -> place(known, what, network));
            boolean nothing = translation
                    .filter(known -> known.block() == RawOptions.Block.NOWHERE)
                    .isPresent();
            if (nothing) {
                findings.note(what.place(), "`" + line + "` is so without a word");
            } else if (translation.isPresent() && translation.get().block() == RawOptions.Block.DNSMASQ) {
                settings.add(new Statement.Line(translation.get().words(), what));
            } else if (place.isPresent()) {
                place.get().say(what, translation.get().words());
            } else {
                findings.noEqual(
                        network,
                        what,
                        "the language has no setting that says just what `" + line + "` says here",
                        "remove it, or say it with a setting of the language");
            }
        }
        if (!settings.isEmpty()) {
            Statement.Block dnsmasq = network.open(options.from(), "dnsmasq");
            settings.forEach(dnsmasq::add);
        }
    }

    /** The block that a translation belongs into: in one that is there, or a new one for names. */
    private static Optional<Statement.Block> place(Translation known, From what, Statement.Block network) {
        return switch (known.block()) {
            case DNSMASQ, NOWHERE -> Optional.empty();
            case DNS -> network.find(block -> block.startsWith("dns")).or(() -> Optional.of(network.open(what, "dns")));
            case SUBNET_IPV4 -> network.find(OptionTranslation::isIpv4);
            case DHCP_IPV4 -> network.find(OptionTranslation::isIpv4).flatMap(OptionTranslation::dhcp);
            case DHCP_IPV6 ->
                network.find(block -> isSubnet(block) && !isIpv4(block)).flatMap(OptionTranslation::dhcp);
        };
    }

    /** An option is for all clients of a family, so it has to be in a block that is for all of them. */
    private static Optional<Statement.Block> dhcp(Statement.Block subnet) {
        return subnet.find(block -> block.startsWith("dhcp"));
    }

    private static boolean isSubnet(String head) {
        return head.startsWith("subnet ");
    }

    private static boolean isIpv4(String head) {
        return isSubnet(head) && !head.contains(":");
    }
}
