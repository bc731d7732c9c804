// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.diagnostics.DiagnosticMessage;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.linking.ILinkingDiagnosticMessageProvider;

/**
 * Says that a name means nothing, and which one was likely meant. The code is the name of a
 * {@link DiagnosticCode}; its data is the hint.
 */
public final class UnknownNameMessages implements ILinkingDiagnosticMessageProvider {
    @Override
    public DiagnosticMessage getUnresolvedProxyMessage(ILinkingDiagnosticContext context) {
        EObject object = context.getContext();
        EClass wanted = context.getReference().getEReferenceType();
        Declarations declarations = Declarations.seenFrom(object);
        String name = context.getLinkText();
        if (wanted == VnetPackage.Literals.UPLINK) {
            return unknownUplink(object, name, declarations);
        }
        Map<String, ?> known = declarations.candidates(object, context.getReference());
        String kind = kind(wanted);
        if (wanted == VnetPackage.Literals.LET && name.contains("..")) {
            return message(DiagnosticCode.UNKNOWN_NAME, unknown(kind, name), "put spaces around the `..` of a range");
        }
        if (known.isEmpty() && wanted == VnetPackage.Literals.LET) {
            return message(
                    DiagnosticCode.UNKNOWN_NAME,
                    unknown(kind, name),
                    "declare it: `let " + name + " = …`, or write the value here");
        }
        return message(
                DiagnosticCode.UNKNOWN_NAME,
                unknown(kind, name),
                hint(name, known.keySet(), "declare it: `" + kind + " " + name + " …`"));
    }

    private static DiagnosticMessage unknownUplink(EObject object, String name, Declarations declarations) {
        Optional<Host> named = Declarations.namedHost(object);
        if (named.isPresent() && named.get().eIsProxy()) {
            return null;
        }
        Optional<Host> host = declarations.hostOf(object);
        if (host.isPresent()) {
            String message = "host `" + host.get().getName() + "` has no uplink `" + name + "`";
            Iterable<String> known = declarations
                    .candidates(object, VnetPackage.Literals.FORWARD__UPLINKS)
                    .keySet();
            return message(
                    DiagnosticCode.UNKNOWN_NAME,
                    message,
                    hint(name, known, "declare it in the host: `uplink " + name + " = eno1`"));
        }
        if (declarations.hosts().isEmpty()) {
            return message(
                    DiagnosticCode.UNKNOWN_NAME,
                    unknown("uplink", name),
                    "declare it: `host NAME { uplink " + name
                            + " = eno1 }`, with the name of the host and of its link");
        }
        return message(
                DiagnosticCode.NO_HOST,
                "it is not said on which host the uplink `" + name + "` is",
                "there are several hosts; write `on HOST` after the name, with one of: "
                        + String.join(", ", declarations.hosts().keySet()));
    }

    private static String unknown(String kind, String name) {
        return "there is no " + kind + " `" + name + "`";
    }

    private static String hint(String name, Iterable<String> known, String otherwise) {
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
        return wanted == VnetPackage.Literals.HOST
                ? "host"
                : wanted == VnetPackage.Literals.NETWORK
                        ? "network"
                        : wanted == VnetPackage.Literals.POOL ? "pool" : "let";
    }

    private static DiagnosticMessage message(DiagnosticCode code, String message, String hint) {
        return new DiagnosticMessage(message, Severity.ERROR, code.name(), hint);
    }
}
