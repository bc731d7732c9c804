// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.literal.LiteralParser;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.Duid;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Lease;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Literal;
import io.vnetc.dsl.vnet.Range;
import io.vnetc.dsl.vnet.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/**
 * The typed values of expressions, of sources that are {@link ParsedSources#complete()}. Where an expression is not what is
 * asked for, that is reported at its place with what to write instead, and the answer is empty.
 */
public final class Evaluator {
    private final ParsedSources sources;
    private final Map<Let, Optional<Value>> lets = new HashMap<>();

    public Evaluator(ParsedSources sources) {
        this.sources = sources;
    }

    /** A network; its host bits are zero. */
    public Optional<Cidr> cidr(Expression expression) {
        return convert(expression, Conversions::cidr);
    }

    /**
     * An address. Whether a whole one lies in the network is not checked.
     *
     * @param within the network that {@code .10} and {@code ::10} are hosts of
     */
    public Optional<IpAddress> address(Expression expression, Optional<Cidr> within) {
        return convert(expression, value -> Conversions.address(value, within));
    }

    /** Addresses from one to another, each as {@link #address} reads it. */
    public Optional<AddressRange> addressRange(Expression expression, Optional<Cidr> within) {
        return convert(expression, value -> Conversions.addressRange(value, within));
    }

    /** An Ethernet address that an interface can have. */
    public Optional<MacAddress> mac(Expression expression) {
        return convert(expression, value -> LiteralParser.mac(Conversions.word(value, "a MAC address")));
    }

    /** A DHCP unique identifier. */
    public Optional<Duid> duid(Expression expression) {
        return convert(expression, value -> LiteralParser.duid(Conversions.word(value, "a DUID")));
    }

    /** A time. */
    public Optional<Duration> duration(Expression expression) {
        return convert(expression, value -> LiteralParser.duration(Conversions.word(value, "a time")));
    }

    /** How long a lease holds. */
    public Optional<LeaseTime> lease(Lease lease) {
        return lease.isInfinite() ? Optional.of(LeaseTime.INFINITE) : convert(lease.getTime(), Evaluator::leaseTime);
    }

    private static LeaseTime leaseTime(Value value) throws LiteralProblem {
        Duration duration = LiteralParser.duration(Conversions.word(value, "a time"));
        try {
            return LeaseTime.of(duration);
        } catch (LiteralException e) {
            throw LiteralProblem.of(
                    DiagnosticCode.OUT_OF_RANGE, e.getMessage(), e.hint().orElse(""));
        }
    }

    /** A rate. */
    public Optional<Rate> rate(Expression expression) {
        return convert(expression, value -> LiteralParser.rate(Conversions.word(value, "a rate")));
    }

    /** A size. */
    public Optional<ByteSize> size(Expression expression) {
        return convert(expression, value -> LiteralParser.size(Conversions.word(value, "a size")));
    }

    /**
     * A whole number from {@code min} to {@code max}.
     *
     * @param what the number is, with its article, as in "an MTU"
     */
    public Optional<Long> integer(Expression expression, long min, long max, String what) {
        return convert(expression, value -> Conversions.integer(value, min, max, what));
    }

    /** Whole numbers from one to another, or a single one, all from {@code min} to {@code max}. */
    public Optional<IntegerRange> integerRange(Expression expression, long min, long max, String what) {
        return convert(expression, value -> Conversions.integerRange(value, min, max, what));
    }

    /** A port or a range of ports. */
    public Optional<PortRange> portRange(Expression expression) {
        return convert(expression, Conversions::portRange);
    }

    /** The domain name that stands as value {@code index} of a feature. */
    public Optional<DomainName> domainName(EObject object, EStructuralFeature feature, int index) {
        return name(object, feature, index, DomainName::parse);
    }

    /** The interface's name that stands as value {@code index} of a feature. */
    public Optional<InterfaceName> interfaceName(EObject object, EStructuralFeature feature, int index) {
        return name(object, feature, index, InterfaceName::new);
    }

