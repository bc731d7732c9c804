// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import static io.vnetc.dsl.value.IpFamily.IPV4;
import static io.vnetc.dsl.value.IpFamily.IPV6;

import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The DHCP options that have names, and those that are nobody's to set. The numbers are IANA's. */
public final class DhcpOptions {
    /** Of DHCPv4. */
    public static final int ROUTER = 3;

    /** Of DHCPv4. */
    public static final int MTU = 26;

    /** Of DHCPv4 (RFC 3442). */
    public static final int CLASSLESS_ROUTE = 121;

    private static final List<DhcpOptionKind> KINDS = kinds();

    /** Why a number of DHCPv4 cannot be set. */
    private static final Map<Integer, String> TAKEN_IPV4 = Map.ofEntries(
            Map.entry(1, "the netmask, which follows from the subnet"),
            Map.entry(12, "the client's own name, which its reservation gives it: `host NAME { … }`"),
            Map.entry(50, "the address that a client asks for"),
            Map.entry(51, "the time of the lease, which `lease` sets"),
            Map.entry(52, "a part of the message's form"),
            Map.entry(53, "the kind of the message"),
            Map.entry(54, "the server's own address"),
            Map.entry(55, "the list of what a client wants to know"),
            Map.entry(56, "the reason of a refusal"),
            Map.entry(57, "the longest message that is taken"),
            Map.entry(58, "the time of renewal, which follows from `lease`"),
            Map.entry(59, "the time of rebinding, which follows from `lease`"),
            Map.entry(61, "the client's own identity"),
            Map.entry(77, "the client's user class"),
            Map.entry(80, "sent with a rapid commit: `dnsmasq { dhcp-rapid-commit }`"),
            Map.entry(81, "the client's full name, which dnsmasq answers itself"),
            Map.entry(82, "what a relay adds"),
            Map.entry(90, "the proof of who sent the message"),
            Map.entry(91, "the time of the client's last message"),
            Map.entry(93, "the client's architecture"),
            Map.entry(94, "the client's interface"),
            Map.entry(97, "the client's machine"),
            Map.entry(118, "the subnet that a client asks for"));

    private static final Map<Integer, String> TAKEN_IPV6 = Map.ofEntries(
            Map.entry(1, "the client's own identity"),
            Map.entry(2, "the server's own identity"),
            Map.entry(3, "the addresses that are leased"),
            Map.entry(4, "the temporary addresses that are leased"),
            Map.entry(5, "an address that is leased"),
            Map.entry(6, "the list of what a client wants to know"),
            Map.entry(7, "the server's preference, which dnsmasq sets"),
            Map.entry(8, "the time that a client has waited"),
            Map.entry(9, "a message that a relay passes on"),
            Map.entry(11, "the proof of who sent the message"),
            Map.entry(12, "the server's own address"),
            Map.entry(13, "the outcome of the message"),
            Map.entry(14, "the wish for a rapid commit"),
            Map.entry(15, "the client's user class"),
            Map.entry(16, "the client's vendor class"),
            Map.entry(18, "what a relay adds"),
            Map.entry(19, "the wish to be asked again"),
            Map.entry(20, "the readiness to be asked again"),
            Map.entry(25, "prefixes that are delegated, which dnsmasq cannot do"),
            Map.entry(26, "a prefix that is delegated, which dnsmasq cannot do"),
            Map.entry(39, "the client's full name, which dnsmasq answers itself"));

    private DhcpOptions() {}

