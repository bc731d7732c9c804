// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.CompiledText;
import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Names;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Translates command lines of QEMU, each into a guest, and those that are plugged into each other into cables. What comes
 * out compiles; what has no equal is reported at its place, and what has nothing to do with networks is nobody's business.
 */
public final class QemuImport {
    private static final String UNNAMED = "guest";

    private final Diagnostics diagnostics;
    private final Findings findings;
    private final BridgeNetworks networks = new BridgeNetworks();
    private final NeededVersion version = new NeededVersion();
    private final Names guests = new Names();
    private final List<Statement> declarations = new ArrayList<>();
    private final List<CableJoin.End> ends = new ArrayList<>();

    private QemuImport(Options options, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.findings = new Findings(diagnostics, options.lenient());
    }

    /**
     * How to translate.
     *
     * @param host that the guests run on
     * @param lenient whether a comment stands for what has no equal, and not an error
     */
    public record Options(String host, boolean lenient) {}

    /**
     * Translates some command lines.
     *
     * @param diagnostics to which is added what there is to say; where they have errors already nothing is translated
     * @return the text in the language; nothing where there are errors
     */
    public static Optional<String> of(List<CommandLine> lines, Options options, Diagnostics diagnostics) {
        QemuImport translation = new QemuImport(options, diagnostics);
        lines.forEach(translation::guest);
        return diagnostics.hasErrors() || lines.isEmpty() ? Optional.empty() : translation.text(options);
    }

    private Optional<String> text(Options options) {
        List<Statement> all = new ArrayList<>();
        From beginning = declarations.stream()
                .flatMap(declaration -> Statement.from(declaration).stream())
                .findFirst()
                .orElseThrow();
        version.beyondUsual()
                .ifPresent(needed -> all.add(
                        new Statement.Block("host " + Spelling.name(Spelling.declared(options.host())), beginning, true)
                                .say(beginning, "qemu " + needed)));
        all.addAll(networks.declarations());
        all.addAll(declarations);
        all.addAll(CableJoin.of(ends));
        return CompiledText.of(all, findings, diagnostics);
    }

    private void guest(CommandLine line) {
        SourceRange place = line.arguments().stream()
                .findFirst()
                .map(Word::place)
                .orElseGet(() -> SourceRange.at("arguments", 1, 1));
        // Its head is known once its name is.
        Statement.Block remarks = new Statement.Block("", new From("qemu", place), true);
        GuestParts parts = new GuestParts(findings, diagnostics, remarks);
        parts.read(Arguments.of(line, diagnostics));
        String name = name(parts);
        Statement.Block guest = new Statement.Block("vm " + Spelling.name(name), new From("qemu", place), true);
        guest.takeOver(remarks);
        parts.qmp().ifPresent(guest::add);
        Machine machine = new Machine(line.program(), parts.machine());
        Wiring wiring = new Wiring();
        PartReader reader = new PartReader(findings, machine, guest, wiring);
        List<Part> read = reader.read(parts);
        if (parts.isSilent() && line.program().isPresent()) {
            usual(reader, place);
        }
        ofUserNetwork(parts, wiring, reader);
        BackendTranslation backends =
                new BackendTranslation(findings, diagnostics, networks, version, parts.chardevs(), line.host());
        GuestTranslation translation =
                new GuestTranslation(findings, diagnostics, backends, version, line.host(), guest, name, wiring);
        ends.addAll(translation.translate(read));
        declarations.add(guest);
    }

    private void usual(PartReader reader, SourceRange place) {
        findings.note(
                place, "nothing is said of networks: QEMU gives the machine its usual card and a network of its own");
        reader.usual(Settings.none("(usual)", place));
    }

    private void ofUserNetwork(GuestParts parts, Wiring wiring, PartReader reader) {
        Optional<Backend> user = wiring.firstUserNetwork(reader.own());
        for (Settings.Setting setting : parts.ofUserNetwork()) {
            user.ifPresentOrElse(
                    backend -> backend.settings().add(setting, false),
                    () -> findings.note(
                            setting.place(), "this is left out: it is of a network of QEMU's own, and there is none"));
        }
    }

    private String name(GuestParts parts) {
        Optional<Settings.Setting> said = parts.name();
        String original = said.map(Settings.Setting::value).orElse(UNNAMED);
        String fresh = original;
        for (int i = 2; guests.all().containsKey(fresh); i++) {
            fresh = original + "-" + i;
        }
        String name = guests.of(fresh);
        if (said.isPresent() && !name.equals(original)) {
            diagnostics.report(Diagnostic.warning(
                            DiagnosticCode.NAME_CHANGED,
                            said.get().place(),
                            "`" + Findings.printable(original)
                                    + "` is no name of a guest here, or another one has it; it is called `" + name
                                    + "`")
                    .withHint("give it another one"));
            declarations.add(new Statement.Comment(Findings.printable("In QEMU: " + original)));
        }
        return name;
    }
}
