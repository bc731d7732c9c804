// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.lab.SystemdHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dnsmasq under a real systemd. */
final class SystemdUnitTest {
    /** A network of a name server and one reserved address, and the words that the scripts are written in. */
    private static final String WORDS = """
            pid() { systemctl show -P MainPID "$1"; }
            source() {
                echo 'network cell { bridge vbr-cell  domain cell.example local'
                echo "subnet 192.168.152.0/24 { gateway .1  dhcp .100 .. .199 lease $1 { $2 } } }"
            }
            unit=vnet-dnsmasq-cell.service
            source 1h '' >/root/a.vnet
            """;

    @TempDir
    private Path folder;

    @Test
    void serves_is_restarted_rereads_and_leaves_nothing() throws Exception {
        String said = boot("""
                vnetc apply -y /root/a.vnet
                first=$(pid $unit)
                grep -q '^NoNewPrivs:.*1$' /proc/$first/status
                vnetc plan /root/a.vnet | grep 'Nothing to do'

                # A guest, with an address of the reserved ones as soon as there is one.
                ip netns add guest
                ip link add v0 type veth peer name eth0 address 00:16:3e:77:e2:ed netns guest
                ip link set v0 master vbr-cell up
                ip -n guest link set eth0 up
                lease() {
                    ip netns exec guest busybox udhcpc -i eth0 -nqf -t 20 -T 1 -s /bin/true -x hostname:stranger 2>&1
                }
                lease
                grep ' stranger ' /var/lib/vnet/dnsmasq/cell.leases
                dig +short @192.168.152.1 stranger.cell.example | grep '^192[.]168[.]152[.]1..$'

                kill -9 "$first"
                until second=$(pid $unit) && [ "$second" != 0 ] && [ "$second" != "$first" ]; do sleep .1; done
                until dig +short +time=1 @192.168.152.1 stranger.cell.example | grep '^192'; do sleep .1; done
                vnetc plan /root/a.vnet | grep 'Nothing to do'

                source 1h 'host printer { mac 00:16:3e:77:e2:ed  address .10 }' >/root/a.vnet
                vnetc apply -y /root/a.vnet
                [ "$(pid $unit)" = "$second" ]
                lease | grep 'lease of 192.168.152.10 obtained'

                source 2h 'host printer { mac 00:16:3e:77:e2:ed  address .10 }' >/root/a.vnet
                vnetc apply -y /root/a.vnet
                [ "$(pid $unit)" != "$second" ]
                lease | grep 'lease of 192.168.152.10 obtained.*lease time 7200'

                ip link del v0
                vnetc destroy -y
                [ -z "$(pgrep dnsmasq)" ]
                [ -z "$(systemctl list-units --all --no-legend 'vnet*')" ]
                """);
        assertThat(said).endsWith("DONE\n");
    }

    @Test
    void each_network_namespace_has_units_of_its_own() throws Exception {
        String said = boot("""
                ip netns add blue
                vnetc apply --netns blue -y /root/a.vnet
                vnetc apply -y /root/a.vnet
                [ "$(ip netns identify "$(pid vnet-dnsmasq-blue:cell.service)")" = blue ]
                [ -z "$(ip netns identify "$(pid $unit)")" ]
                vnetc destroy --netns blue -y
                [ "$(systemctl list-units --all --plain --no-legend 'vnet*' | cut -d' ' -f1)" = $unit ]
                """);
        assertThat(said).endsWith("DONE\n");
    }

    @Test
    void a_start_that_fails_says_why_and_leaves_no_unit() throws Exception {
        String said = boot("""
                # Somebody takes the port after it was seen to be free.
                cp /usr/sbin/dnsmasq /usr/sbin/dnsmasq.real
                cat >/usr/sbin/dnsmasq <<'END'
                #!/bin/sh
                [ "$1" != --test ] || /usr/sbin/dnsmasq.real -C /dev/null --no-resolv --pid-file=/run/foreign.pid
                exec /usr/sbin/dnsmasq.real "$@"
                END
                status=0
                vnetc apply -y /root/a.vnet || status=$?
                [ "$status" = 8 ]
                until [ -z "$(systemctl list-units --all --no-legend 'vnet*')" ]; do sleep .1; done
                [ "$(pgrep dnsmasq)" = "$(cat /run/foreign.pid)" ]
                """);
        assertThat(said)
                .contains("dnsmasq of cell does not start", "Address already in use")
                .endsWith("DONE\n");
    }

    @Test
    void the_host_asks_for_names_of_a_registered_domain_where_resolved_runs() throws Exception {
        fetch("systemd-resolved");
        String said = boot("""
                source() { sed "s/local/local $1/" /root/a.vnet >/root/b.vnet; }
                source register
                vnetc plan /root/b.vnet 2>&1 | grep 'systemd-resolved'

                # Unpacked and not installed: that would change this machine's resolv.conf.
                dpkg -x /proof/folder/systemd-resolved*.deb /root/resolved
                cp -r /root/resolved/lib/. /usr/lib/
                cp -r /root/resolved/usr/. /usr/
                grep -q '^systemd-resolve:' /etc/passwd || echo 'systemd-resolve:x:995:995::/:' >>/etc/passwd
                grep -q '^systemd-resolve:' /etc/group || echo 'systemd-resolve:x:995:' >>/etc/group
                mkdir -p /run/dbus
                systemctl daemon-reload
                systemctl start dbus.socket dbus.service systemd-resolved.service

                vnetc apply -y /root/b.vnet
                [ "$(resolvectl dns vbr-cell)" = 'Link 2 (vbr-cell): 192.168.152.1' ]
                [ "$(resolvectl domain vbr-cell)" = 'Link 2 (vbr-cell): ~cell.example' ]
                [ "$(resolvectl default-route vbr-cell)" = 'Link 2 (vbr-cell): no' ]
                vnetc plan /root/b.vnet | grep 'Nothing to do'

                # It asks on links with a carrier: a guest is there, with a name by its lease.
                ip netns add guest
                ip link add v0 type veth peer name eth0 netns guest
                ip link set v0 master vbr-cell up
                ip -n guest link set eth0 up
                ip netns exec guest busybox udhcpc -i eth0 -nqf -t 20 -T 1 -s /bin/true -x hostname:stranger
                until resolvectl query stranger.cell.example | grep '192[.]168[.]152[.]1'; do sleep .1; done
                dig +short @127.0.0.53 stranger.cell.example | grep '^192[.]168[.]152[.]1'

                # Somebody else's change is seen and put right.
                resolvectl revert vbr-cell
                vnetc plan /root/b.vnet | grep 'names of cell.example for the host itself'
                vnetc apply -y /root/b.vnet
                [ "$(resolvectl domain vbr-cell)" = 'Link 2 (vbr-cell): ~cell.example' ]

                source ''
                vnetc apply -y /root/b.vnet
                [ "$(resolvectl dns vbr-cell)" = 'Link 2 (vbr-cell):' ]
                source register
                vnetc apply -y /root/b.vnet
                ip link del v0
                vnetc destroy -y
                ! resolvectl status | grep cell
                """);
        assertThat(said).endsWith("DONE\n");
    }

    /** Puts a Debian package where the script finds it. */
    private void fetch(String debianPackage) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", debianPackage)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("words").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("words")))
                .isZero();
    }

    private String boot(String script) throws IOException, InterruptedException {
        return SystemdHost.run(folder, WORDS, script);
    }
}
