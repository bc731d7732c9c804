// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.value.PciAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines of QEMU, and what they are in the language. */
class QemuImportTest {
    private static final String MAC = "mac=52:54:00:00:00:01";

    /** The NICs of a guest, on one line. */
    private static String nics(String arguments) {
        String vnet = Imports.script("qemu-system-x86_64 -nodefaults -name web " + arguments)
                .vnet();
        return oneLine(vnet.substring(vnet.indexOf("vm web")));
    }

    private static String oneLine(String vnet) {
        return vnet.replaceAll("\\s+", " ").strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-netdev user,id=n|user",
                "-netdev user,id=n,net=10.0.9.7/24,dns=10.0.9.3|user { network 10.0.9.0/24 dns 10.0.9.3 }",
                "-netdev user,id=n,net=10.0.9.0/255.255.255.0|user { network 10.0.9.0/24 }",
                "-netdev user,id=n,ipv6-net=fd00::/64,ipv6-host=fd00::2|user { network fd00::/64 host fd00::2 }",
                "-netdev user,id=n,ipv6-prefix=fd00::,ipv6-prefixlen=80|user { network fd00::/80 }",
                "-netdev user,id=n,dnssearch=a.example,dnssearch=b.example|user { search \"a.example\", \"b.example\" }",
                "-netdev user,id=n,restrict=y,ipv6=off|user { ipv6 off restrict on }",
                "-netdev user,id=n,restrict,noipv4|user { ipv4 off restrict on }",
                "-netdev user,id=n,smb=/srv,smbserver=10.0.2.4|user { smb \"/srv\" smb-server 10.0.2.4 }",
                "-netdev user,id=n,hostfwd=::80-:80|user { publish tcp 80 }",
                "-netdev user,id=n,hostfwd=udp:0.0.0.0:53-10.0.2.20:53|user { publish udp 53 to 10.0.2.20 }",
                "-netdev user,id=n,hostfwd=::80-:80,hostfwd=::81-:81,hostfwd=::83-:83|user { publish tcp 80..81 publish tcp 83 }",
                "-netdev user,id=n,guestfwd=tcp:10.0.2.100:80-tcp:[::1]:81|user { forward 10.0.2.100 port 80 to ::1 port 81 }",
                "-netdev bridge,id=n|bridge-helper br0",
                "-netdev bridge,id=n,br=lan,helper=/opt/h|bridge-helper lan { helper \"/opt/h\" }",
                "-netdev tap,id=n,br=lan,helper=/opt/h|bridge-helper lan { helper \"/opt/h\" }",
                "-netdev socket,id=n,listen=:1234|stream { server on address 0.0.0.0 port 1234 }",
                "-netdev socket,id=n,connect=localhost:1234|stream { address 127.0.0.1 port 1234 }",
                "-netdev socket,id=n,mcast=230.0.0.1:1234|dgram { remote 230.0.0.1 remote-port 1234 }",
                "-netdev socket,id=n,udp=192.0.2.1:5,localaddr=:6|dgram { local 0.0.0.0 local-port 6 remote 192.0.2.1 remote-port 5 }",
                "-netdev stream,id=n,server=on,addr.type=unix,addr.path=/run/a|stream { server on socket \"/run/a\" }",
                "-netdev stream,id=n,addr.type=inet,addr.host=::1,addr.port=7|stream { address ::1 port 7 }",
                "-netdev vhost-vdpa,id=n,vhostdev=/dev/vhost-vdpa-0|vdpa \"/dev/vhost-vdpa-0\"",
                "-chardev socket,id=c,path=/run/s,server=on,wait=off -netdev vhost-user,id=n,chardev=c|vhost-user \"/run/s\" { server on }",
                "-chardev socket,id=c,path=/run/s -netdev vhost-user,id=n,chardev=c|vhost-user \"/run/s\"",
                "-netdev passt,id=n,address=192.0.2.9,tcp-ports=127.0.0.1/2222:22|passt { address 192.0.2.9 publish tcp 2222 on 127.0.0.1 to port 22 }",
            })
    void aBackendIsWhatItIs(String backend, String expected) {
        assertThat(nics(backend + " -device virtio-net-pci,netdev=n,id=eth0," + MAC))
                .isEqualTo("vm web { nic eth0 { " + expected + " mac 52:54:00:00:00:01 } }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "virtio-net-pci,addr=0x1f|device { slot 31 }",
                "virtio-net-pci,addr=10.1|device { slot 16 function 1 }",
                "virtio-net,rombar=0,romfile=|device { rom off rom-bar off }",
                "e1000-82540em,bootindex=0x1|device e1000 { boot-order 1 }",
                "virtio-net-pci,disable-legacy=on|device virtio-non-transitional",
                "virtio-net-pci,disable-legacy=off,disable-modern=off|device virtio-transitional",
                "virtio-net-pci-non-transitional|device virtio-non-transitional",
                "virtio-net-device,tx=timer|device virtio-mmio { tx-mode \"timer\" }",
                "usb-net,bus=xhci.0,port=1.2|device usb-net { bus \"xhci.0\" usb-port \"1.2\" }",
                "virtio-net-pci,host_mtu=9000|mtu 9000",
            })
    void aCardIsSetByTheSameTables(String device, String expected) {
        assertThat(nics("-device " + device + ",id=eth0," + MAC))
                .isEqualTo("vm web { nic eth0 { unplugged mac 52:54:00:00:00:01 " + expected + " } }");
    }

    @Test
    void theSocketOfCommandsIsTakenOver() {
        assertThat(nics("-nic none -qmp unix:/run/a,,b,server=on,wait=off -qmp tcp:localhost:1,server"))
                .isEqualTo("vm web { qmp \"/run/a,b\" }");
        assertThat(nics("-nic none -qmp unix:/run/a,server,nowait")).isEqualTo("vm web { qmp \"/run/a\" }");
        assertThat(nics("-nic none -qmp unix:/run/a -qmp stdio")).isEqualTo("vm web {}");
    }

    @Test
    void aPlaceOnTheBusThatIsANumberOfJsonIsBoth() {
        assertThat(nics("-device '{\"driver\":\"e1000e\",\"id\":\"a\",\"addr\":43,\"mac\":\"52:54:00:00:00:01\"}'"))
                .contains("slot 5 function 3");
    }

    @Test
    void oneCardAndOneBackendOfAVlanAreADirectWayAndMoreAreAHub() {
        assertThat(nics("-net nic,model=e1000,vlan=1,macaddr=52:54:00:00:00:01 -net user,vlan=1"
                        + " -net nic,model=e1000,vlan=2,macaddr=52:54:00:00:00:02"
                        + " -net nic,model=e1000,vlan=2,macaddr=52:54:00:00:00:03 -net bridge,vlan=2,name=up"))
                .isEqualTo("vm web {"
                        + " nic net0 { user mac 52:54:00:00:00:01 device e1000 }"
                        + " nic net1 { hub hub2 mac 52:54:00:00:00:02 device e1000 }"
                        + " nic net2 { hub hub2 mac 52:54:00:00:00:03 device e1000 }"
                        + " nic up { hub hub2 bridge-helper br0 } }");
    }

    @Test
    void portsOfAHubAreTheSame() {
        assertThat(nics("-netdev bridge,id=up -netdev hubport,id=p,hubid=4,netdev=up -netdev hubport,id=q,hubid=4"
                        + " -device e1000,netdev=q,id=a," + MAC))
                .isEqualTo("vm web { nic a { hub hub4 mac 52:54:00:00:00:01 device e1000 }"
                        + " nic up { hub hub4 bridge-helper br0 } }");
    }

    @Test
    void whatIsSaidElsewhereCounts() {
        assertThat(nics("-redir udp:5555:10.0.2.20:53 -tftp /srv -set device.eth0.bootindex=3"
                        + " -global virtio-net-pci.packed=on -global driver=virtio-net-pci,property=csum,value=off"
                        + " -netdev user,id=n -device virtio-net-pci,netdev=n,id=eth0,csum=on," + MAC))
                .isEqualTo("vm web { nic eth0 { user { tftp \"/srv\" publish udp 5555 to 10.0.2.20 port 53 }"
                        + " mac 52:54:00:00:00:01 device { boot-order 3 packed on host-csum on } } }");
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-system-x86_64, , e1000",
        "kvm, -machine pc-q35-7.2, e1000e",
        "/usr/bin/qemu-system-x86_64, -M q35, e1000e",
        "qemu-system-ppc64, , spapr-vlan",
        "qemu-system-s390x, , virtio-ccw",
    })
    void whoSaysNothingOfNetworksHasTheUsualCardOnQemusOwn(String program, String machine, String card) {
        Imports.Imported imported = Imports.script(program + " -m 1G " + (machine == null ? "" : machine));
        assertThat(oneLine(imported.vnet())).isEqualTo("vm guest { nic net0 { user device " + card + " } }");
        assertThat(imported.of(Severity.NOTE).toString()).contains("nothing is said of networks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-nodefaults", "-nic none", "-net none"})
    void whoSaysThatThereAreNoneHasNone(String arguments) {
        assertThat(Imports.script("qemu-system-x86_64 -m 1G " + arguments).vnet())
                .isEqualTo("vm guest {}\n");
    }

    @Test
    void whatIsNoOptionIsNotReadAsOne() {
        assertThat(Imports.script(
                                "qemu-system-x86_64 -nodefaults -append '-nic user' -append -nic -kernel x -S -drive a=-net")
                        .vnet())
                .isEqualTo("vm guest {}\n");
    }

    @Test
    void aTapOfABridgeThatIsNotKnownIsToBeFilledIn() {
        Imports.Imported imported = Imports.script(
                "qemu-system-x86_64 -netdev tap,id=n,ifname=tap0,script=no -device virtio-net-pci,netdev=n,id=eth0,"
                        + MAC);
        assertThat(imported.vnet()).contains("bridge \"FILL-IN\"", "network taps", "tap tap0", "vhost off");
        assertThat(imported.of(Severity.WARNING)).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(DiagnosticCode.TO_FILL_IN);
            assertThat(warning.range().toString()).isEqualTo("start.sh:1:37");
        });
    }

    @Test
    void aTapOfABridgeThatTheHostKnowsIsOnIt() {
        List<String> words = Arrays.asList(("qemu-system-x86_64 -netdev tap,id=n,fds=20:21,vhost=on,vhostfds=22:23"
                        + " -device virtio-net-pci,netdev=n,id=eth0,mq=on," + MAC)
                .split(" "));
        Imports.Imported imported = Imports.words(
                words, new HostKnowledge(Map.of(20, "vnet7"), Map.of("vnet7", "virbr0"), Map.of()), false);
        assertThat(oneLine(imported.vnet()))
                .isEqualTo("network virbr0 { forward bridge bridge \"virbr0\" } vm guest { nic eth0 {"
                        + " network virbr0 tap vnet7 queues 2 vhost on mac 52:54:00:00:00:01 } }");
        assertThat(imported.diagnostics().all()).isEmpty();
    }

    @Test
    void aDeviceOfTheHostIsANicWhereItMayBeOne() {
        String arguments =
                "qemu-system-x86_64 -nodefaults -device vfio-pci,host=03:00.0,id=a -device vfio-pci,host=04:00.0"
                        + " -device vfio-pci,host=05:00.0,x-vga=on -device usb-host,hostbus=1,hostport=2.1,id=u";
        HostKnowledge host = new HostKnowledge(
                Map.of(),
                Map.of(),
                Map.of(PciAddress.parse("0000:03:00.0"), true, PciAddress.parse("0000:04:00.0"), false));
        Imports.Imported imported = Imports.words(Arrays.asList(arguments.split(" ")), host, false);
        assertThat(oneLine(imported.vnet())).isEqualTo("vm guest { nic a { pci 0000:03:00.0 } nic u { usb 1-2.1 } }");
        assertThat(imported.of(Severity.WARNING)).hasSize(1);
        assertThat(Imports.words(Arrays.asList(arguments.split(" "))).of(Severity.WARNING))
                .hasSize(3);
    }

    @Test
    void aStandbyIsNamedByWhatItStandsInFor() {
        assertThat(nics(
                        "-device vfio-pci,host=03:00.0,failover_pair_id=eth0,id=vf -device virtio-net-pci,failover=on,id=eth0,"
                                + MAC))
                .contains("nic vf { pci 0000:03:00.0 failover eth0 }");
    }

    @Test
    void aNeededVersionIsDeclared() {
        assertThat(Imports.script("qemu-system-x86_64 -netdev stream,id=n,addr.type=unix,addr.path=/a,reconnect-ms=5000"
                                + " -device igb,netdev=n," + MAC)
                        .vnet())
                .startsWith("host lab {\n  qemu 9.2\n}\n")
                .contains("reconnect 5s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-netdev l2tpv3,id=n,src=a,dst=b|2|no such backend",
                "-netdev vmnet-shared,id=n|2|no such backend",
                "-netdev user,id=n,foo=1|2|no word for it",
                "-netdev user,id=n,net=10.0.9.0|2|says no length",
                "-netdev user,id=n,hostfwd=tcp:box:1-:1|2|no address, and names are not looked up",
                "-netdev user,id=n,hostfwd=unix:/x-:1|2|it is not `tcp:ADDRESS:PORT-ADDRESS:PORT`",
                "-netdev user,id=n,guestfwd=tcp:10.0.2.9:1-chardev:c|2|character device",
                "-netdev user,id=n,tftp=srv|2|does not begin at the root",
                "-netdev user,id=n,restrict=maybe|2|neither `on` nor `off`",
                "-netdev socket,id=n,fd=4|2|descriptor",
                "-netdev dgram,id=n,local.type=fd,local.str=4|2|no place that frames go to",
                "-netdev stream,id=n,addr.type=vsock,addr.cid=3,addr.port=4|2|sockets of a network and of the file system",
                "-netdev stream,id=n,addr.type=unix,addr.path=/a,addr.abstract=on|2|no word for it",
                "-netdev vhost-user,id=n,chardev=c|2|no `-chardev` of that name",
                "-netdev tap,id=n,queues=2|4|uses one of them",
            })
    void whatHasNoEqualIsAnErrorAtItsArgument(String netdev, int line, String why) {
        List<String> words = Arrays.asList(
                ("qemu-system-x86_64 " + netdev + " -device virtio-net-pci,netdev=n,id=eth0," + MAC).split(" "));
        Imports.Imported strict = Imports.words(words);
        assertThat(strict.text()).isEmpty();
        assertThat(strict.of(Severity.ERROR)).anySatisfy(error -> {
            assertThat(error.message()).contains(why);
            assertThat(error.range().line()).isEqualTo(line + 1);
            assertThat(error.hint()).isPresent();
        });
        assertThat(Imports.words(words, HostKnowledge.NONE, true).vnet()).contains("// not translated: ", "nic eth0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "-netdev|wants an argument",
                "-netdev '{\"type\":'|is no JSON",
                "-netdev user,id=a -netdev user,id=a|two `-netdev` with the id `a`",
                "-device e1000,netdev=a|no free `-netdev` with the id `a`",
                "-netdev user|has no `id`",
                "-nic user,model=lance|is no card that is known here",
                "-object filter-dump,id=f,netdev=n,file=/x|nothing stands between",
                "-usbdevice net:vlan=0|took until 5.1",
                "-nic user,mac=x|no MAC address",
                "-device virtio-net-pci,x-foo=1|no word for it",
                "-device vfio-pci,sysfsdev=/sys/x|names no device by its place",
                "-device usb-host|names a device on USB in one way",
                "-device virtio-net-pci,failover=on|no device of the host names it",
                "-netdev user,id=a$X -device e1000,netdev=a$X|what the shell puts in there is not known",
            })
    void whatQemuWouldRefuseOrIsNotKnownIsAnError(String arguments, String why) {
        Imports.Imported imported = Imports.script("qemu-system-x86_64 -nodefaults " + arguments);
        assertThat(imported.text()).isEmpty();
        assertThat(imported.of(Severity.ERROR))
                .extracting(Diagnostic::message)
                .anyMatch(message -> message.contains(why));
    }

    @Test
    void whatTheShellAddsIsNamed() {
        Imports.Imported imported = Imports.script("qemu-system-x86_64 -m $MEM -nic none $MORE \"$@\"");
        assertThat(imported.of(Severity.WARNING))
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning.code()).isEqualTo(DiagnosticCode.TO_FILL_IN));
    }

    @Test
    void whatIsLeftOutIsNamed() {
        Imports.Imported imported = Imports.script("qemu-system-x86_64 -netdev user,id=a -readconfig /etc/x");
        assertThat(imported.diagnostics().all().toString()).contains("no card is plugged into it", "is not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/bin/sh\nif true; then\n  exec sudo -u qemu nice qemu-system-x86_64 -nic none \\\n    -name a >/dev/null 2>&1 &\nfi\n",
                "LC_ALL=C \\\nPATH=/bin \\\n/usr/bin/qemu-system-x86_64 \\\n-name guest=a,debug-threads=on \\\n-nic none\n",
                "-name a -nic none",
                "-name\na\n-nic\nnone\n",
                "qemu-system-x86_64\0-name\0a\0-nic\0none\0",
            })
    void aCommandLineIsFoundHoweverItIsWritten(String text) {
        assertThat(Imports.script(text).vnet()).isEqualTo("vm a {}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "echo hello", "apt install qemu-system-x86", "# qemu-system-x86_64 -nic user"})
    void aTextWithNoneIsAnError(String text) {
        assertThat(Imports.script(text).of(Severity.ERROR))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).isEqualTo("there is no command line of QEMU in it"));
    }

    @Test
    void namesThatAreNoneAreChangedWithAWord() {
        Imports.Imported imported =
                Imports.script("qemu-system-x86_64 -nic none -name 'my guest!'\nkvm -nic none -name my-guest");
        assertThat(imported.vnet()).contains("// In QEMU: my guest!", "vm my-guest {}", "vm my-guest-2 {}");
        assertThat(imported.of(Severity.WARNING))
                .extracting(Diagnostic::code)
                .containsOnly(DiagnosticCode.NAME_CHANGED);
    }
}
