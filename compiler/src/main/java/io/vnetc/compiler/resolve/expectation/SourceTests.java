// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.expectation;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.resolve.expectation.TestOutcome.Failure;
import io.vnetc.compiler.resolve.explain.Explainer;
import io.vnetc.compiler.resolve.explain.Explanation;
import io.vnetc.compiler.resolve.explain.ValueText;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.vnet.Comparison;
import io.vnetc.dsl.vnet.Expectation;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs the tests of a source. {@code expect EXPRESSION} wants it to be true; {@code expect setting "office bridge mtu" =
 * 9000} wants a value as {@code vnetc explain} shows it; {@code expect error VN0601 { … }} wants these declarations beside
 * the source to be refused, by a code or by words of the message.
 */
public final class SourceTests {
    private final ParsedSources sources;
    private final Model model;
    private final Evaluator values;

    private SourceTests(ParsedSources sources, Model model) {
        this.sources = sources;
        this.model = model;
        this.values = new Evaluator(sources);
    }

    /**
     * All of them, in the order of the source.
     *
     * @param sources that are right
     * @param model what they mean
     */
    public static List<TestOutcome> run(ParsedSources sources, Model model) {
        SourceTests tests = new SourceTests(sources, model);
        return sources.declarations(Test.class).stream().map(tests::run).toList();
    }

    private TestOutcome run(Test test) {
        List<Failure> failures = new ArrayList<>();
        for (Expectation expectation : test.getExpectations()) {
            failure(expectation).ifPresent(message -> failures.add(new Failure(sources.rangeOf(expectation), message)));
        }
        SourceRange place = sources.nameOf(test);
        return new TestOutcome(test.getName(), place, failures);
    }

    private Optional<String> failure(Expectation expectation) {
        if (expectation.getBody() != null) {
            return refusal(expectation);
        }
        return expectation.getPath() == null ? falsehood(expectation.getValue()) : difference(expectation);
    }

    private Optional<String> falsehood(Expression expression) {
        Optional<Value> value = values.evaluate(expression);
        if (value.isEmpty()) {
            return Optional.of("this has no value: " + reason(expression));
        }
        if (!(value.get() instanceof Value.Truth truth)) {
            return Optional.of("this is " + ValueText.of(value.get()) + ", neither true nor false");
        }
        if (truth.holds()) {
            return Optional.empty();
        }
        return Optional.of(
                expression instanceof Comparison comparison
                        ? "this does not hold: " + shown(comparison.getLeft()) + " "
                                + comparison.getOperator().getLiteral() + " " + shown(comparison.getRight())
                        : "this does not hold");
    }

    /** What was said while it was evaluated. */
    private String reason(Expression expression) {
        SourceRange place = sources.rangeOf(expression);
        return sources.diagnostics().all().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR && place.contains(diagnostic.range()))
                .map(Diagnostic::message)
                .findFirst()
                .orElse("what it builds on has none");
    }

    private String shown(Expression expression) {
        return ValueText.of(values, expression);
    }

    private Optional<String> difference(Expectation expectation) {
        String[] path = expectation.getPath().strip().replaceAll(" +", " ").split(" ", 2);
        // A word of the language, as `off`, is no value: it stands between quotes.
        String wanted = values.evaluate(expectation.getWanted())
                .map(value -> value instanceof Value.Quoted quoted ? quoted.text() : ValueText.of(value))
                .orElse("?");
        List<Explanation> explained = Explainer.explain(sources, model, path[0]);
        if (explained.isEmpty()) {
            return Optional.of("there is nothing called `" + path[0] + "`");
        }
        List<String> found = explained.stream()
                .flatMap(explanation -> explanation.settings().stream())
                .filter(setting -> path.length == 2 && setting.path().equals(path[1]))
                .map(setting -> setting.value())
                .toList();
        if (found.contains(wanted)) {
            return Optional.empty();
        }
        return Optional.of(
                found.isEmpty()
                        ? "there is no setting `" + expectation.getPath() + "`: `vnetc explain " + path[0]
                                + "` lists those there are"
                        : "`" + expectation.getPath() + "` is " + String.join(" and ", found) + ", not " + wanted);
    }

    private Optional<String> refusal(Expectation expectation) {
        ParsedSources beside = sources.with(expectation.getBody());
        Resolver.resolve(beside);
        List<Diagnostic> errors = beside.diagnostics().all().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        String wanted = expectation.getError();
        if (errors.stream()
                .anyMatch(error ->
                        error.code().id().equals(wanted) || error.message().contains(wanted))) {
            return Optional.empty();
        }
        return Optional.of(
                errors.isEmpty()
                        ? "this is accepted, and an error was expected: " + wanted
                        : "another error was expected (" + wanted + "), and there is "
                                + errors.stream()
                                        .map(error -> error.code().id() + ": " + error.message())
                                        .collect(Collectors.joining("; ")));
    }
}
