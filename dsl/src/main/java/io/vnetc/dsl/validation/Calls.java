// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.NetworkFunction;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Optional;

/** Calls name a function that exists, on a let that exists, with as many arguments as it takes. */
final class Calls {
    private final ParsedSources sources;

    Calls(ParsedSources sources) {
        this.sources = sources;
    }

    void check(Call call) {
        Optional<NetworkFunction.Called> called = NetworkFunction.called(call.getFunction());
        if (called.isEmpty()) {
            unknownFunction(call);
        } else if (sources.let(called.get().receiver()).isEmpty()) {
            String name = called.get().receiver();
            report(
                    call,
                    DiagnosticCode.UNKNOWN_NAME,
                    "there is no let `" + name + "`",
                    Similar.to(name, sources.letNames())
                            .map(similar -> "did you mean `" + similar + "`?")
                            .orElse("declare it: `let " + name + " = 10.20.0.0/16`"));
        } else if (call.getArguments().size() != called.get().function().arity()) {
            NetworkFunction function = called.get().function();
            int count = call.getArguments().size();
            report(
                    call,
                    DiagnosticCode.BAD_CALL,
                    "`" + function + "` takes " + function.takes() + ", and " + count
                            + (count == 1 ? " argument is given" : " arguments are given"),
                    "as in `" + call.getFunction() + (function.arity() == 2 ? "(24, 1)`" : "(10)`"));
        }
    }

    private void unknownFunction(Call call) {
        String name = call.getFunction();
        int dot = name.lastIndexOf('.');
        String function = name.substring(dot + 1);
        String all = "there are: `" + String.join("`, `", NetworkFunction.names()) + "`";
        String hint = dot < 0
                ? "functions are called on a let that is a network: `NAME.subnet(24, 1)`, `NAME.host(10)`"
                : Similar.to(function, NetworkFunction.names())
                        .map(similar -> "did you mean `" + name.substring(0, dot + 1) + similar + "`?")
                        .orElse(all);
        report(call, DiagnosticCode.BAD_CALL, "there is no function `" + function + "`", hint);
    }

    private void report(Call call, DiagnosticCode code, String message, String hint) {
        sources.diagnostics()
                .report(Diagnostic.error(code, sources.rangeOf(call, Literals.CALL__FUNCTION), message)
                        .withHint(hint));
    }
}
