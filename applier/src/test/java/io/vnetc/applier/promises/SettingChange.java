// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One setting of a live network before and after it is changed.
 *
 * @param components of the model that differ, as {@code Bridge.stp}
 * @param place in the source
 * @param before may be empty
 * @param after may be empty
 */
record SettingChange(Set<String> components, Place place, String before, String after) {
    /** Where in the source a setting stands. */
    enum Place {
        TOP,
        UPLINK,
        FORWARD,
        BRIDGE,
        NETWORK,
        SUBNET,
        DHCP,
        RANGE,
        DNS,
        GUEST,
        NIC
    }

    static SettingChange of(String components, Place place, String before, String after) {
        return new SettingChange(new TreeSet<>(Arrays.asList(components.split(" "))), place, before, after);
    }

    /** The source with the setting as it was, or as it becomes. */
    String source(boolean changed) {
        String text = SOURCE;
        for (Place each : Place.values()) {
            String plain = each == Place.FORWARD ? "nat via wan" : each == Place.RANGE ? ".100 .. .199 lease 12h" : "";
            text = text.replace("$" + each + "$", each == place ? (changed ? after : before) : plain);
        }
        return text;
    }

    private static final String SOURCE = """
            host kvm1 { uplink wan = eno1  uplink lan = eno2 $UPLINK$ }
            network live on kvm1 {
              forward $FORWARD$
              bridge vbr-live { $BRIDGE$ }
              subnet 10.60.0.0/24 {
                gateway .1
                $SUBNET$
                dhcp $RANGE$ { $DHCP$ }
              }
              dns { $DNS$ }
              $NETWORK$
            }
            vm web  { $GUEST$ nic eth0 { network live  tap vt-web  $NIC$ } }
            vm mail { nic eth0 { network live  tap vt-mail } }
            $TOP$
            """;

