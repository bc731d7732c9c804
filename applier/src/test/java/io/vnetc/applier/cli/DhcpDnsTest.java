// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What guests get of a network's DHCP, DNS and TFTP, asked for by clients that are not ours. */
final class DhcpDnsTest {
    /** Writes down all that the client was told. */
    private static final String SCRIPT = """
            #!/bin/sh
            case "$1$reason" in
                bound|BOUND6) env >"$0.new" && mv "$0.new" "$(dirname "$0")/told" ;;
                PREINIT6) ip link set dev "$interface" up ;;
            esac
            exit 0
            """;

    private KernelRunner vnetc;
    private NetworkNamespace guest;
    private NetworkNamespace elsewhere;

    @BeforeEach
    void open() throws IOException {
        vnetc = new KernelRunner();
        guest = NetworkNamespace.create();
        elsewhere = NetworkNamespace.create();
        // A host with another one in reach, at 10.99.0.53.
        vnetc.namespace().cable("eno1", elsewhere, "eth0");
        vnetc.namespace().exec("ip", "address", "add", "10.99.0.1/24", "dev", "eno1");
        elsewhere.exec("ip", "link", "set", "lo", "up");
        elsewhere.exec("ip", "address", "add", "10.99.0.53/24", "dev", "eth0");
        elsewhere.exec("ip", "route", "add", "default", "via", "10.99.0.1");
        script();
    }

    @AfterEach
    void close() throws IOException {
        elsewhere.close();
        guest.close();
        vnetc.close();
    }

