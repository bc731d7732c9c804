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
import java.util.Set;

/**
 * Translates networks and the NICs of domains. What comes out compiles: it is compiled here, and what is refused then is blamed on the
 * element that it came from.
 */
public final class LibvirtImport {
    /** Elements that hold several, for which libvirt itself has none. */
    private static final Set<String> SEVERAL = Set.of("networks", "domains");

    /** The guest of interfaces that stand for themselves. */
    private static final String NAMELESS = "guest";

    private final Diagnostics diagnostics = new Diagnostics();
    private final Findings findings;
    private final HostDeclarations host;
    private final NetworkTranslation networks;
    private final GuestNetworks guestNetworks;
    private final GuestTranslation guests;
    private final Names names = new Names();
    private final Names guestNames = new Names();
    private final List<XmlElement> domains = new ArrayList<>();
    private final List<XmlElement> interfaces = new ArrayList<>();
    private final List<Statement> declarations = new ArrayList<>();

    private LibvirtImport(Options options, List<SourceFile> files) {
        From beginning = new From(
                "network", files.isEmpty() ? XmlElement.NOWHERE : files.get(0).range(0, 0));
        this.findings = new Findings(diagnostics, options.lenient());
        this.host = new HostDeclarations(Spelling.declared(options.host()), beginning);
        this.networks = new NetworkTranslation(findings, host);
        this.guestNetworks = new GuestNetworks(names, host);
        this.guests = new GuestTranslation(findings, new InterfaceTranslation(findings, host, guestNetworks));
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

    /**
     * Translates what is in some files, in each a network, a domain or one of its interfaces, or several in an element
     * {@code networks} or {@code domains}.
     */
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
        // Guests name networks, which may stand in a file after theirs.
        List<Statement> guestDeclarations = guests();
        declarations.addAll(guestNetworks.declarations());
        declarations.addAll(guestDeclarations);
        if (diagnostics.hasErrors()) {
            return new Imported(Optional.empty(), diagnostics);
        }
        declarations.addAll(0, host.declarations());
        return new Imported(CompiledText.of(declarations, findings, diagnostics), diagnostics);
    }

    private void read(XmlElement root) {
        if (SEVERAL.contains(root.local()) && root.name().namespace().isEmpty()) {
            root.elements().forEach(this::declaration);
        } else {
            declaration(root);
        }
    }

    private void declaration(XmlElement element) {
        switch (element.name().namespace().isEmpty() ? element.local() : "") {
            case "network" -> network(element);
            case "domain" -> domains.add(element);
            case "interface" -> interfaces.add(element);
            default ->
                diagnostics.report(Diagnostic.error(
                                DiagnosticCode.XML_UNKNOWN,
                                element.place(),
                                "`" + element.name() + "` is not a network, a domain or an interface")
                        .withHint("give it what `virsh net-dumpxml` or `virsh dumpxml` prints"));
        }
    }

    private List<Statement> guests() {
        List<Statement> statements = new ArrayList<>();
        for (XmlElement domain : domains) {
            guest(domain, statements);
        }
        if (!interfaces.isEmpty()) {
            String name = guestNames.fresh(NAMELESS);
            Statement.Block block = new Statement.Block("vm " + Spelling.name(name), from(interfaces.get(0)), true);
            guests.bare(interfaces, name, block);
            statements.add(block);
        }
        return statements;
    }

    private static From from(XmlElement element) {
        return new From(element.local(), element.place());
    }

    private void guest(XmlElement domain, List<Statement> out) {
        Optional<String> original =
                domain.element("name").map(name -> name.text().strip());
        if (original.filter(name -> !name.isEmpty()).isEmpty()) {
            diagnostics.report(Diagnostic.error(DiagnosticCode.XML_MISSING, domain.place(), "`domain` has no `name`")
                    .withHint("add it: it is a text that is not empty"));
            return;
        }
        if (guestNames.all().containsKey(original.get())) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.DUPLICATE_NAME,
                            domain.place(),
                            "there are two domains `" + original.get() + "`")
                    .withHint("import them one by one, or leave one out"));
            return;
        }
        String name = guestNames.of(original.get());
        if (!name.equals(original.get())) {
            findings.warning(
                    domain.element("name").orElseThrow().place(),
                    "`" + original.get() + "` is no name of a guest here, and is called `" + name + "`",
                    "rename the domain to keep the two the same");
            out.add(new Statement.Comment(Findings.printable("In libvirt: " + original.get())));
        }
        Statement.Block block = new Statement.Block("vm " + Spelling.name(name), from(domain), true);
        guests.domain(domain, name, block);
        out.add(block);
    }

    private void network(XmlElement element) {
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
        network.child("bridge")
                .flatMap(bridge -> bridge.value("name"))
                .ifPresent(bridge -> guestNetworks.has(name, bridge));
        declarations.add(block);
    }
}
