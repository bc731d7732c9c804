// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Environment.Bound;
import io.vnetc.dsl.expansion.Scope;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.And;
import io.vnetc.dsl.vnet.Arithmetic;
import io.vnetc.dsl.vnet.Binding;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Comparison;
import io.vnetc.dsl.vnet.Entry;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Index;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.ListLiteral;
import io.vnetc.dsl.vnet.Literal;
import io.vnetc.dsl.vnet.Not;
import io.vnetc.dsl.vnet.Or;
import io.vnetc.dsl.vnet.Range;
import io.vnetc.dsl.vnet.Reference;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The value of one expression in one scope. Each answer that is empty has been reported. */
final class Evaluation {
    private final ParsedSources sources;
    private final BiFunction<Let, Scope, Optional<Value>> lets;
    private final Scope scope;

    /** From a value to what is wanted. */
    interface Conversion<T> {
        T of(Value value) throws LiteralProblem;
    }

    Evaluation(ParsedSources sources, BiFunction<Let, Scope, Optional<Value>> lets, Scope scope) {
        this.sources = sources;
        this.lets = lets;
        this.scope = scope;
    }

    Optional<Value> of(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal(literal);
        }
        if (expression instanceof Reference reference) {
            return target(reference).flatMap(this::named);
        }
        if (expression instanceof Range range) {
            return of(range.getFirst()).flatMap(first -> of(range.getLast()).map(last -> new Value.Span(first, last)));
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        if (expression instanceof ListLiteral list) {
            return list(list);
        }
        return expression instanceof Index index ? index(index) : operation(expression);
    }

    private Optional<Value> operation(Expression expression) {
        if (expression instanceof Arithmetic sum) {
            return of(sum.getLeft())
                    .flatMap(left -> of(sum.getRight())
                            .flatMap(
                                    right -> attempt(sum, () -> Operations.calculate(sum.getOperator(), left, right))));
        }
        if (expression instanceof Comparison comparison) {
            return of(comparison.getLeft())
                    .flatMap(left -> of(comparison.getRight())
                            .flatMap(right -> attempt(
                                    comparison,
                                    () -> new Value.Truth(Operations.compare(comparison.getOperator(), left, right)))));
        }
        if (expression instanceof Not not) {
            return truth(not.getOperand(), DiagnosticCode.BAD_OPERATION).map(holds -> new Value.Truth(!holds));
        }
        if (expression instanceof And and) {
            return junction(and.getLeft(), and.getRight(), false);
        }
        Or or = (Or) expression;
        return junction(or.getLeft(), or.getRight(), true);
    }

    /** The right side is not looked at where the left one decides. */
    private Optional<Value> junction(Expression left, Expression right, boolean decisive) {
        return truth(left, DiagnosticCode.BAD_OPERATION)
                .flatMap(first -> first == decisive ? Optional.of(first) : truth(right, DiagnosticCode.BAD_OPERATION))
                .map(Value.Truth::new);
    }

    Optional<Boolean> truth(Expression expression, DiagnosticCode code) {
        return of(expression)
                .flatMap(value -> convert(expression, value, each -> {
                    if (each instanceof Value.Truth truth) {
                        return truth.holds();
                    }
                    throw LiteralProblem.of(
                            code,
                            Conversions.describe(each) + " is neither true nor false",
                            "compare it with something, as in `count > 1`");
                }));
    }

    private Optional<Value> literal(Literal literal) {
        if (literal.getText() != null) {
            return Optional.of(new Value.Word(literal.getText()));
        }
        if (literal.getTruth() != null) {
            return Optional.of(new Value.Truth(literal.getTruth().equals("true")));
        }
        if (!literal.getString().contains("${")) {
            return Optional.of(new Value.Quoted(literal.getString()));
        }
        return sources.composed(literal, Literals.LITERAL__STRING, 0)
                .flatMap(text -> text(text)
                        .map(whole ->
                                new Value.Quoted(whole, !text.expressions().isEmpty())));
    }

    Optional<String> text(ComposedText text) {
        StringBuilder whole = new StringBuilder();
        for (ComposedText.Piece piece : text.pieces()) {
            if (piece instanceof ComposedText.Plain plain) {
                whole.append(plain.text());
            } else if (piece instanceof ComposedText.Inset inset) {
                Optional<String> part =
                        of(inset.expression()).flatMap(value -> convert(inset.expression(), value, Operations::text));
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                whole.append(part.get());
                if (whole.length() > ComposedTexts.LONGEST) {
                    report(
                            inset.expression(),
                            LiteralProblem.of(
                                    DiagnosticCode.BAD_INTERPOLATION,
                                    "this makes a string of more than " + ComposedTexts.LONGEST + " characters",
                                    ""));
                    return Optional.empty();
                }
            }
        }
        return Optional.of(whole.toString());
    }

    /** What a name means; nothing where that is nothing, which was reported before. */
    private static Optional<Binding> target(Reference reference) {
        Binding target = (Binding) reference.eGet(Literals.REFERENCE__TARGET, false);
        return target == null || target.eIsProxy() ? Optional.empty() : Optional.of(target);
    }

    private Optional<Value> named(Binding binding) {
        return binding instanceof Let let
                ? lets.apply(let, scope)
                : scope.environment().of(binding).flatMap(Bound::value);
    }

