// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expansion.Scope;
import io.vnetc.dsl.literal.LiteralParser;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.Duid;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PciAddress;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Lease;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Loop;
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

    /** An address of an interface, with the length of its network's prefix. */
    public Optional<InterfaceAddress> interfaceAddress(Expression expression) {
        return convert(
                expression,
                value -> LiteralParser.interfaceAddress(Conversions.word(value, "an address with a prefix")));
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

    /** The PCI address that a feature has. */
    public Optional<PciAddress> pciAddress(EObject object, EStructuralFeature feature) {
        return name(object, feature, 0, PciAddress::parse);
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
        return evaluate(expression, sources.copies().scope(expression));
    }

    /** What an expression is in a scope. */
    public Optional<Value> evaluate(Expression expression, Scope scope) {
        return new Evaluation(sources, this::let, scope).of(expression);
    }

    /** Whether a condition holds; nothing where it is neither true nor false, which is reported. */
    public Optional<Boolean> truth(Expression expression, Scope scope) {
        return new Evaluation(sources, this::let, scope).truth(expression, DiagnosticCode.BAD_CONDITION);
    }

    /**
     * The values that a loop goes through, one array for each turn with a value for each variable.
     *
     * @param most where there are more, {@code most + 1} are returned at least
     */
    public Optional<List<Value[]>> turns(Loop loop, Scope scope, int most) {
        return evaluate(loop.getValues(), scope)
                .flatMap(value -> convert(
                        loop.getValues(),
                        scope,
                        value,
                        all -> Operations.turns(all, loop.getVariables().size() > 1, most)));
    }

    /** The text of an attribute's value that may be a string with <code>${…}</code> in it, in a scope. */
    public Optional<String> text(ComposedText text, Scope scope) {
        return new Evaluation(sources, this::let, scope).text(text);
    }

    /** Checks that a value can be of a parameter's type; what it says against it is reported at the expression. */
    public boolean isOf(ParameterType type, Value value, Expression expression, Scope scope) {
        return convert(expression, scope, value, each -> {
                    type.check(each);
                    return each;
                })
                .isPresent();
    }

    /** A value in words, for a message. */
    public static String shown(Value value) {
        return Conversions.describe(value);
    }

    private Optional<Value> let(Let let, Scope scope) {
        if (!(let.eContainer() instanceof Block block)) {
            return global(let);
        }
        return scope.environment()
                .ofBlock(let, block, inner -> evaluate(let.getValue(), new Scope(inner, scope.trail())));
    }

    private Optional<Value> global(Let let) {
        Optional<Value> known = lets.get(let);
        if (known == null) {
            known = evaluate(let.getValue(), Scope.TOP);
            lets.put(let, known);
        }
        return known;
    }

    private <T> Optional<T> convert(Expression expression, Evaluation.Conversion<T> conversion) {
        Scope scope = sources.copies().scope(expression);
        return evaluate(expression, scope).flatMap(value -> convert(expression, scope, value, conversion));
    }

    private <T> Optional<T> convert(
            Expression expression, Scope scope, Value value, Evaluation.Conversion<T> conversion) {
        return new Evaluation(sources, this::let, scope).convert(expression, value, conversion);
    }
}