    private static List<DhcpOptionKind> kinds() {
        List<DhcpOptionKind> kinds = new ArrayList<>();
        kinds.add(new DhcpOptionKind("router", IPV4, ROUTER, ValueType.ADDRESS, true, true));
        kinds.add(new DhcpOptionKind("dns", IPV4, 6, ValueType.ADDRESS, true, true));
        kinds.add(new DhcpOptionKind("domain", IPV4, 15, ValueType.NAME, false, true));
        kinds.add(new DhcpOptionKind("mtu", IPV4, MTU, ValueType.NUMBER16, false, true));
        kinds.add(new DhcpOptionKind("broadcast", IPV4, 28, ValueType.ADDRESS, false, true));
        one(kinds, "time-offset", IPV4, 2, ValueType.NUMBER32);
        many(kinds, "log", IPV4, 7, ValueType.ADDRESS);
        many(kinds, "printer", IPV4, 9, ValueType.ADDRESS);
        one(kinds, "boot-file-size", IPV4, 13, ValueType.NUMBER16);
        one(kinds, "swap", IPV4, 16, ValueType.ADDRESS);
        one(kinds, "root-path", IPV4, 17, ValueType.TEXT);
        one(kinds, "extensions-path", IPV4, 18, ValueType.TEXT);
        one(kinds, "ip-forwarding", IPV4, 19, ValueType.FLAG);
        one(kinds, "default-ttl", IPV4, 23, ValueType.NUMBER8);
        one(kinds, "router-discovery", IPV4, 31, ValueType.FLAG);
        many(kinds, "static-route", IPV4, 33, ValueType.HOST_WAY);
        one(kinds, "arp-timeout", IPV4, 35, ValueType.TIME);
        one(kinds, "nis-domain", IPV4, 40, ValueType.NAME);
        many(kinds, "nis", IPV4, 41, ValueType.ADDRESS);
        many(kinds, "ntp", IPV4, 42, ValueType.ADDRESS);
        one(kinds, "vendor-encapsulated", IPV4, 43, ValueType.OCTETS);
        many(kinds, "netbios-name-server", IPV4, 44, ValueType.ADDRESS);
        many(kinds, "netbios-datagram-server", IPV4, 45, ValueType.ADDRESS);
        one(kinds, "netbios-node-type", IPV4, 46, ValueType.NUMBER8);
        one(kinds, "netbios-scope", IPV4, 47, ValueType.TEXT);
        one(kinds, "vendor-class", IPV4, 60, ValueType.TEXT);
        one(kinds, "tftp-server-name", IPV4, 66, ValueType.TEXT);
        one(kinds, "boot-file-name", IPV4, 67, ValueType.TEXT);
        many(kinds, "smtp", IPV4, 69, ValueType.ADDRESS);
        many(kinds, "pop3", IPV4, 70, ValueType.ADDRESS);
        many(kinds, "nntp", IPV4, 71, ValueType.ADDRESS);
        many(kinds, "www", IPV4, 72, ValueType.ADDRESS);
        one(kinds, "posix-timezone", IPV4, 100, ValueType.TEXT);
        one(kinds, "timezone", IPV4, 101, ValueType.TEXT);
        one(kinds, "ipv6-only", IPV4, 108, ValueType.TIME);
        one(kinds, "captive-portal", IPV4, 114, ValueType.TEXT);
        many(kinds, "search", IPV4, 119, ValueType.NAME);
        many(kinds, "classless-route", IPV4, CLASSLESS_ROUTE, ValueType.WAY);
        many(kinds, "tftp-server", IPV4, 150, ValueType.ADDRESS);
        // As Windows before Vista knew 121.
        many(kinds, "windows-route", IPV4, 249, ValueType.WAY);
        one(kinds, "proxy-autoconfiguration", IPV4, 252, ValueType.TEXT);

        kinds.add(new DhcpOptionKind("dns", IPV6, 23, ValueType.ADDRESS, true, true));
        kinds.add(new DhcpOptionKind("search", IPV6, 24, ValueType.NAME, true, true));
        many(kinds, "sip-domain", IPV6, 21, ValueType.NAME);
        many(kinds, "sip", IPV6, 22, ValueType.ADDRESS);
        many(kinds, "nis", IPV6, 27, ValueType.ADDRESS);
        many(kinds, "nis-domain", IPV6, 29, ValueType.NAME);
        many(kinds, "sntp", IPV6, 31, ValueType.ADDRESS);
        one(kinds, "refresh-time", IPV6, 32, ValueType.TIME);
        one(kinds, "posix-timezone", IPV6, 41, ValueType.TEXT);
        one(kinds, "timezone", IPV6, 42, ValueType.TEXT);
        many(kinds, "ntp", IPV6, 56, ValueType.ADDRESS);
        one(kinds, "boot-file-url", IPV6, 59, ValueType.TEXT);
        one(kinds, "captive-portal", IPV6, 103, ValueType.TEXT);
        return List.copyOf(kinds);
    }

    private static void one(List<DhcpOptionKind> kinds, String name, IpFamily family, int number, ValueType type) {
        kinds.add(new DhcpOptionKind(name, family, number, type, false, false));
    }

    private static void many(List<DhcpOptionKind> kinds, String name, IpFamily family, int number, ValueType type) {
        kinds.add(new DhcpOptionKind(name, family, number, type, true, false));
    }

    /** All of a family. */
    public static List<DhcpOptionKind> of(IpFamily family) {
        return KINDS.stream().filter(kind -> kind.family() == family).toList();
    }

    public static Optional<DhcpOptionKind> named(String name, IpFamily family) {
        return KINDS.stream()
                .filter(kind -> kind.family() == family && kind.name().equals(name))
                .findFirst();
    }

    public static Optional<DhcpOptionKind> numbered(int number, IpFamily family) {
        return KINDS.stream()
                .filter(kind -> kind.family() == family && kind.number() == number)
                .findFirst();
    }

    /** What this number is, where it is neither a user's to set nor dnsmasq's to be told. */
    public static Optional<String> taken(int number, IpFamily family) {
        return Optional.ofNullable((family == IPV4 ? TAKEN_IPV4 : TAKEN_IPV6).get(number));
    }
}