    private Optional<Value> list(ListLiteral list) {
        List<Value> values = new ArrayList<>();
        Map<String, Value> byKey = new LinkedHashMap<>();
        boolean complete = true;
        for (Entry entry : list.getEntries()) {
            Optional<Value> value = of(entry.getValue());
            complete &= value.isPresent();
            value.ifPresent(each -> {
                values.add(each);
                if (entry.getKey() != null) {
                    byKey.put(ParsedSources.unquoted(entry.getKey()), each);
                }
            });
        }
        return !complete
                ? Optional.empty()
                : Optional.of(byKey.isEmpty() ? new Value.ListValue(values) : new Value.MapValue(byKey));
    }

    private Optional<Value> index(Index index) {
        return of(index.getCollection())
                .flatMap(collection -> of(index.getIndex())
                        .flatMap(at -> convert(index.getIndex(), at, key -> indexed(collection, key))));
    }

    private static Value indexed(Value collection, Value key) throws LiteralProblem {
        if (collection instanceof Value.MapValue map) {
            String text = Operations.text(key);
            Value found = map.values().get(text);
            if (found == null) {
                throw LiteralProblem.of(
                        DiagnosticCode.BAD_INDEX,
                        "the map has no key `" + text + "`",
                        Similar.to(text, map.values().keySet())
                                .map(similar -> "did you mean `" + similar + "`?")
                                .orElse("it has: `"
                                        + String.join("`, `", map.values().keySet()) + "`"));
            }
            return found;
        }
        if (collection instanceof Value.ListValue list) {
            int size = list.values().size();
            Optional<Long> number = Operations.number(key);
            if (number.isEmpty() || number.get() < 0 || number.get() >= size) {
                throw LiteralProblem.of(
                        DiagnosticCode.BAD_INDEX,
                        number.isEmpty()
                                ? Conversions.describe(key) + " is no place in a list"
                                : "the list has no place " + number.get(),
                        size == 0 ? "it is empty" : "its places are 0 to " + (size - 1));
            }
            return list.values().get(Math.toIntExact(number.get()));
        }
        throw LiteralProblem.of(
                DiagnosticCode.BAD_INDEX, Conversions.describe(collection) + " has no places to choose from", "");
    }

    private Optional<Value> call(Call call) {
        Optional<Function.Called> called = Function.called(call.getFunction());
        if (called.isEmpty()) {
            return Optional.empty();
        }
        Function function = called.get().function();
        List<Value> values = new ArrayList<>();
        if (called.get().receiver().isPresent()) {
            Optional<Value> receiver = receiver(call, function);
            if (receiver.isEmpty()) {
                return Optional.empty();
            }
            values.add(receiver.get());
        }
        for (Expression argument : call.getArguments()) {
            Optional<Value> value = of(argument);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        if (values.size() != function.arity() + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(function.call(values.get(0), values.subList(1, values.size())));
        } catch (LiteralProblem e) {
            report(
                    called.get().receiver().isEmpty() && e.code() != DiagnosticCode.BAD_CALL
                            ? call.getArguments().get(0)
                            : call,
                    e);
        } catch (Function.WrongArgument e) {
            int shift = call.getArguments().size() - function.arity();
            report(call.getArguments().get(e.index() + shift), e.problem());
        }
        return Optional.empty();
    }

    /** Of a let that is no network that is said where it is one: that is where it is to be mended. */
    private Optional<Value> receiver(Call call, Function function) {
        Optional<Binding> binding =
                sources.definitions().receiver((Call) sources.copies().original(call));
        Optional<Value> value = binding.flatMap(this::named);
        return binding.isPresent() && binding.get() instanceof Let let && function.isOfNetwork()
                ? value.flatMap(each -> new Evaluation(sources, lets, Scope.TOP)
                        .convert(let.getValue(), each, Conversions::cidr)
                        .map(Value.Network::new))
                : value;
    }

    private interface Attempt {
        Value make() throws LiteralProblem;
    }

    private Optional<Value> attempt(Expression expression, Attempt attempt) {
        return convert(expression, new Value.Truth(true), ignored -> attempt.make());
    }

    <T> Optional<T> convert(Expression expression, Value value, Conversion<T> conversion) {
        try {
            return Optional.of(conversion.of(value));
        } catch (LiteralProblem e) {
            report(expression, e);
            return Optional.empty();
        }
    }

    private void report(Expression expression, LiteralProblem problem) {
        SourceRange range = sources.rangeOf(expression, scope);
        boolean part = problem.length() >= 0
                && expression instanceof Literal literal
                && literal.getText() != null
                && range.line() == range.endLine();
        Diagnostic diagnostic = Diagnostic.error(
                        problem.code(),
                        part ? range.part(problem.from(), problem.length()) : range,
                        problem.getMessage())
                .withHint(problem.hint());
        if (expression instanceof Reference reference) {
            Optional<SourceRange> place = reference.getTarget() instanceof Let let
                    ? Optional.of(sources.rangeOf(let.getValue()))
                    : scope.environment().of(reference.getTarget()).map(Bound::place);
            if (place.isPresent()) {
                diagnostic = diagnostic.withRelated(
                        place.get(), "`" + reference.getTarget().getName() + "` is this");
            }
        }
        sources.diagnostics().report(diagnostic);
    }
}