    private <T> Optional<T> name(EObject object, EStructuralFeature feature, int index, Function<String, T> reading) {
        Object value = object.eGet(feature);
        String text = String.valueOf(value instanceof List<?> many ? many.get(index) : value);
        try {
            return Optional.of(reading.apply(text));
        } catch (LiteralException e) {
            DiagnosticCode code =
                    text.length() > InterfaceName.MAX_LENGTH && e.getMessage().contains("interface name")
                            ? DiagnosticCode.NAME_TOO_LONG
                            : DiagnosticCode.NAME_FORM;
            sources.diagnostics()
                    .report(Diagnostic.error(code, sources.rangeOf(object, feature, index), e.getMessage())
                            .withHint(e.hint()));
            return Optional.empty();
        }
    }

    /** What an expression is, before it is known which kind is wanted. */
    public Optional<Value> evaluate(Expression expression) {
        if (expression instanceof Literal literal) {
            return Optional.of(
                    literal.getText() == null
                            ? new Value.Quoted(literal.getString())
                            : new Value.Word(literal.getText()));
        }
        if (expression instanceof Reference reference) {
            return let(reference.getTarget());
        }
        if (expression instanceof Range range) {
            Optional<Value> first = evaluate(range.getFirst());
            Optional<Value> last = evaluate(range.getLast());
            return first.flatMap(begin -> last.map(end -> new Value.Span(begin, end)));
        }
        return call((Call) expression);
    }

    private Optional<Value> let(Let let) {
        Optional<Value> known = lets.get(let);
        if (known == null) {
            known = evaluate(let.getValue());
            lets.put(let, known);
        }
        return known;
    }

    private Optional<Value> call(Call call) {
        NetworkFunction.Called called =
                NetworkFunction.called(call.getFunction()).orElseThrow();
        Let let = sources.let(called.receiver()).orElseThrow();
        Optional<Cidr> network = let(let).flatMap(value -> convert(let.getValue(), value, Conversions::cidr));
        List<Optional<Long>> arguments = call.getArguments().stream()
                .map(argument -> integer(argument, 0, Long.MAX_VALUE, "an argument of `" + called.function() + "`"))
                .toList();
        if (network.isEmpty() || arguments.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        try {
            return Optional.of(called.function()
                    .apply(
                            network.get(),
                            arguments.stream().map(Optional::orElseThrow).toList()));
        } catch (LiteralException e) {
            report(
                    call,
                    LiteralProblem.of(
                            DiagnosticCode.BAD_CALL, e.getMessage(), e.hint().orElse("")));
            return Optional.empty();
        }
    }

    private interface Conversion<T> {
        T of(Value value) throws LiteralProblem;
    }

    private <T> Optional<T> convert(Expression expression, Conversion<T> conversion) {
        return evaluate(expression).flatMap(value -> convert(expression, value, conversion));
    }

    private <T> Optional<T> convert(Expression expression, Value value, Conversion<T> conversion) {
        try {
            return Optional.of(conversion.of(value));
        } catch (LiteralProblem e) {
            report(expression, e);
            return Optional.empty();
        }
    }

    private void report(Expression expression, LiteralProblem problem) {
        SourceRange range = sources.rangeOf(expression);
        boolean part = problem.length() >= 0 && expression instanceof Literal;
        int column = range.column() + problem.from();
        SourceRange place = part
                ? new SourceRange(range.file(), range.line(), column, range.line(), column + problem.length())
                : range;
        Diagnostic diagnostic =
                Diagnostic.error(problem.code(), place, problem.getMessage()).withHint(problem.hint());
        if (expression instanceof Reference reference) {
            diagnostic = diagnostic.withRelated(
                    sources.rangeOf(reference.getTarget().getValue()),
                    "`" + reference.getTarget().getName() + "` is this");
        }
        sources.diagnostics().report(diagnostic);
    }
}
