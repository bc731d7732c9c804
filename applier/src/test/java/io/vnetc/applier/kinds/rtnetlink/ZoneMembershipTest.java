// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.SystemdHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bridges in zones of the real firewalld, on a machine that is booted for the test. */
final class ZoneMembershipTest {
    private static final String WORDS = """
            # A guest, and somebody beyond the uplink, which is in no zone: the default one is its.
            ip link add up0 type veth peer name eth0
            ip netns add world
            ip link set eth0 netns world
            ip addr add 203.0.113.1/24 dev up0
            ip link set up0 up
            ip -n world addr add 203.0.113.2/24 dev eth0
            ip -n world link set eth0 up
            ip -n world link set lo up
            plug() {
                ip netns add "$1"
                ip link add "v-$1" type veth peer name eth0 netns "$1"
                ip link set "v-$1" master "$2" up
                ip -n "$1" link set eth0 up
                ip -n "$1" addr add "$3" dev eth0
                ip -n "$1" route add default via "$4"
            }
            asks() { ip netns exec guest dig +short +time=1 +tries=1 @10.7.0.1 files.cell.example | grep 10.7.0.5; }
            reaches() { ip netns exec "$1" ping -c1 -W1 "$2"; }
            serve() { ip netns exec "$1" busybox nc -ll -p 80 -e echo "served by $1" </dev/null >/dev/null 2>&1 & }
            fetch() { ip netns exec "$1" busybox nc -w 2 "$2" "$3" </dev/null | grep "served by"; }

            # The network `cell`, with this said of its bridge.
            source() {
                echo "host here { uplink up = up0 } network cell on here { forward nat via up  domain cell.example local"
                echo "bridge { $1 } subnet 10.7.0.0/24 { gateway .1  dhcp .100 .. .199 }"
                echo "dns { host 10.7.0.5 = files.cell.example } $2 }"
            }
            refused() {
                status=0
                vnetc "$@" >/tmp/refused 2>&1 || status=$?
                cat /tmp/refused
                echo "refused with $status"
            }
            # `!` alone would let a script of -e go on.
            fails() { if "$@"; then exit 1; fi; }
            zone() { firewall-cmd --get-zone-of-interface=vbr-cell 2>&1 || true; }
            start() {
                mkdir -p /run/dbus
                systemctl start dbus.socket dbus.service firewalld.service
            }
            cd /root
            """;

    @TempDir
    private Path folder;

    @Test
    void guests_are_served_where_libvirts_zone_has_them_and_a_lost_zone_is_put_back() throws Exception {
        String said = boot("""
                source '' '' >a.vnet
                start
                vnetc plan --host here a.vnet | grep '+ firewalld zone of vbr-cell'
                vnetc apply --host here -y a.vnet
                [ "$(zone)" = libvirt ]
                vnetc plan --host here a.vnet | grep 'Nothing to do'
                plug guest vbr-cell 10.7.0.5/24 10.7.0.1
                asks
                reaches guest 203.0.113.2
                ip netns exec guest busybox udhcpc -i eth0 -nqf -t 5 -T 1 -s /bin/true

                # Neither answers in the default zone, whatever our own rules accept.
                firewall-cmd --zone=libvirt --remove-interface=vbr-cell
                fails asks
                fails reaches guest 203.0.113.2

                # A reload forgets the zone, and flushes the rules of others.
                firewall-cmd --reload
                [ "$(zone)" = 'no zone' ]
                vnetc status | grep 'firewalld zone of vbr-cell is not there'
                vnetc plan --host here a.vnet | grep '+ firewalld zone of vbr-cell'
                vnetc apply --host here -y a.vnet
                asks
                reaches guest 203.0.113.2

                ip link del v-guest
                vnetc destroy -y
                [ "$(zone)" = 'no zone' ]
                [ -z "$(firewall-cmd --get-active-zones)" ]
                [ -z "$(ls /etc/firewalld/zones)" ]
                """);
        assertThat(said).endsWith("DONE\n");
    }

