// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.NetworkSchema;
import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlException;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Translates network XML. What comes out compiles: it is compiled here, and what is refused then is blamed on the
 * element that it came from.
 */
public final class LibvirtImport {
    /** Of the output, while it is looked at. */
    private static final String OUTPUT = "imported.vnet";

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
        return new Imported(compiled(), diagnostics);
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

    /**
     * The text, once it compiles. Each round takes at least one statement out, so it ends.
     */
    private Optional<String> compiled() {
        while (true) {
            Statement.Printed printed = Statement.Printed.of(declarations);
            List<Diagnostic> errors = errors(printed.text());
            if (errors.isEmpty()) {
                return Optional.of(printed.text());
            }
            boolean replaced = false;
            Set<Integer> lines = new TreeSet<>();
            for (Diagnostic error : errors) {
                int line = error.range().line();
                Statement statement = printed.at(line);
                From from = Statement.from(statement)
                        .orElseThrow(() -> new IllegalStateException("a comment is wrong: " + error));
                if (!findings.lenient()) {
                    diagnostics.report(Diagnostic.error(
                                    DiagnosticCode.NO_EQUAL,
                                    from.place(),
                                    "`" + from.path() + "` has no equal: " + error.message())
                            .withHint(error.hint()));
                } else if (lines.add(line)) {
                    replaced |= replace(statement, new Statement.Comment(Findings.comment(from, error.message())));
                }
            }
            if (!findings.lenient()) {
                return Optional.empty();
            }
            if (!replaced) {
                throw new IllegalStateException("nothing is left to take out for " + errors);
            }
        }
    }

    private static List<Diagnostic> errors(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with(OUTPUT, text), OUTPUT);
        if (!sources.diagnostics().hasErrors()) {
            Resolver.resolve(sources);
        }
        return sources.diagnostics().all().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
    }

    private boolean replace(Statement wanted, Statement.Comment comment) {
        for (int i = 0; i < declarations.size(); i++) {
            Statement declaration = declarations.get(i);
            if (declaration == wanted) {
                declarations.set(i, comment);
                return true;
            }
            if (declaration instanceof Statement.Block block && block.replace(wanted, comment)) {
                return true;
            }
        }
        return false;
    }
}
