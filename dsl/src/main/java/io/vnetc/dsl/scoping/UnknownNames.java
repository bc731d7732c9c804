// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;

/** Says that a name means nothing, and which one was likely meant. */
public final class UnknownNames {
    private final Declarations declarations;

    public UnknownNames(Declarations declarations) {
        this.declarations = declarations;
    }

    /** What there is to say of a name that was not found; nothing where it follows from what was said already. */
    public Optional<Diagnostic> describe(
            EObject object, EReference reference, String name, Supplier<SourceRange> place) {
        EClass wanted = reference.getEReferenceType();
        if (wanted == Literals.UPLINK) {
            return unknownUplink(object, name, place);
        }
        String kind = kind(wanted);
        return Optional.of(message(
                DiagnosticCode.UNKNOWN_NAME,
                place,
                unknown(kind, name),
                hint(
                        name,
                        declarations.candidates(object, reference).keySet(),
                        "declare it: `" + kind + " " + name + " …`")));
    }

    private Optional<Diagnostic> unknownUplink(EObject object, String name, Supplier<SourceRange> place) {
        Optional<Host> named = Declarations.namedHost(object);
        if (named.isPresent() && named.get().eIsProxy()) {
            return Optional.empty();
        }
        Optional<Host> host = declarations.hostOf(object);
        if (host.isPresent()) {
            Iterable<String> known =
                    declarations.candidates(object, Literals.FORWARD__UPLINKS).keySet();
            return Optional.of(message(
                    DiagnosticCode.UNKNOWN_NAME,
                    place,
                    "host `" + host.get().getName() + "` has no uplink `" + name + "`",
                    hint(name, known, "declare it in the host: `uplink " + name + " = eno1`")));
        }
        if (declarations.hosts().isEmpty()) {
            return Optional.of(message(
                    DiagnosticCode.UNKNOWN_NAME,
                    place,
                    unknown("uplink", name),
                    "declare it: `host NAME { uplink " + name
                            + " = eno1 }`, with the name of the host and of its link"));
        }
        return Optional.of(message(
                DiagnosticCode.NO_HOST,
                place,
                "it is not said on which host the uplink `" + name + "` is",
                "there are several hosts; write `on HOST` after the name, with one of: "
                        + String.join(", ", declarations.hosts().keySet())));
    }

    /** The words for it. */
    public static String unknown(String kind, String name) {
        return "there is no " + kind + " `" + name + "`";
    }

    /** The one that was likely meant, or a few of those that there are, or else what to do. */
    public static String hint(String name, Iterable<String> known, String otherwise) {
        return Similar.to(name, known)
                .map(similar -> "did you mean `" + similar + "`?")
                .orElseGet(() -> some(known).map(all -> "there are: " + all).orElse(otherwise));
    }

    private static Optional<String> some(Iterable<String> known) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (String name : known) {
            if (++count > 8) {
                return Optional.of(text + ", …");
            }
            text.append(text.isEmpty() ? "`" : ", `").append(name).append('`');
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    private static String kind(EClass wanted) {
        return wanted == Literals.HOST ? "host" : wanted == Literals.NETWORK ? "network" : "pool";
    }

    private static Diagnostic message(DiagnosticCode code, Supplier<SourceRange> place, String message, String hint) {
        return Diagnostic.error(code, place.get(), message).withHint(hint);
    }
}
