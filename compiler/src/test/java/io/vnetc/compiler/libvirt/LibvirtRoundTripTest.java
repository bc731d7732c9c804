// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.libvirt.schema.NetworkSchema;
import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** There and back again: a model knows no way of writing, so the same model is the same meaning. */
class LibvirtRoundTripTest {
    static Stream<String> corpus() throws IOException {
        return LibvirtCorpus.names();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void fromXmlToTheLanguageAndBackMeansTheSame(String name) throws IOException {
        Model there = LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.xml(name)));
        Model again = LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.exported(there)));
        assertThat(WithoutPlaces.of(again)).isEqualTo(WithoutPlaces.of(there));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void whatIsExportedIsOfLibvirtsFormat(String name) throws Exception {
        Model model = LibvirtCorpus.model(LibvirtCorpus.vnet(LibvirtCorpus.xml(name)));
        List<SchemaCheck.Problem> problems = new ArrayList<>();
        for (String document :
                LibvirtExport.of(model, Optional.empty(), false).documents().values()) {
            XmlElement element = XmlReader.read(new SourceFile("out.xml", document));
            assertThat(SchemaCheck.checked(element, NetworkSchema.NETWORK, problems::add))
                    .isPresent();
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void generatedNetworksComeBackAsTheyWere() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("rounds", 60); round++) {
            String vnet = RandomLibvirtNetwork.of(random);
            String what = "seed " + seed + ", round " + round + ":\n" + vnet;
            Model there = LibvirtCorpus.model(vnet);
            String xml = LibvirtCorpus.exported(there);
            Model again = LibvirtCorpus.model(LibvirtCorpus.vnet(xml));
            assertThat(WithoutPlaces.of(again)).as(what + "\n" + xml).isEqualTo(WithoutPlaces.of(there));
        }
    }

    @Test
    void whatLibvirtCannotSayIsAnErrorAtItsPlaceOrAComment() {
        Model model = LibvirtCorpus.model("""
                network a {
                  subnet 10.0.0.0/24 { }
                }
                """);
        LibvirtExport.Exported strict = LibvirtExport.of(model, Optional.empty(), false);
        assertThat(strict.documents()).isEmpty();
        assertThat(strict.diagnostics().all()).singleElement().satisfies(error -> {
            assertThat(error.code().id()).isEqualTo("VN1811");
            assertThat(error.range()).hasToString("main.vnet:2:3");
        });
        assertThat(LibvirtExport.of(model, Optional.empty(), true).documents().get("a"))
                .startsWith("<!-- not exported: a subnet in which the host has no address (main.vnet:2) -->\n<network");
    }
}
