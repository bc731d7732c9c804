// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.libvirt.exporting.LibvirtExport.ExportedGuest;
import io.vnetc.compiler.libvirt.schema.InterfaceSchema;
import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LibvirtGuestExportTest {
    /** A NIC that is plugged into nothing libvirt has for VMware only; a bus has a name of its user's. */
    private static final Set<String> ONE_WAY = Set.of("later-null", "express");

    static Stream<String> corpus() throws IOException {
        return LibvirtCorpus.guestNames().filter(name -> !ONE_WAY.contains(name));
    }

    private static ExportedGuest exported(String nic, boolean lenient) {
        Model model = LibvirtCorpus.model(
                "network office {\n}\nvm web {\n  nic eth0 { " + nic + " }\n  nic eth1 { network office }\n}\n");
        return LibvirtExport.of(model, model.guests().get(0), lenient);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void whatCameFromLibvirtGoesBackInItsFormat(String name) throws Exception {
        Model model = LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.guestXml(name)));
        for (Guest guest : model.guests()) {
            ExportedGuest exported = LibvirtExport.of(model, guest, false);
            assertThat(exported.diagnostics().all()).isEmpty();
            XmlElement devices =
                    XmlReader.read(new SourceFile("out.xml", "<devices>" + exported.text() + "</devices>"));
            List<SchemaCheck.Problem> problems = new ArrayList<>();
            devices.elements("interface")
                    .forEach(nic -> SchemaCheck.checked(nic, InterfaceSchema.INTERFACE, problems::add));
            assertThat(problems).isEmpty();
            assertThat(devices.elements()).hasSameSizeAs(guest.nics());
        }
    }

    @Test
    void aTapThatApplyMadeIsOnlyOpened() {
        assertThat(exported("network office  mac 52:54:00:00:00:01", false).text())
                .startsWith("""
                        <interface type='ethernet'>
                          <mac address='52:54:00:00:00:01'/>
                          <target dev='vt-web-eth0' managed='no'/>
                          <model type='virtio'/>
                          <alias name='ua-eth0'/>
                        </interface>
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hub lan|a hub inside of QEMU",
                "network office hub lan|a hub inside of QEMU",
                "unplugged|a NIC that is plugged into nothing",
                "stream { address ::1 port 5 }|a stream over IPv6",
                "stream { socket \"/run/a\" }|a stream through a socket of the file system",
                "dgram { local-socket \"/run/a\" remote-socket \"/run/b\" }|datagrams through a socket of the file system",
                "dgram { local 127.0.0.1 remote 239.1.1.1 remote-port 5 }|through which of the host's links multicast goes",
                "usb 1-2.1|a device on USB by the socket that it is plugged into",
                "user { restrict on }|the setting `restrict` of QEMU's own network",
                "user { publish tcp 22 }|ports that QEMU's own network publishes: use `passt`",
                "user { forward .100 port 80 to run \"/bin/cat\" }|addresses in QEMU's own network that lead out of it",
                "passt { dns 192.0.2.1 }|the setting `dns` of passt",
                "bridge-helper br0 { helper \"/a\" }|where the bridge helper is",
                "user device { vectors 4 }|the setting `vectors` of a card",
                "user device { boot-order 0 }|the place 0 in the boot order, which begins with 1",
                "user device { bus \"mine\" slot 3 }|a bus called mine",
                "user device { bus \"pci.1\" }|a PCI bus without a slot on it",
                "network office vhost off device e1000|who moves the packets of a card that is no virtio",
            })
    void whatLibvirtHasNoWordsForIsAnErrorAtItsPlaceOrAComment(String nic, String what) {
        assertThat(exported(nic, false).text()).isEmpty();
        assertThat(exported(nic, false).diagnostics().all())
                .extracting(Diagnostic::message, error -> error.range().toString())
                .containsExactly(tuple("libvirt has no words for " + what, "main.vnet:4:3"));
        assertThat(exported(nic, true).text())
                .startsWith("<!-- not exported: " + what + " (main.vnet:4) -->\n<interface")
                .contains("<alias name='ua-eth1'/>");
    }
}