    /** Each setting of a network, and of a NIC in it, that the language has. */
    static List<SettingChange> all() {
        return List.of(
                of("Bridge.stp Bridge.forwardDelay", Place.BRIDGE, "", "stp on"),
                of("Bridge.forwardDelay", Place.BRIDGE, "stp on", "stp on forward-delay 4s"),
                of("Bridge.mtu", Place.BRIDGE, "", "mtu 9000"),
                of("Bridge.mac", Place.BRIDGE, "mac 52:54:00:60:00:01", "mac 52:54:00:60:00:02"),
                of("Switching.stpPriority", Place.BRIDGE, "stp on", "stp on stp-priority 4096"),
                of("Switching.managedTable", Place.BRIDGE, "", "mac-table managed"),
                of("Switching.multicastSnooping", Place.BRIDGE, "", "multicast-snooping off"),
                of("Switching.timers BridgeTimers.ageing", Place.BRIDGE, "", "ageing-time 1m"),
                of("BridgeTimers.hello BridgeTimers.maxAge", Place.BRIDGE, "stp on", "stp on hello-time 1s max-age 6s"),
                of("Network.forwarding", Place.FORWARD, "nat via wan", "route via wan"),
                of("Nat.via", Place.FORWARD, "nat via wan", "nat via wan, lan"),
                of("Routed.via", Place.FORWARD, "route via wan", "route via wan, lan"),
                of("Nat.ports", Place.FORWARD, "nat via wan", "nat via wan { ports 1024..65535 }"),
                of(
                        "Nat.addresses",
                        Place.FORWARD,
                        "nat via wan",
                        "nat via wan { addresses 198.51.100.2 .. 198.51.100.2 }"),
                of("Nat.ipv6Routed", Place.FORWARD, "nat via wan", "nat via wan { ipv6 route }"),
                of("Network.domain Domain.name", Place.NETWORK, "domain a.example", "domain b.example"),
                of("Domain.local", Place.NETWORK, "domain a.example", "domain a.example local"),
                of("Network.subnets Subnet.network", Place.NETWORK, "", "subnet 10.61.0.0/24 { gateway .1 }"),
                of(
                        "Subnet.gateway",
                        Place.NETWORK,
                        "subnet 10.61.0.0/24 { gateway .1 }",
                        "subnet 10.61.0.0/24 { gateway .2 }"),
                of(
                        "Subnet.advertise",
                        Place.NETWORK,
                        "subnet fd00:61::/64 { gateway ::1 }",
                        "subnet fd00:61::/64 { gateway ::1 advertise }"),
                of("Subnet.localPtr", Place.SUBNET, "", "local-ptr"),
                of("Subnet.tftp", Place.SUBNET, "", "tftp \"/tmp\""),
                of(
                        "Subnet.dhcp",
                        Place.NETWORK,
                        "subnet 10.61.0.0/24 { gateway .1 }",
                        "subnet 10.61.0.0/24 { gateway .1 dhcp .9 .. .99 }"),
                of("Dhcp.ranges Range.addresses", Place.RANGE, ".100 .. .199 lease 12h", ".100 .. .150 lease 12h"),
                of("Range.lease", Place.RANGE, ".100 .. .199 lease 12h", ".100 .. .199 lease 1h"),
                of(
                        "Range.answer Dhcp.answer Answer.options Option.number Option.values",
                        Place.DHCP,
                        "",
                        "option ntp 10.60.0.5"),
                of("Answer.boot Boot.file Boot.server", Place.DHCP, "", "boot \"pxe.0\" server 10.60.0.5"),
                of(
                        "Dhcp.reservations Reservation.name Reservation.identity Reservation.address ByMac.mac",
                        Place.DHCP,
                        "",
                        "host nas { mac 52:54:00:60:00:09 address .9 }"),
                of(
                        "Reservation.lease",
                        Place.DHCP,
                        "host nas { mac 52:54:00:60:00:09 address .9 }",
                        "host nas { mac 52:54:00:60:00:09 address .9 lease 1h }"),
                of("Reservation.range", Place.DHCP, "", "host { mac 52:54:00:60:00:0a address .10 }"),
                of(
                        "Network.routes StaticRoute.destination StaticRoute.gateway",
                        Place.NETWORK,
                        "",
                        "route 10.62.0.0/16 via 10.60.0.7"),
                of(
                        "StaticRoute.metric",
                        Place.NETWORK,
                        "route 10.62.0.0/16 via 10.60.0.7",
                        "route 10.62.0.0/16 via 10.60.0.7 metric 50"),
                of("Dns.plainNames", Place.DNS, "", "plain-names off"),
                of("Dns.forwarders Forwarder.servers Server.address", Place.DNS, "", "forward to 198.51.100.1"),
                of("Forwarder.domain", Place.DNS, "", "forward corp.example to 198.51.100.1"),
                of("Server.port", Place.DNS, "forward to 198.51.100.1", "forward to 198.51.100.1 port 5353"),
                of("Dns.hosts HostRecord.address HostRecord.names", Place.DNS, "", "host 10.60.0.9 = nas"),
                of("Dns.texts Text.name Text.value", Place.DNS, "", "txt motd = \"hello\""),
                of(
                        "Dns.services Service.service Service.target Service.port",
                        Place.DNS,
                        "",
                        "srv _ldap._tcp = ldap.a.example port 389"),
                of(
                        "Service.priority Service.weight",
                        Place.DNS,
                        "srv _ldap._tcp = ldap.a.example port 389",
                        "srv _ldap._tcp = ldap.a.example port 389 priority 10 weight 5"),
                of(
                        "Dns.aliases Alias.name Alias.target",
                        Place.DNS,
                        "host 10.60.0.9 = nas",
                        "host 10.60.0.9 = nas  cname files = nas"),
                of(
                        "Dns.pointers Pointer.name Pointer.target",
                        Place.DNS,
                        "",
                        "ptr 9.0.60.10.in-addr.arpa = nas.a.example"),
                of("Network.dnsmasq DnsmasqSetting.values", Place.NETWORK, "", "dnsmasq { cache-size = 1000 }"),
                of("Network.qos Qos.inbound Limit.average", Place.NETWORK, "", "qos { inbound average 500mbit }"),
                of(
                        "Limit.peak Limit.burst",
                        Place.NETWORK,
                        "qos { inbound average 500mbit }",
                        "qos { inbound average 500mbit peak 800mbit burst 1MiB }"),
                of("Network.qos", Place.NETWORK, "qos { inbound average 500mbit outbound average 500mbit }", ""),
                of("Qos.outbound", Place.NETWORK, "", "qos { outbound average 500mbit }"),
                of("Nic.qos", Place.NIC, "", "qos { inbound average 100mbit outbound average 50mbit }"),
                of("Ports.settings PortSettings.isolated", Place.NETWORK, "", "isolated"),
                of("PortSettings.hairpin", Place.NETWORK, "", "hairpin"),
                of("PortSettings.learning", Place.NETWORK, "", "learning off"),
                of("PortSettings.flood", Place.NETWORK, "", "flood off"),
                of("PortSettings.cost", Place.NETWORK, "", "cost 50"),
                of("PortSettings.priority", Place.NETWORK, "", "port-priority 16"),
                of("PortSettings.options", Place.NETWORK, "", "bpdu-guard root-guard fast-leave neighbour-suppression"),
                of(
                        "Network.ports Ports.groups Portgroup.ports Nic.portgroup Nic.port",
                        Place.NETWORK,
                        "portgroup staff default { }",
                        "portgroup staff default { isolated }"),
                of(
                        "Portgroup.qos",
                        Place.NETWORK,
                        "portgroup staff default { }",
                        "portgroup staff default { qos { inbound average 20mbit } }"),
                of(
                        "Portgroup.isDefault",
                        Place.NETWORK,
                        "portgroup staff { isolated }",
                        "portgroup staff default { isolated }"),
                of(
                        "Network.policy Policy.publications Publication.protocol Publication.ports Publication.target",
                        Place.NETWORK,
                        "",
                        "publish tcp 8080 to 10.60.0.9"),
                of(
                        "Publication.targetPort Publication.via",
                        Place.NETWORK,
                        "publish tcp 8080 to 10.60.0.9",
                        "publish tcp 8080 via wan to 10.60.0.9 port 80"),
                of(
                        "Publication.on",
                        Place.NETWORK,
                        "publish tcp 8080 to 10.60.0.9",
                        "publish tcp 8080 on 198.51.100.2 to 10.60.0.9"),
                of("Policy.blocked", Place.NETWORK, "", "guests { blocked }"),
                of(
                        "Policy.between Permission.allow Permission.from Permission.to Permission.protocol Permission.ports",
                        Place.NETWORK,
                        "guests { blocked }",
                        "guests { blocked  allow web to mail tcp 25 }"),
                of(
                        "Permission.both Permission.limit PacketLimit.packets PacketLimit.per",
                        Place.NETWORK,
                        "guests { blocked  allow web to mail tcp 25 }",
                        "guests { blocked  allow web <-> mail tcp 25 limit 100/s }"),
                of("Policy.guestIpv6", Place.NETWORK, "", "guest-ipv6 off"),
                of("Model.permissions", Place.TOP, "", "allow live to host tcp 22"),
                of("Network.about About.title", Place.NETWORK, "", "title \"the live one\""),
                of("About.description", Place.NETWORK, "", "description \"changed while it runs\""),
                of("About.uuid", Place.NETWORK, "", "uuid 81ff0d90-c91e-6742-64da-4a736edb9a9b"),
                of(
                        "About.metadata Metadata.namespace Metadata.xml",
                        Place.NETWORK,
                        "",
                        "metadata \"http://a.example/x\" = \"<x:a xmlns:x='http://a.example/x'/>\""),
                of("Network.lifecycle Lifecycle.isProtected", Place.NETWORK, "", "protect"),
                of("Guest.lifecycle", Place.GUEST, "", "protect"),
                of("Nic.lifecycle", Place.NIC, "", "protect"),
                of(
                        "ByDuid.duid",
                        Place.NETWORK,
                        "subnet fd00:61::/64 { gateway ::1 advertise dhcp ::1000 .. ::1fff { } }",
                        "subnet fd00:61::/64 { gateway ::1 advertise dhcp ::1000 .. ::1fff { host x { duid 00:04:7e:00 address ::25 } } }"),
                of("Nic.mac", Place.NIC, "mac 52:54:00:60:00:21", "mac 52:54:00:60:00:22"),
                of("Nic.mtu", Place.NIC, "", "mtu 1400"),
                of("Host.uplinks Uplink.role Uplink.link", Place.UPLINK, "", "uplink spare = eno3"));
    }
}
