// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.link;

import static io.vnetc.compiler.link.LinkOption.Place.KEPT;
import static io.vnetc.compiler.link.LinkOption.Place.MADE_AGAIN;
import static io.vnetc.compiler.link.LinkOption.flag;
import static io.vnetc.compiler.link.LinkOption.needed;
import static io.vnetc.compiler.link.LinkOption.time;
import static io.vnetc.compiler.link.LinkOption.whole;
import static io.vnetc.compiler.link.LinkOption.words;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of links that a host makes, each with what it can be set to. */
public enum LinkType {
    /**
     * Others in one. What needs it down or empty makes it again (bond_opts of drivers/net/bonding/bond_options.c). Its
     * links are watched every 100 ms unless they are asked by ARP, which three modes do not take.
     */
    BOND(
            "bond",
            "bonding",
            words("mode", "mode", Bonds.ROUND_ROBIN, MADE_AGAIN, Bonds.MODES),
            time("monitor", "miimon", 100),
            time("up-delay", "updelay", 0).where("monitor"),
            time("down-delay", "downdelay", 0).where("monitor"),
            time("arp-interval", "arp_interval", 0).where("mode", Bonds.ROUND_ROBIN, Bonds.ACTIVE_BACKUP, 2L, 3L),
            words("arp-validate", "arp_validate", 0, KEPT, Bonds.ARP_VALIDATIONS)
                    .where("arp-interval"),
            words("hash", "xmit_hash_policy", 0, KEPT, Bonds.HASHES).where("mode", 2L, Bonds.LACP, Bonds.TLB),
            words("lacp-rate", "lacp_rate", 0, MADE_AGAIN, Bonds.numbered("slow", "fast"))
                    .where("mode", Bonds.LACP),
            words("ad-select", "ad_select", 0, MADE_AGAIN, Bonds.numbered("stable", "bandwidth", "count"))
                    .where("mode", Bonds.LACP),
            whole("min-links", "min_links", 0, 255, 0, KEPT).where("mode", Bonds.LACP),
            words("reselect", "primary_reselect", 0, KEPT, Bonds.numbered("always", "better", "failure"))
                    .where("mode", Bonds.ACTIVE_BACKUP, Bonds.TLB, Bonds.ALB),
            words("fail-over-mac", "fail_over_mac", 0, MADE_AGAIN, Bonds.numbered("none", "active", "follow"))
                    .where("mode", Bonds.ACTIVE_BACKUP),
            whole("packets-per-link", "packets_per_slave", 0, 65_535, 1, KEPT).where("mode", Bonds.ROUND_ROBIN),
            whole("peer-notifications", "num_grat_arp", 0, 255, 1, KEPT),
            whole("resend-igmp", "resend_igmp", 0, 255, 1, KEPT),
            flag("all-active", "all_slaves_active", KEPT)),
    VLAN(
            "vlan",
            "8021q",
            needed("tag", "id", 1, 4094, MADE_AGAIN),
            words("protocol", "protocol", 0x8100, MADE_AGAIN, Bonds.words("802.1Q", 0x8100, "802.1ad", 0x88a8))),
    MACVLAN("macvlan", "macvlan", Bonds.MACVLAN_MODE),
    MACVTAP("macvtap", "macvtap", Bonds.MACVLAN_MODE),
    IPVLAN("ipvlan", "ipvlan", words("mode", "mode", 0, MADE_AGAIN, Bonds.numbered("l2", "l3", "l3s"))),
    VETH("veth", "veth"),
    DUMMY("dummy", "dummy"),
    TUN("tun", "tun"),
    TAP("tap", "tun");

    private final String word;
    private final String module;
    // Of records, and unmodifiable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<LinkOption> options;

    LinkType(String word, String module, LinkOption... options) {
        this.word = word;
        this.module = module;
        this.options = List.of(options);
    }

    /** Words and their numbers, as linux/if_link.h and linux/if_bonding.h have them. */
    private static final class Bonds {
        static final long ROUND_ROBIN = 0;
        static final long ACTIVE_BACKUP = 1;
        static final long LACP = 4;
        static final long TLB = 5;
        static final long ALB = 6;

        static final Map<String, Long> MODES = numbered(
                "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb");
        static final Map<String, Long> HASHES =
                numbered("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac");
        static final Map<String, Long> ARP_VALIDATIONS =
                numbered("none", "active", "backup", "all", "filter", "filter_active", "filter_backup");
        static final LinkOption MACVLAN_MODE = LinkOption.words(
                "mode", "mode", 4, MADE_AGAIN, words("private", 1, "vepa", 2, "bridge", 4, "passthrough", 8));

        static Map<String, Long> numbered(String... words) {
            Map<String, Long> numbers = new LinkedHashMap<>();
            for (String word : words) {
                numbers.put(word, (long) numbers.size());
            }
            return numbers;
        }

        static Map<String, Long> words(Object... wordsAndNumbers) {
            Map<String, Long> numbers = new LinkedHashMap<>();
            for (int i = 0; i < wordsAndNumbers.length; i += 2) {
                numbers.put((String) wordsAndNumbers[i], ((Integer) wordsAndNumbers[i + 1]).longValue());
            }
            return numbers;
        }
    }

    /**
     * The type of this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LinkType parse(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no type of link `" + word + "`"));
    }

    /** What such links can be set to, in the order in which it is shown. */
    public List<LinkOption> options() {
        return options;
    }

    /** The setting of this name. */
    public Optional<LinkOption> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** The kernel's module for it. */
    public String module() {
        return module;
    }

    /** Whether it is on another link. */
    public boolean isUpper() {
        return this == VLAN || this == MACVLAN || this == MACVTAP || this == IPVLAN;
    }

    /** Whether it has, where nothing is said, the Ethernet address of the link that it is on. */
    public boolean sharesMac() {
        return this == VLAN || this == IPVLAN;
    }

    /** Whether it has an Ethernet address. */
    public boolean isEthernet() {
        return this != TUN;
    }

    /** Its word in the language, and in the kernel but for a tap, which is a tun there. */
    @Override
    public String toString() {
        return word;
    }
}
