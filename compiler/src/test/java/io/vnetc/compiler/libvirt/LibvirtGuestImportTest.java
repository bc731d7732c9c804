// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.libvirt.importing.LibvirtImport.Imported;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.testing.Golden;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtGuestImportTest {
    static Stream<String> corpus() throws IOException {
        return LibvirtCorpus.guestNames();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void allThatIsSaidOfNicsHasAnEqual(String name) throws IOException {
        Golden.check(LibvirtCorpus.GUESTS + "/" + name + ".vnet", LibvirtCorpus.vnet(LibvirtCorpus.guestXml(name)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void qemuIsToldTheSame(String name) throws IOException {
        Model model = LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.guestXml(name)));
        String arguments = Lowering.lower(model, "here", Surroundings.ASSUMED).guests().stream()
                .flatMap(guest -> Stream.concat(
                        guest.programs().stream().map(words -> String.join(" ", words)), guest.arguments().stream()))
                .map(word -> word + "\n")
                .collect(Collectors.joining());
        Golden.check(LibvirtCorpus.GUESTS + "/" + name + ".args", arguments);
    }

    private static String domain(String nics) {
        return "<domain type='kvm'><name>web</name><devices>" + nics + "</devices></domain>";
    }

    /** What a NIC says, the code of the error, what it is at, and the beginning of its reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<interface/>|VN1804|interface|`interface` has no `type`",
                "<interface type='wifi'/>|VN1803|interface/@type|`interface/@type` is a way to plug a NIC in",
                "<interface type='user'><speed/></interface>|VN1802|interface/speed|`interface` has no element `speed`",
                "<interface type='user'><driver quues='2'/></interface>|VN1802|driver/@quues|`interface/driver` has no attribute `quues`",
                "<interface type='network'><source network='office'/></interface>|VN1805|source/@network|what the network `office` is, none of the files says",
                "<interface type='network'/>|VN1805|interface|it does not say what the NIC is plugged into",
                "<interface type='bridge'><source dev='br0'/></interface>|VN1805|source/@dev|it says nothing for a NIC of the type `bridge`",
                "<interface type='internal'><source name='a'/></interface>|VN1805|interface/@type|it is of VirtualBox",
                "<interface type='vds'/>|VN1805|interface/@type|it is of VMware",
                "<interface type='direct'><source dev='eth0' mode='fast'/></interface>|VN1805|source/@mode|there is no such mode of a macvtap",
                "<interface type='udp'><source address='192.0.2.1' port='5'/></interface>|VN1805|source|it does not say where it listens",
                "<interface type='user'><source dev='eth0'/></interface>|VN1805|source/@dev|only passt takes after a link of the host",
                "<interface type='user'><portForward proto='tcp'><range start='1'/></portForward></interface>|VN1805|portForward|libvirt publishes ports by passt only",
                "<interface type='user'><portForward proto='tcp'/><backend type='passt'/></interface>|VN1805|portForward|it is all ports that are free",
                "<interface type='user'><portForward proto='tcp'><range start='1'/><range start='5' exclude='yes'/></portForward><backend type='passt'/></interface>|VN1805|range|these ports are in no range",
                "<interface type='user'><route gateway='10.0.2.1'/></interface>|VN1805|route|QEMU's own network has the one way out",
                "<interface type='ethernet'><source><ip address='192.0.2.1' prefix='24'/></source></interface>|VN1805|source/ip|addresses and routes of the host's end of a tap",
                "<interface type='ethernet'><ip address='192.0.2.1' prefix='24'/></interface>|VN1805|interface/ip|a guest of QEMU is told its addresses by DHCP",
                "<interface type='bridge'><source bridge='br0'/><script path='/a'/></interface>|VN1805|script|only a tap of QEMU's own has scripts",
                "<interface type='vhostuser'><source dev='eth0'/><backend type='passt'/></interface>|VN1805|backend/@type|passt is spoken to through a stream here",
                "<interface type='user'><model type='lan9118'/></interface>|VN1805|model/@type|the card lan9118 is part of its board",
                "<interface type='user'><model type='netfront'/></interface>|VN1805|model/@type|QEMU has no card `netfront`",
                "<interface type='user'><model type='virtio'/><driver rx_queue_size='100'/></interface>|VN1805|driver/@rx_queue_size|`100` is too small for `rx-queue-size`",
                "<interface type='user'><model type='e1000'/><driver packed='on'/></interface>|VN1805|driver/@packed|the card is no virtio",
                "<interface type='user'><filterref filter='clean-traffic'/></interface>|VN1805|filterref|frames of one port are not filtered here",
                "<interface type='bridge'><source bridge='br0'/><coalesce><rx><frames max='7'/></rx></coalesce></interface>|VN1805|coalesce/rx|a tap's interrupts are left",
                "<interface type='user'><guest dev='eth0'/></interface>|VN1805|guest|it is the name in a container",
                "<interface type='user'><backenddomain name='a'/></interface>|VN1805|backenddomain|it is Xen's",
                "<interface type='user'><backend tap='/dev/net/tun'/></interface>|VN1805|backend/@tap|QEMU opens the kernel's own device",
                "<interface type='user'><backend logFile='/a'/></interface>|VN1805|backend/@logFile|it is passt's",
                "<interface type='user' managed='yes'/>|VN1805|interface/@managed|only a device of the host is handed over",
                "<interface type='user'><teaming type='persistent'/></interface>|VN1805|teaming|the guest has no NIC that this one stands in for",
                "<interface type='user'><teaming type='transient' persistent='ua-a'/></interface>|VN1805|teaming/@persistent|the guest has no NIC of this alias",
                "<interface type='user'><address type='pci' domain='1' slot='2'/></interface>|VN1805|address/@domain|a guest has one PCI domain",
                "<interface type='user'><address type='isa' iobase='0x300'/></interface>|VN1805|address/@type|a card is on the PCI bus",
                "<interface type='hostdev'><source/></interface>|VN1805|source|it does not say which device",
                "<hostdev mode='subsystem' type='usb'><source><address bus='1' device='2'/></source><teaming type='transient' persistent='ua-a'/></hostdev>|VN1803|hostdev/@type|`hostdev/@type` is `pci`",
            })
    void whatHasNoEqualIsAnErrorAtItsPlace(String nic, String code, String place, String reason) {
        String xml = domain(nic);
        Imported imported = LibvirtCorpus.imported(xml, false);
        assertThat(imported.text()).isEmpty();
        assertThat(imported.diagnostics().all().stream().filter(each -> each.severity() == Severity.ERROR))
                .anySatisfy(error -> {
                    assertThat(error.code().id()).isEqualTo(code);
                    assertThat(error.message().replaceFirst("^`domain/devices/.*` has no equal: ", ""))
                            .startsWith(reason);
                    String word = place.substring(place.lastIndexOf('/') + 1);
                    assertThat(xml.substring(error.range().column() - 1))
                            .startsWith(word.startsWith("@") ? word.substring(1) : "<" + word);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<interface type='network'><source network='office'/></interface>",
                "<interface type='internal'><source name='a'/></interface>",
                "<interface type='user'><model type='lan9118'/></interface>",
                "<interface/>"
            })
    void lenientlyTheNicStaysWithACommentInIt(String nic) {
        String text = LibvirtCorpus.imported(domain(nic), true).text().orElseThrow();
        assertThat(text).contains("// not translated: ");
        assertThat(LibvirtCorpus.model(text).guests().get(0).nics())
                .extracting(Nic::name)
                .containsExactly("eth0");
    }

    @Test
    void guestsAndTheirNetworksComeFromFilesInAnyOrder() {
        Imported imported = LibvirtImport.of(
                List.of(
                        new SourceFile(
                                "web.xml",
                                domain("<interface type='network'><source network='office'/></interface>"
                                        + "<interface type='bridge'><source bridge='virbr1'/></interface>")),
                        new SourceFile(
                                "office.xml",
                                "<network><name>office</name><bridge name='virbr1'/>"
                                        + "<ip address='10.20.1.1' prefix='24'/></network>")),
                new LibvirtImport.Options("here", false));
        Model model = LibvirtCorpus.model(imported.text().orElseThrow());
        assertThat(model.networks()).hasSize(1);
        assertThat(model.guests().get(0).nics()).allMatch(nic -> nic.isOn("office"));
    }

    @Test
    void aBareInterfaceIsOfAGuestWithoutAName() {
        Model model =
                LibvirtCorpus.model(LibvirtCorpus.vnet("<interface type='user'><model type='virtio'/></interface>"));
        assertThat(model.guests().get(0).name()).isEqualTo("guest");
    }

    @Test
    void aMacThatIsNotSaidIsVnetcs() {
        String vnet = LibvirtCorpus.vnet(domain("<interface type='user'/>"));
        assertThat(vnet).doesNotContain("mac ");
        assertThat(LibvirtCorpus.model(vnet).guests().get(0).nics().get(0).mac().toString())
                .startsWith("52:54:");
    }

    /** net_slirp_init() of QEMU's net/slirp.c. */
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.0.0.0/8",
        "172.17.2.1, 172.16.0.0/12",
        "172.32.2.1, 172.32.0.0/16",
        "192.168.9.1, 192.168.0.0/16",
        "192.0.2.1, 192.0.2.0/24",
        "198.19.2.1, 198.18.0.0/15",
        "2001:db8:1::5, 2001:db8:1::/64"
    })
    void aNetworkOfQemusOwnWithoutALengthHasThatOfItsClass(String address, String network) {
        assertThat(LibvirtCorpus.vnet(domain("<interface type='user'><ip address='" + address + "'/></interface>")))
                .contains("network " + network + "\n");
    }

    /** libvirt does not look into them, so nobody would miss such a NIC until the guest runs without it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<q:commandline><q:arg value='-netdev'/><q:arg value='user,id=a'/></q:commandline>",
                "<q:override><q:device alias='net0'><q:frontend/></q:device></q:override>"
            })
    void whatReachesQemuPastLibvirtIsAnError(String past) {
        String xml = "<domain type='kvm' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><name>web</name>" + past
                + "</domain>";
        assertThat(LibvirtCorpus.imported(xml, false).diagnostics().all())
                .extracting(each -> each.code().id())
                .containsExactly("VN1805");
    }

    @Test
    void twoDomainsOfOneNameAreAnError() {
        assertThat(LibvirtCorpus.imported("<domains>" + domain("") + domain("") + "</domains>", false)
                        .diagnostics()
                        .all())
                .extracting(Diagnostic::message)
                .containsExactly("there are two domains `web`");
    }

    /** Nothing of these reaches another argument of QEMU's. */
    @ParameterizedTest
    @ValueSource(strings = {"/a,script=/b", "/a\"b", "/a b'c", "/a${b}", "/a&#10;b"})
    void hostilePathsArePlainDataOrRefused(String path) {
        Imported imported = LibvirtCorpus.imported(
                domain("<interface type='vhostuser'><source type='unix' mode='client' path='"
                        + path.replace("'", "&apos;") + "'/><model type='virtio'/></interface>"),
                false);
        if (imported.text().isEmpty()) {
            assertThat(imported.diagnostics().hasErrors()).isTrue();
            return;
        }
        Model model = LibvirtCorpus.model(imported.text().get());
        assertThat(Lowering.lower(model, "here", Surroundings.ASSUMED)
                        .guests()
                        .get(0)
                        .arguments()
                        .get(1))
                .isEqualTo("socket,id=switch-eth0,path=" + path.replace(",", ",,"));
    }
}
