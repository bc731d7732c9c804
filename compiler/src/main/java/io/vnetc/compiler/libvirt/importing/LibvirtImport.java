// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.NetworkSchema;
import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlException;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Translates network XML. What comes out compiles: it is compiled here, and what is refused then is blamed on the
 * element that it came from.
 */
public final class LibvirtImport {
    private final Diagnostics diagnostics = new Diagnostics();
    private final Findings findings;
    private final HostDeclarations host;
    private final NetworkTranslation networks;
    private final Names names = new Names();
    private final List<Statement> declarations = new ArrayList<>();

    private LibvirtImport(Options options, List<SourceFile> files) {
        From beginning = new From(
                "network", files.isEmpty() ? XmlElement.NOWHERE : files.get(0).range(0, 0));
        this.findings = new Findings(diagnostics, options.lenient());
        this.host = new HostDeclarations(Spelling.declared(options.host()), beginning);
        this.networks = new NetworkTranslation(findings, host);
    }

    /**
     * How to translate.
     *
     * @param host whose networks they are
     * @param lenient whether a comment stands for what has no equal, and not an error
     */
    public record Options(String host, boolean lenient) {}

    /**
     * What came of it.
     *
     * @param text in the language; absent where there are errors
     * @param diagnostics what there is to say, with places in the XML
     */
    public record Imported(Optional<String> text, Diagnostics diagnostics) {}

    /** Translates the networks of some files, each of which holds one, or several in an element {@code networks}. */
    public static Imported of(List<SourceFile> files, Options options) {
        return new LibvirtImport(options, files).run(files);
    }

    private Imported run(List<SourceFile> files) {
        for (SourceFile file : files) {
            try {
                read(XmlReader.read(file));
            } catch (XmlException e) {
                diagnostics.report(Diagnostic.error(DiagnosticCode.XML_SYNTAX, e.place(), e.getMessage())
                        .withHint(e.hint()));
            }
        }
        if (diagnostics.hasErrors()) {
            return new Imported(Optional.empty(), diagnostics);
        }
        declarations.addAll(0, host.declarations());
        return new Imported(CompiledText.of(declarations, findings, diagnostics), diagnostics);
    }

    private void read(XmlElement root) {
        if (root.local().equals("networks") && root.name().namespace().isEmpty()) {
            root.elements().forEach(this::network);
        } else {
            network(root);
        }
    }

    private void network(XmlElement element) {
        if (!element.local().equals("network") || !element.name().namespace().isEmpty()) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.XML_UNKNOWN, element.place(), "`" + element.name() + "` is not a network")
                    .withHint("give it what `virsh net-dumpxml` prints"));
            return;
        }
        List<SchemaCheck.Problem> problems = new ArrayList<>();
        Optional<XmlElement> checked = SchemaCheck.checked(element, NetworkSchema.NETWORK, problems::add);
        if (checked.isEmpty()) {
            problems.forEach(problem -> diagnostics.report(problem.diagnostic()));
            return;
        }
        Node network = new Node(checked.get(), "network");
        String original = network.child("name").orElseThrow().text();
        if (names.all().containsKey(original)) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.DUPLICATE_NAME, element.place(), "there are two networks `" + original + "`")
                    .withHint("import them one by one, or leave one out"));
            return;
        }
        String name = names.of(original);
        if (!name.equals(original)) {
            findings.warning(
                    network.child("name").orElseThrow().from().place(),
                    "`" + original + "` is no name of a network here, and is called `" + name + "`",
                    "the name of its bridge stays the same");
            declarations.add(new Statement.Comment(Findings.printable("In libvirt: " + original)));
        }
        Statement.Block block = new Statement.Block("network " + Spelling.name(name), network.from(), true);
        problems.forEach(problem -> findings.schema(block, problem));
        networks.translate(network, name, block);
        declarations.add(block);
    }
}
