// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.vnet.Binding;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Let;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What parameters, variables and the lets of a block are, within one use of a template, turn of a loop, or block. */
public final class Environment {
    /** Of what is outside all templates, loops and blocks. */
    public static final Environment TOP = new Environment(null, null);

    private final Environment outer;
    /** The block whose lets belong here; null for none. */
    private final Block block;

    private final Map<Binding, Bound> bound = new HashMap<>();
    private final Map<Let, Optional<Value>> lets = new HashMap<>();

    private Environment(Environment outer, Block block) {
        this.outer = outer;
        this.block = block;
    }

    /**
     * A value with where it comes from.
     *
     * @param value empty where it has none, which has been reported
     * @param place of the expression that it is the value of
     * @param given how it came to be the value
     */
    public record Bound(Optional<Value> value, SourceRange place, Given given) {}

    /** Why a name has its value. */
    public enum Given {
        /** It was given where the template is used. */
        ARGUMENT,
        /** Nothing was given, and the template says what then. */
        DEFAULT,
        /** A loop counts it out. */
        TURN
    }

    /** One for what is inside a template or loop. */
    Environment inner() {
        return new Environment(this, null);
    }

    /** One for what is inside a block. */
    Environment inner(Block inside) {
        return new Environment(this, inside);
    }

    void bind(Binding binding, Bound value) {
        bound.put(binding, value);
    }

    /** What a name is here. */
    public Optional<Bound> of(Binding binding) {
        for (Environment each = this; each != null; each = each.outer) {
            Bound found = each.bound.get(binding);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * The value of a let of a block, which is computed when it is first asked for.
     *
     * @param computing what it is, in the environment of its block
     */
    public Optional<Value> ofBlock(Let let, Block inside, Function<Environment, Optional<Value>> computing) {
        for (Environment each = this; each != null; each = each.outer) {
            if (each.block == inside) {
                Optional<Value> known = each.lets.get(let);
                if (known == null) {
                    known = computing.apply(each);
                    each.lets.put(let, known);
                }
                return known;
            }
        }
        throw new IllegalStateException("the let `" + let.getName() + "` is used outside its block");
    }
}
