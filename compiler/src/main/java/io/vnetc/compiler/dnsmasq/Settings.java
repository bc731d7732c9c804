// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.dnsmasq.SettingKind.Form;
import io.vnetc.compiler.dnsmasq.SettingKind.Part;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of dnsmasq that the language knows, all of them: what is not here cannot be said. What would run a program,
 * read or write another file, or listen elsewhere is not here for good.
 */
public final class Settings {
    private static final int A_DAY = 86_400;
    private static final int MANY = 32;

    private static final Map<String, SettingKind> KINDS = kinds();

    private Settings() {}

    private static Map<String, SettingKind> kinds() {
        Map<String, SettingKind> kinds = new TreeMap<>();
        for (String flag : List.of(
                "all-servers",
                "bogus-priv",
                "bootp-dynamic",
                "dhcp-broadcast",
                "dhcp-client-update",
                "dhcp-fqdn",
                "dhcp-rapid-commit",
                "dhcp-sequential-ip",
                "dns-loop-detect",
                "domain-needed",
                "expand-hosts",
                "filterwin2k",
                "localise-queries",
                "localmx",
                "log-dhcp",
                "log-queries",
                "no-ident",
                "no-negcache",
                "no-resolv",
                "no-round-robin",
                "proxy-dnssec",
                "quiet-dhcp",
                "quiet-dhcp6",
                "quiet-ra",
                "quiet-tftp",
                "rebind-localhost-ok",
                "selfmx",
                "stop-dns-rebind",
                "strict-order",
                "tftp-lowercase",
                "tftp-no-blocksize",
                "tftp-secure",
                "tftp-single-port")) {
            put(kinds, false, flag, flag);
        }
        put(kinds, false, "filter-a", "filter-A");
        put(kinds, false, "filter-aaaa", "filter-AAAA");
        put(kinds, false, "known-hosts-only", "dhcp-ignore", new Part.Constant("tag:!known"));

        put(kinds, false, "cache-size", "cache-size", number(1_000_000));
        put(kinds, false, "dhcp-lease-max", "dhcp-lease-max", number(1_000_000));
        put(kinds, false, "dns-forward-max", "dns-forward-max", number(100_000));
        put(kinds, false, "edns-packet-max", "edns-packet-max", number(65_535));
        put(kinds, false, "tftp-max", "tftp-max", number(10_000));
        put(kinds, false, "tftp-mtu", "tftp-mtu", number(65_535));
        put(kinds, false, "query-port", "query-port", one(ValueType.PORT));
        put(kinds, false, "min-port", "min-port", one(ValueType.PORT));
        put(kinds, false, "max-port", "max-port", one(ValueType.PORT));
        for (String time : List.of("auth-ttl", "dhcp-ttl", "local-ttl", "max-cache-ttl", "max-ttl", "neg-ttl")) {
            put(kinds, false, time, time, new Part.Values(ValueType.TIME, 1, 1, 365L * A_DAY));
        }
        // dnsmasq takes no more than an hour.
        put(kinds, false, "min-cache-ttl", "min-cache-ttl", new Part.Values(ValueType.TIME, 1, 1, 3600));

        names(kinds);
        clients(kinds);
        return kinds;
    }

    private static void names(Map<String, SettingKind> kinds) {
        kinds.put(
                "address",
                new SettingKind(
                        "address",
                        "address",
                        Form.SLASHES,
                        List.of(one(ValueType.NAME), some(ValueType.ADDRESS, 0, 1)),
                        true));
        for (String domains : List.of("local", "rebind-domain-ok")) {
            kinds.put(
                    domains,
                    new SettingKind(domains, domains, Form.SLASHES, List.of(some(ValueType.NAME, 1, MANY)), true));
        }
        put(kinds, true, "alias", "alias", some(ValueType.ADDRESS, 2, 3));
        put(kinds, true, "auth-server", "auth-server", one(ValueType.NAME));
        put(kinds, true, "auth-zone", "auth-zone", one(ValueType.NAME), some(ValueType.NETWORK, 0, MANY));
        put(kinds, true, "bogus-nxdomain", "bogus-nxdomain", one(ValueType.ADDRESS));
        put(kinds, true, "ignore-address", "ignore-address", one(ValueType.ADDRESS));
        put(
                kinds,
                true,
                "caa-record",
                "caa-record",
                one(ValueType.NAME),
                one(ValueType.NUMBER8),
                one(ValueType.TEXT),
                one(ValueType.TEXT));
        put(kinds, true, "cname", "cname", one(ValueType.WILDCARD_NAME), one(ValueType.NAME));
        put(kinds, true, "dns-rr", "dns-rr", one(ValueType.NAME), one(ValueType.NUMBER16), one(ValueType.OCTETS));
        put(kinds, true, "host-record", "host-record", some(ValueType.NAME, 1, MANY), some(ValueType.ADDRESS, 1, 2));
        put(
                kinds,
                true,
                "mx-host",
                "mx-host",
                one(ValueType.NAME),
                one(ValueType.NAME),
                some(ValueType.NUMBER16, 0, 1));
        put(kinds, false, "mx-target", "mx-target", one(ValueType.NAME));
        put(
                kinds,
                true,
                "naptr-record",
                "naptr-record",
                one(ValueType.NAME),
                some(ValueType.NUMBER16, 2, 2),
                some(ValueType.TEXT, 3, 3),
                some(ValueType.NAME, 0, 1));
        put(kinds, true, "synth-domain", "synth-domain", one(ValueType.NAME), one(ValueType.NETWORK));
    }

    private static void clients(Map<String, SettingKind> kinds) {
        put(
                kinds,
                true,
                "match-architecture",
                "dhcp-match",
                one(ValueType.TAG),
                new Part.Constant("option:client-arch"),
                one(ValueType.NUMBER16));
        put(kinds, true, "match-option", "dhcp-match", one(ValueType.TAG), one(ValueType.NUMBER8));
        put(kinds, true, "match-user-class", "dhcp-userclass", one(ValueType.TAG), one(ValueType.TEXT));
        put(kinds, true, "match-vendor-class", "dhcp-vendorclass", one(ValueType.TAG), one(ValueType.TEXT));
        put(
                kinds,
                true,
                "boot-for",
                "dhcp-boot",
                one(ValueType.TAGS),
                one(ValueType.TEXT),
                new Part.Constant(""),
                some(ValueType.ADDRESS, 0, 1));
        put(kinds, true, "ignore-clients", "dhcp-ignore", one(ValueType.TAGS));
    }

    private static Part number(long greatest) {
        return new Part.Values(ValueType.NUMBER, 1, 1, greatest);
    }

    private static Part one(ValueType type) {
        return some(type, 1, 1);
    }

    private static Part some(ValueType type, int least, int most) {
        return new Part.Values(type, least, most, type.most());
    }

    private static void put(
            Map<String, SettingKind> kinds, boolean repeatable, String name, String option, Part... parts) {
        kinds.put(name, new SettingKind(name, option, Form.LIST, Arrays.asList(parts), repeatable));
    }

    /** All of them, by name. */
    public static Collection<SettingKind> all() {
        return KINDS.values();
    }

    public static Optional<SettingKind> named(String name) {
        return Optional.ofNullable(KINDS.get(name));
    }
}