    private void script() throws IOException {
        Path script = Files.writeString(vnetc.root().resolve("script"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void options_of_every_type_reach_a_client_as_they_are_meant() throws Exception {
        apply("""
                network office {
                  bridge vbr-office { mtu 1400 }
                  domain office.example local
                  subnet 10.20.1.0/24 {
                    gateway .1
                    dhcp .100 .. .199 lease 2h {
                      option router .254
                      option dns 9.9.9.9, .1
                      option ntp .1, .2
                      option domain "other.example"
                      option search "office.example", "example"
                      option static-route 10.9.0.5 via .253
                      option classless-route 10.9.0.0/16 via .253, 0.0.0.0/0 via .254
                      option windows-route 10.9.0.0/16 via .253
                      option tftp-server-name "10.0.0.1"
                      option 224 text "1.2.3.4"
                      option 225 text "say \\"hi\\", # \\\\o/"
                      option 226 number8 5
                      option 227 number16 300
                      option 228 number32 4294967295
                      option 229 flag true
                      option 230 hex "0a"
                      option 231 hex "0a:ff"
                      option 232 names "a.example", "b"
                      option 233 addresses .7, 9.9.9.9
                      option 234 text "7b"
                      boot "pxe,linux.0" server .9
                    }
                  }
                }
                """);
        Map<String, String> told = lease("vbr-office", "52:54:00:00:00:0a");
        assertThat(told.get("ip")).startsWith("10.20.1.1");
        assertThat(told)
                .containsEntry("lease", "7200")
                .containsEntry("mtu", "1400")
                .containsEntry("router", "10.20.1.254")
                .containsEntry("dns", "9.9.9.9 10.20.1.1")
                .containsEntry("ntpsrv", "10.20.1.1 10.20.1.2")
                .containsEntry("domain", "other.example")
                .containsEntry("search", "office.example example")
                .containsEntry("routes", "10.9.0.5/10.20.1.253")
                .containsEntry("staticroutes", "10.9.0.0/16 10.20.1.253 0.0.0.0/0 10.20.1.254")
                .containsEntry("msstaticroutes", "10.9.0.0/16 10.20.1.253")
                .containsEntry("tftp", "10.0.0.1")
                .containsEntry("boot_file", "pxe,linux.0")
                .containsEntry("siaddr", "10.20.1.9")
                .containsEntry("opt224", hex("1.2.3.4"))
                .containsEntry("opt225", hex("say \"hi\", # \\o/"))
                .containsEntry("opt226", "05")
                .containsEntry("opt227", "012c")
                .containsEntry("opt228", "ffffffff")
                .containsEntry("opt229", "01")
                .containsEntry("opt230", "0a")
                .containsEntry("opt231", "0aff")
                .containsEntry("opt232", "0161" + "07" + hex("example") + "00" + "0162" + "00")
                .containsEntry("opt233", "0a140107" + "09090909")
                .containsEntry("opt234", hex("7b"));
        leavesNothing();
    }

    @Test
    void each_range_tells_its_clients_and_its_reservations_what_it_says() throws Exception {
        String source = """
                network office {
                  forward nat
                  bridge vbr-office
                  subnet 10.20.1.0/24 {
                    gateway .1
                    dhcp .50 .. .99 { option ntp .2  boot "first"  host fixed { mac 52:54:00:00:00:0b  address .10 } }
                    dhcp .100 .. .199 lease 3h { option ntp .3  option router none }
                    dhcp { option ntp .4  boot "rest"  host { mac 52:54:00:00:00:0c  address .11 } %s }
                  }
                }
                """;
        apply(source.formatted(""));
        assertThat(lease("vbr-office", "52:54:00:00:00:0b"))
                .containsEntry("ip", "10.20.1.10")
                .containsEntry("ntpsrv", "10.20.1.2")
                .containsEntry("boot_file", "first")
                .containsEntry("hostname", "fixed");
        assertThat(lease("vbr-office", "52:54:00:00:00:0c"))
                .containsEntry("ip", "10.20.1.11")
                .containsEntry("ntpsrv", "10.20.1.4")
                .containsEntry("boot_file", "rest")
                .containsEntry("router", "10.20.1.1");
        assertThat(lease("vbr-office", "52:54:00:00:00:0d", "-r", "10.20.1.150"))
                .containsEntry("ip", "10.20.1.150")
                .containsEntry("ntpsrv", "10.20.1.3")
                .containsEntry("boot_file", "rest")
                .containsEntry("lease", "10800")
                .doesNotContainKey("router");
        assertThat(lease("vbr-office", "52:54:00:00:00:0e", "-r", "10.20.1.60"))
                .containsEntry("ip", "10.20.1.60")
                .containsEntry("ntpsrv", "10.20.1.2");

        // A reservation more is read by the process that is there, which goes on to serve.
        String pid = pid("office");
        apply(source.formatted("host more { mac 52:54:00:00:00:0f  address .12 }"));
        assertThat(lease("vbr-office", "52:54:00:00:00:0f"))
                .containsEntry("ip", "10.20.1.12")
                .containsEntry("ntpsrv", "10.20.1.4");
        assertThat(lease("vbr-office", "52:54:00:00:00:0b")).containsEntry("ntpsrv", "10.20.1.2");
        assertThat(pid("office")).isEqualTo(pid);
        leavesNothing();
    }

    @Test
    void files_are_given_out_by_tftp() throws Exception {
        Path files = Files.createDirectory(vnetc.root().resolve("tftp files"));
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(files.resolve("pxelinux.0"), "a loader");
        vnetc.namespace().exec("iptables", "-P", "INPUT", "DROP");
        vnetc.namespace()
                .exec("iptables", "-A", "INPUT", "-m", "conntrack", "--ctstate", "ESTABLISHED", "-j", "ACCEPT");
        String source = """
                network office {
                  forward nat
                  bridge vbr-office
                  subnet 10.20.1.0/24 { gateway .1  tftp "%s"  dhcp .100 .. .199 { boot "pxelinux.0" } }
                }
                """;
        apply(source.formatted(files));
        assertThat(lease("vbr-office", "52:54:00:00:00:0a")).containsEntry("boot_file", "pxelinux.0");
        guest.exec("ip", "address", "add", "10.20.1.150/24", "dev", "eth0");
        Path got = vnetc.root().resolve("got");
        guest.exec("busybox", "tftp", "-g", "-r", "pxelinux.0", "-l", got.toString(), "10.20.1.1");
        assertThat(got).hasContent("a loader");

        Result lacking =
                vnetc.run("apply", write(source.formatted(files + "/no such")).toString(), "--host", "any", "--yes");
        assertThat(lacking.exit()).as(lacking.err()).isEqualTo(12);
        assertThat(lacking.err()).contains("/no such", "mkdir");
        leavesNothing();
    }

    @Test
    void names_are_known_here_or_asked_for_where_it_is_said() throws Exception {
        elsewhere.start(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--port=5353",
                "--address=/#/10.99.0.99",
                "--ptr-record=9.1.20.10.in-addr.arpa,leaked.example",
                "--ptr-record=9.2.20.10.in-addr.arpa,asked.example",
                "--log-queries");
        elsewhere.start(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--port=53",
                "--address=/#/10.99.0.98");
        apply("""
                network office {
                  forward nat
                  bridge vbr-office
                  domain office.example local
                  subnet 10.20.1.0/24 { gateway .1  local-ptr }
                  subnet 10.20.2.0/24 { gateway .1 }
                  dns {
                    plain-names off
                    forward to 10.99.0.53 port 5353
                    forward corp.example to 10.99.0.53
                    host 10.20.1.5 = nas
                    cname files = nas
                    txt motd = "say \\"hi\\", # \\\\o/ ; $(id)"
                    srv _ldap._tcp.office.example = nas.office.example port 389 priority 10 weight 5
                    ptr 10.20.1.7 = printer.office.example
                  }
                  dnsmasq {
                    address = "apps.example", 10.20.1.80
                    address = "ads.example"
                    host-record = "lb.example", 10.20.1.81
                    mx-host = "office.example", "nas.office.example", 10
                    local-ttl = 33s
                  }
                }
                """);
        plug("vbr-office", "52:54:00:00:00:0a");
        guest.exec("ip", "address", "add", "10.20.1.150/24", "dev", "eth0");
        assertThat(dig("nas.office.example")).isEqualTo("10.20.1.5");
        assertThat(dig("files.office.example")).isEqualTo("nas.office.example.\n10.20.1.5");
        assertThat(dig("files")).endsWith("10.20.1.5");
        assertThat(dig("motd.office.example", "txt")).isEqualTo("\"say \\\"hi\\\", # \\\\o/ ; $(id)\"");
        assertThat(dig("_ldap._tcp.office.example", "srv")).isEqualTo("10 5 389 nas.office.example.");
        assertThat(dig("-x", "10.20.1.7")).isEqualTo("printer.office.example.");
        assertThat(dig("-x", "10.20.1.5")).isEqualTo("nas.office.example.");
        assertThat(dig("a.b.apps.example")).isEqualTo("10.20.1.80");
        assertThat(dig("ads.example")).isEmpty();
        assertThat(dig("lb.example")).isEqualTo("10.20.1.81");
        assertThat(dig("office.example", "mx")).isEqualTo("10 nas.office.example.");
        assertThat(guest.exec("dig", "@10.20.1.1", "+noall", "+answer", "nas.office.example"))
                .contains("\t33\tIN");

        assertThat(dig("anything.example")).as("all others").isEqualTo("10.99.0.99");
        assertThat(dig("www.corp.example")).as("of one domain").isEqualTo("10.99.0.98");
        assertThat(dig("nobody.office.example")).as("of its own domain").isEmpty();
        assertThat(dig("plain")).as("without a dot").isEmpty();
        assertThat(dig("-x", "10.20.1.9")).as("of an address here").isEmpty();
        assertThat(dig("-x", "10.20.2.9"))
                .as("of an address that is not said to be known here")
                .isEqualTo("asked.example.");
        leavesNothing();
    }

    @Test
    void questions_are_passed_on_to_a_server_elsewhere() throws Exception {
        elsewhere.start(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--user=root",
                "--pid-file=",
                "--dhcp-leasefile=" + vnetc.root().resolve("elsewhere.leases"),
                "--no-ping",
                "--dhcp-range=10.20.1.100,10.20.1.199,255.255.255.0,1h",
                "--dhcp-option=42,10.99.0.53");
        apply("""
                network office {
                  forward route
                  bridge vbr-office
                  subnet 10.20.1.0/24 { gateway .1  dhcp { relay to 10.99.0.53 } }
                }
                network lab {
                  forward route
                  bridge vbr-lab
                  subnet 10.20.2.0/24 { gateway .1  dhcp .100 .. .199 }
                }
                """);
        Map<String, String> told = lease("vbr-office", "52:54:00:00:00:0a");
        assertThat(told.get("ip")).startsWith("10.20.1.1");
        assertThat(told).containsEntry("ntpsrv", "10.99.0.53");
        assertThat(lease("vbr-lab", "52:54:00:00:00:0a").get("ip"))
                .as("beside it")
                .startsWith("10.20.2.1");
        leavesNothing();
    }

    @Test
    void dhcpv6_knows_its_clients_and_routers_say_the_mtu() throws Exception {
        apply("""
                network office {
                  forward route
                  bridge vbr-office { mtu 1400 }
                  subnet fd00:20:1::/64 {
                    gateway ::1
                    advertise
                    dhcp ::100 .. ::1ff lease 2h {
                      option dns ::1, 2620:fe::fe
                      option search "office.example", "example"
                      option 224 text "1.2"
                      host known { duid 00:03:00:01:52:54:00:00:00:0a  address ::a }
                      host { mac 52:54:00:00:00:0b  address ::b }
                    }
                  }
                  subnet fd00:20:2::/64 { gateway ::1  advertise }
                }
                """);
        Map<String, String> told = lease6("52:54:00:00:00:0a");
        assertThat(told)
                .containsEntry("new_ip6_address", "fd00:20:1::a")
                .containsEntry("new_dhcp6_name_servers", "fd00:20:1::1 2620:fe::fe")
                .containsEntry("new_dhcp6_domain_search", "office.example. example.");
        assertThat(lease6("52:54:00:00:00:0b")).containsEntry("new_ip6_address", "fd00:20:1::b");
        assertThat(lease6("52:54:00:00:00:0c").get("new_ip6_address")).startsWith("fd00:20:1::1");

        guest.exec("sysctl", "-q", "-w", "net.ipv6.conf.eth0.accept_ra=1");
        await(() -> guest.exec("sysctl", "-n", "net.ipv6.conf.eth0.mtu").strip().equals("1400"));
        await(() -> guest.exec("ip", "-6", "address", "show", "dev", "eth0").contains("fd00:20:2:"));
        assertThat(guest.exec("ip", "-6", "route", "show", "default")).contains("proto ra");
        leavesNothing();
    }

    private void apply(String source) throws IOException {
        Path file = write(source);
        Result applied = vnetc.run("apply", file.toString(), "--host", "any", "--yes");
        assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
        Result again = vnetc.run("plan", file.toString(), "--host", "any", "--detailed-exitcode");
        assertThat(again.exit()).as(again.out() + again.err()).isZero();
    }

    private Path write(String source) throws IOException {
        return Files.writeString(vnetc.root().resolve("source.vnet"), source);
    }

    private void leavesNothing() {
        unplug();
        Result destroyed = vnetc.run("destroy", "--yes");
        assertThat(destroyed.exit()).as(destroyed.out() + destroyed.err()).isZero();
        assertThat(vnetc.namespace().exec("ss", "-Hlnu")).isEmpty();
    }

    /** A guest on a bridge, of whatever was there before nothing is left. */
    private void plug(String bridge, String mac) {
        unplug();
        vnetc.namespace().cable("port", guest, "eth0");
        vnetc.namespace().exec("ip", "link", "set", "port", "master", bridge);
        guest.exec("ip", "link", "set", "lo", "up");
        guest.exec("ip", "link", "set", "eth0", "address", mac);
    }

    private void unplug() {
        vnetc.namespace().tryExec("ip", "link", "delete", "port");
    }

    private Map<String, String> lease(String bridge, String mac, String... arguments) throws IOException {
        plug(bridge, mac);
        List<String> command =
                new ArrayList<>(List.of("busybox", "udhcpc", "-i", "eth0", "-f", "-q", "-n", "-t", "10", "-T", "1"));
        command.addAll(List.of("-s", vnetc.root().resolve("script").toString()));
        List.of("mtu", "routes", "search", "staticroutes", "msstaticroutes", "ntpsrv", "tftp", "bootfile")
                .forEach(option -> command.addAll(List.of("-O", option)));
        for (int number = 224; number <= 234; number++) {
            command.addAll(List.of("-O", Integer.toString(number)));
        }
        command.addAll(List.of(arguments));
        guest.exec(command.toArray(String[]::new));
        return told();
    }

    private Map<String, String> lease6(String mac) throws IOException {
        plug("vbr-office", mac);
        await(() -> guest.exec("ip", "-6", "-o", "address", "show", "dev", "eth0", "scope", "link", "-tentative")
                .contains("fe80"));
        Path folder = vnetc.root();
        Process client = guest.start(
                "dhclient",
                "-6",
                "-d",
                "-D",
                "LL",
                "-sf",
                folder.resolve("script").toString(),
                "-lf",
                folder.resolve("leases." + mac.substring(15)).toString(),
                "-pf",
                folder.resolve("pid." + mac.substring(15)).toString(),
                "eth0");
        try {
            await(() -> Files.exists(folder.resolve("told")));
        } finally {
            client.destroy();
        }
        return told();
    }

    private Map<String, String> told() throws IOException {
        Path file = vnetc.root().resolve("told");
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                told.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        Files.delete(file);
        return told;
    }

    private String pid(String network) throws IOException {
        return Files.readString(Paths.below(vnetc.root()).dnsmasq(network).resolve("dnsmasq.pid"))
                .strip();
    }

    private String dig(String... question) {
        List<String> command = new ArrayList<>(List.of("dig", "+short", "+time=2", "+tries=2", "@10.20.1.1"));
        command.addAll(List.of(question));
        return guest.exec(command.toArray(String[]::new)).strip();
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(c -> hex.append(String.format("%02x", c)));
        return hex.toString();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        for (int i = 0; i < 100; i++) {
            if (condition.holds()) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.holds()).as("within 10 s").isTrue();
    }
}
