// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The text of what was translated. It compiles: what is refused then is blamed on what it came from. */
public final class CompiledText {
    /** Of the output, while it is looked at. */
    private static final String OUTPUT = "imported.vnet";

    private final List<Statement> declarations;
    private final Findings findings;
    private final Diagnostics diagnostics;

    private CompiledText(List<Statement> declarations, Findings findings, Diagnostics diagnostics) {
        this.declarations = declarations;
        this.findings = findings;
        this.diagnostics = diagnostics;
    }

    /**
     * The text; absent where something is refused and no comment may stand for it, which is reported.
     *
     * @param declarations in which comments take the place of what is refused
     */
    public static Optional<String> of(List<Statement> declarations, Findings findings, Diagnostics diagnostics) {
        return new CompiledText(declarations, findings, diagnostics).compiled();
    }

    /** Each round takes at least one statement out, so it ends. */
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
