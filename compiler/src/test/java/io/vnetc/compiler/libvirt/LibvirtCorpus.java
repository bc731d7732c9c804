// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.libvirt.importing.LibvirtImport.Imported;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Network and domain XML, one file for each thing that they can say, and the ways from them and back. */
final class LibvirtCorpus {
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    static final Path FOLDER = RESOURCES.resolve("libvirt");

    /** Of guests. */
    static final String GUESTS = "libvirt-guests";

    private LibvirtCorpus() {}

    static Stream<String> names() throws IOException {
        return names(FOLDER);
    }

    static Stream<String> guestNames() throws IOException {
        return names(RESOURCES.resolve(GUESTS));
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".xml"))
                    .map(file -> file.substring(0, file.length() - ".xml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static String xml(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name + ".xml"));
    }

    static String guestXml(String name) throws IOException {
        return Files.readString(RESOURCES.resolve(GUESTS).resolve(name + ".xml"));
    }

    static Imported imported(String xml, boolean lenient) {
        return LibvirtImport.of(List.of(new SourceFile("in.xml", xml)), new LibvirtImport.Options("here", lenient));
    }

    /** What XML is in the language, which has to take all of it. */
    static String vnet(String xml) {
        Imported imported = imported(xml, false);
        assertThat(imported.text()).as(imported.diagnostics().all().toString()).isPresent();
        return imported.text().get();
    }

    static Model model(String vnet) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", vnet), "main.vnet");
        Optional<Model> model = sources.complete() ? Resolver.resolve(sources) : Optional.empty();
        assertThat(sources.diagnostics().all().stream().filter(each -> each.severity() == Severity.ERROR))
                .as(vnet)
                .isEmpty();
        return model.orElseThrow();
    }

    /** All networks of a model, none of which may have what libvirt cannot say. */
    static String exported(Model model) {
        LibvirtExport.Exported exported = LibvirtExport.of(model, Optional.empty(), false);
        assertThat(exported.diagnostics().all()).isEmpty();
        return "<networks>" + String.join("", exported.documents().values()) + "</networks>";
    }
}
