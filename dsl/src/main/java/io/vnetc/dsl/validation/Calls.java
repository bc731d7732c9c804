// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.Function;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Binding;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Optional;

/** Calls name a function that exists, on a name that exists, with as many arguments as it takes. */
final class Calls {
    private final ParsedSources sources;

    Calls(ParsedSources sources) {
        this.sources = sources;
    }

    /** Checks a call, and says what the name before its dot means. */
    void check(Call call) {
        Optional<Function.Called> called = Function.called(call.getFunction());
        if (called.isEmpty()) {
            unknownFunction(call);
            return;
        }
        Optional<String> receiver = called.get().receiver();
        if (receiver.isPresent()) {
            Optional<Binding> binding = sources.definitions().binding(call, receiver.get());
            if (binding.isEmpty()) {
                String name = receiver.get();
                report(
                        call,
                        DiagnosticCode.UNKNOWN_NAME,
                        "there is no let `" + name + "`",
                        Similar.to(name, sources.definitions().bindingNames(call))
                                .map(similar -> "did you mean `" + similar + "`?")
                                .orElse("declare it: `let " + name + " = 10.20.0.0/16`"));
                return;
            }
            sources.definitions().setReceiver(call, binding.get());
        }
        checkArguments(call, called.get().function(), receiver.isPresent());
    }

    private void checkArguments(Call call, Function function, boolean method) {
        int count = call.getArguments().size();
        if (count == function.arity() + (method ? 0 : 1)) {
            return;
        }
        String example = function.example();
        report(
                call,
                DiagnosticCode.BAD_CALL,
                "`" + function + "` takes " + (method ? "" : "what it is of, and ") + function.takes() + ", and "
                        + count + (count == 1 ? " argument is given" : " arguments are given"),
                "as in `" + call.getFunction() + "(" + (method ? "" : example.isEmpty() ? "lab" : "lab, ") + example
                        + ")`");
    }

    private void unknownFunction(Call call) {
        String name = call.getFunction();
        int dot = name.lastIndexOf('.');
        String function = name.substring(dot + 1);
        report(
                call,
                DiagnosticCode.BAD_CALL,
                "there is no function `" + function + "`",
                Similar.to(function, Function.names())
                        .map(similar ->
                                "did you mean `" + (dot < 0 ? "NAME." : name.substring(0, dot + 1)) + similar + "`?")
                        .orElse("there are: `" + String.join("`, `", Function.names()) + "`"));
    }

    private void report(Call call, DiagnosticCode code, String message, String hint) {
        sources.diagnostics()
                .report(Diagnostic.error(code, sources.rangeOf(call, Literals.CALL__FUNCTION), message)
                        .withHint(hint));
    }
}
