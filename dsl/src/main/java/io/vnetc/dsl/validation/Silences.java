// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Silence;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;

/**
 * {@code silence VN1601 "reason"}: in a block, for what is in it; beside the declarations, for the whole file. Only
 * warnings can be silenced.
 */
public final class Silences {
    private final ParsedSources sources;

    public Silences(ParsedSources sources) {
        this.sources = sources;
    }

    /** Takes one into account, for what is reported from now on. */
    public void declare(Silence silence) {
        SourceRange place = sources.rangeOf(silence, Literals.SILENCE__CODE);
        Optional<DiagnosticCode> code = code(silence.getCode());
        if (code.isEmpty()) {
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.UNKNOWN_WARNING,
                                    place,
                                    "there is no warning `" + silence.getCode() + "`")
                            .withHint(hint(silence.getCode())));
        } else if (silence.getReason().isBlank()) {
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.UNKNOWN_WARNING,
                                    sources.rangeOf(silence, Literals.SILENCE__REASON),
                                    "it is not said why `" + silence.getCode() + "` is silenced")
                            .withHint("write the reason for whoever reads this next year"));
        } else {
            sources.diagnostics().silence(new Diagnostics.Silence(code.get(), scope(container(silence)), place));
        }
    }

    /** Says which had nothing to silence; when all else is said. */
    public static void reportNeedless(Diagnostics diagnostics) {
        for (Diagnostics.Silence silence : diagnostics.needlessSilences()) {
            diagnostics.report(Diagnostic.warning(
                            DiagnosticCode.NEEDLESS_SILENCE,
                            silence.place(),
                            "there is no warning " + silence.code() + " here to silence")
                    .withHint("remove the line; errors cannot be silenced"));
        }
    }

    /** Of one that a template or loop made among declarations: the block that it is written in. */
    private EObject container(Silence silence) {
        return silence.eContainer() != null
                ? silence.eContainer()
                : sources.copies().original(silence).eContainer();
    }

    private SourceRange scope(EObject container) {
        if (container instanceof Source) {
            String file = sources.rangeOf(container).file();
            return new SourceRange(file, 1, 1, Integer.MAX_VALUE, 1);
        }
        return sources.rangeOf(container);
    }

    private static Optional<DiagnosticCode> code(String id) {
        return Arrays.stream(DiagnosticCode.values())
                .filter(code -> code.id().equals(id))
                .findFirst();
    }

    private static String hint(String written) {
        return Similar.to(
                        written,
                        Arrays.stream(DiagnosticCode.values())
                                .map(DiagnosticCode::id)
                                .toList())
                .map(similar -> "did you mean `" + similar + "`?")
                .orElse("take the code from the message: it stands in brackets, as in warning[VN1601]");
    }
}
