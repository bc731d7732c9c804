// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.importing.LibvirtImport.Imported;
import io.vnetc.compiler.testing.Golden;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.Severity;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LibvirtImportTest {
    static Stream<String> corpus() throws IOException {
        return LibvirtCorpus.names();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void allThatNetworkXmlSaysHasAnEqual(String name) throws IOException {
        Golden.check("libvirt/" + name + ".vnet", LibvirtCorpus.vnet(LibvirtCorpus.xml(name)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void whatComesOutCompiles(String name) throws IOException {
        assertThat(LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.xml(name)))
                        .networks())
                .hasSize(1);
    }

    @Test
    void whatHasNoEqualIsRefusedAndNotLeftOut() {
        String xml =
                "<network><name>a</name><forward mode='hostdev'><driver name='kvm'/><pf dev='eth6'/></forward></network>";

        assertThat(LibvirtCorpus.imported(xml, false).diagnostics().hasErrors()).isTrue();
        assertThat(LibvirtCorpus.imported(xml, true).text().orElseThrow()).contains("// not translated: ");
    }

    /** What is wrong, its code, its line and column, and the beginning of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<network><name>a</name><ip address='10.0.0.1' prefx='24'/></network>|VN1802|1|47|`network/ip` has no attribute `prefx`",
                "<network><name>a</name><nat/></network>|VN1802|1|24|`network` has no element `nat`",
                "<network><name>a</name>text</network>|VN1802|1|1|`network` has no text",
                "<pool/>|VN1802|1|1|`pool` is not a network, a domain or an interface",
                "<network><name>a</name><bridge stp='maybe'/></network>|VN1803|1|32|`network/bridge/@stp` is `on` or `off`",
                "<network><name>a</name><mac address='01:00:00:00:00:01'/></network>|VN1803|1|29|`network/mac/@address` is a unicast MAC",
                "<network><name>a</name><vlan><tag id='9999'/></vlan></network>|VN1803|1|35|`network/vlan/tag/@id` is a VLAN",
                "<network><name>a</name><name>b</name></network>|VN1803|1|24|`network` has more than one `name`",
                "<network/>|VN1804|1|1|`network` has no `name`",
                "<network><name>a</name><mtu/></network>|VN1804|1|24|`network/mtu` has no `size`",
                "<network><name>a</name><vlan/></network>|VN1804|1|24|`network/vlan` has no `tag`",
                "<network><name>a</name><vlan><tag id='0'/></vlan></network>|VN1805|1|35|`network/vlan/tag/@id` has no equal: 0 and 4095 are no VLANs",
                "<network><name>a</name><forward mode='private'><pf dev='eth0'/></forward></network>|VN1805|1|48|`network/forward/pf` has no equal: which links",
                "<network><name>a</name><forward mode='bridge'/></network>|VN1805|1|1|`network` has no equal: it does not say which bridge",
                "<network><name>a</name><forward mode='open' dev='eth0'/></network>|VN1805|1|24|`network/forward` has no equal: `forward open` takes no `via`",
                "<network><name>a</name><ip address='10.0.0.1' netmask='255.0.255.0'/></network>|VN1805|1|47|`network/ip/@netmask` has no equal: its",
                "<network><name>a</name><ip address='10.0.0.1' prefix='24'><dhcp><range start='10.9.0.2' end='10.9.0.3'/></dhcp></ip></network>|VN1805|1|65|`network/ip/dhcp/range` has no equal: ",
                "<network><name>a</name><ip address='10.0.0.1' prefix='24'><dhcp><range start='10.0.0.2' end='10.0.0.3'><lease expiry='1'/></range></dhcp></ip></network>|VN1805|1|111|`network/ip/dhcp/range/lease/@expiry` has no equal: DHCP grants",
                "<network><name>a</name><route address='10.1.0.1' prefix='24' gateway='10.0.0.2'/></network>|VN1805|1|31|`network/route/@address` has no equal: it is no network",
                "<network><name>a</name><bandwidth><outbound average='1' floor='1'/></bandwidth></network>|VN1805|1|57|`network/bandwidth/outbound/@floor` has no equal: only what",
                "<network><name>a</name><dns><forwarder/></dns></network>|VN1805|1|29|`network/dns/forwarder` has no equal: it says neither",
            })
    void whatHasNoEqualIsAnErrorAtItsPlace(String xml, String code, int line, int column, String message) {
        Imported imported = LibvirtCorpus.imported(xml, false);
        assertThat(imported.text()).isEmpty();
        assertThat(imported.diagnostics().all().stream()
                        .filter(each -> each.severity() == Severity.ERROR)
                        .toList())
                .anySatisfy(error -> {
                    assertThat(error.code().id()).isEqualTo(code);
                    assertThat(error.range().line()).isEqualTo(line);
                    assertThat(error.range().column()).isEqualTo(column);
                    assertThat(error.message()).startsWith(message);
                });
    }

    @Test
    void lenientlyACommentStandsInItsPlace() {
        String xml = "<network future='yes'><name>a</name><forward mode='nat'/>\n"
                + "<ip address='10.0.0.1' prefix='24'><dhcp><range start='10.9.0.2' end='10.9.0.3'/></dhcp></ip></network>";
        String text = LibvirtCorpus.imported(xml, true).text().orElseThrow();
        assertThat(text)
                .contains("  // not translated: network/@future (in.xml:1:10): `network` has no attribute `future`")
                .contains("    // not translated: network/ip/dhcp/range (in.xml:2:42): ");
        assertThat(LibvirtCorpus.model(text).networks().get(0).subnets()).hasSize(1);
    }

    @Test
    void severalNetworksOfOneFileShareTheirHost() {
        String network =
                "<network><name>%s</name><forward mode='route' dev='up0'/><ip address='10.%d.0.1' prefix='24'/></network>";
        String xml = "<networks>" + network.formatted("a", 1) + network.formatted("b", 2) + "</networks>";
        String text = LibvirtCorpus.vnet(xml);
        assertThat(text).containsOnlyOnce("uplink up0 = up0");
        assertThat(LibvirtCorpus.model(text).networks()).hasSize(2);
    }

    @Test
    void aNameThatIsNoneHereIsChangedAndSaidSo() throws IOException {
        Imported imported = LibvirtCorpus.imported(LibvirtCorpus.xml("names"), false);
        assertThat(imported.diagnostics().all())
                .extracting(Diagnostic::severity)
                .containsOnly(Severity.WARNING);
        assertThat(imported.text().orElseThrow()).contains("// In libvirt: my \"first\" net.1");
    }

    @ParameterizedTest
    @CsvSource({"in", "none", "for", "true", "network", "uuid", "to", "use", "template", "if", "moved", "from", "on"})
    void wordsOfTheLanguageAreNames(String word) {
        String xml =
                "<network><name>%s</name><forward mode='route' dev='%s'/><ip address='10.1.0.1' prefix='24'/></network>";
        assertThat(LibvirtCorpus.model(LibvirtCorpus.vnet(xml.formatted(word, word)))
                        .networks()
                        .get(0)
                        .name())
                .isEqualTo(word);
    }
}