    @Test
    void a_written_zone_is_changed_in_place_put_right_and_taken_back() throws Exception {
        String said = boot("""
                source 'zone trusted' '' >a.vnet
                source 'zone public' '' >b.vnet
                source 'zone trustd' '' >c.vnet
                start
                vnetc plan --host here -o saved.json a.vnet
                systemctl stop firewalld
                refused apply -y saved.json
                systemctl start firewalld
                vnetc apply -y saved.json
                [ "$(zone)" = trusted ]
                refused plan --host here c.vnet

                firewall-cmd --zone=work --change-interface=vbr-cell
                vnetc plan --host here a.vnet | grep 'work → trusted'
                vnetc apply --host here -y a.vnet
                [ "$(zone)" = trusted ]
                vnetc import host | grep -F 'zone "trusted"'

                # What fails afterwards takes the zone back as well.
                mv /usr/sbin/dnsmasq /usr/sbin/dnsmasq.real
                echo '#!/bin/sh
                case $* in *--test*) ;; *) ! grep -q 10.7.0.101 /run/vnet/dnsmasq/cell/dnsmasq.conf || exit 3 ;; esac
                exec /usr/sbin/dnsmasq.real "$@"' >/usr/sbin/dnsmasq
                chmod 755 /usr/sbin/dnsmasq
                sed 's/dhcp .100/dhcp .101/' b.vnet >d.vnet
                refused apply --host here -y d.vnet
                [ "$(zone)" = trusted ]
                vnetc apply --host here -y b.vnet
                [ "$(zone)" = public ]
                vnetc destroy -y
                [ -z "$(firewall-cmd --get-active-zones)" ]
                """);
        assertThat(said)
                .contains(
                        "this host lacks the firewalld zone trusted",
                        "firewalld has no such zone",
                        "did you mean `trusted`?",
                        "refused with 8")
                .endsWith("DONE\n");
    }

    @Test
    void what_somebody_put_in_a_zone_for_good_and_another_namespace_are_left_alone() throws Exception {
        String said = boot("""
                start
                firewall-cmd --permanent --zone=internal --add-interface=vbr-cell
                firewall-cmd --reload
                source '' '' >a.vnet
                source 'zone trusted' '' >b.vnet
                vnetc apply --host here -y a.vnet
                [ "$(zone)" = internal ]
                vnetc plan --host here a.vnet | grep 'Nothing to do'
                refused plan --host here b.vnet
                vnetc destroy -y
                firewall-cmd --permanent --zone=internal --query-interface=vbr-cell
                [ "$(zone)" = internal ]

                # firewalld keeps the packet filter of its own namespace only.
                ip netns add blue
                ip -n blue link add up0 type veth peer name up1
                refused plan --netns blue --host here b.vnet
                vnetc plan --netns blue --host here a.vnet
                firewall-cmd --permanent --zone=internal --remove-interface=vbr-cell

                # A firewalld that libvirt never came to.
                rm /usr/lib/firewalld/zones/libvirt*.xml /usr/lib/firewalld/policies/libvirt*.xml
                firewall-cmd --reload
                vnetc plan --host here a.vnet
                """);
        assertThat(said)
                .contains("permanent configuration", "`vbr-cell` in `internal`", "refused with 4")
                .contains("no firewalld runs in this network namespace", "refused with 12")
                .contains("default zone `public`")
                .doesNotContain("+ firewalld zone of")
                .endsWith("DONE\n");
    }

    @Test
    void published_ports_and_routed_guests_are_reached_from_outside() throws Exception {
        String said = boot("""
                start
                source '' 'publish tcp 8080 to 10.7.0.5 port 80' >a.vnet
                echo 'network far on here { forward route via up  subnet 10.8.0.0/24 { gateway .1 } }' >>a.vnet
                vnetc apply --host here -y a.vnet
                [ "$(zone)" = libvirt ]
                [ "$(firewall-cmd --get-zone-of-interface=vbr-far)" = libvirt-routed ]
                plug guest vbr-cell 10.7.0.5/24 10.7.0.1
                plug other vbr-far 10.8.0.5/24 10.8.0.1
                serve guest
                serve other
                ip -n world route add 10.8.0.0/24 via 203.0.113.1
                reaches other 203.0.113.2
                reaches world 10.8.0.5
                fetch world 203.0.113.1 8080
                fetch world 10.8.0.5 80
                """);
        assertThat(said).contains("served by guest", "served by other").endsWith("DONE\n");
    }

    private String boot(String script) throws Exception {
        return SystemdHost.run(folder, WORDS, script);
    }
}
