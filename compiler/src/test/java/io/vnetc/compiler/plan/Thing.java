// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A resource of no real kind, which shows one trait of kinds at a time. */
record Thing(
        Trait trait,
        String name,
        Owner owner,
        long value,
        Set<Claim> claims,
        Set<Claim> needs,
        Set<Claim> bars,
        String network)
        implements Resource {
    static final KindTable KINDS =
            KindTable.of(Arrays.stream(Trait.values()).map(ThingKind::new).toList());

    enum Trait {
        /** Changes in place; an outage for those on it when it goes, and brief when it changes. */
        SOFT,
        /** Is made again for each change. */
        RIGID,
        /** Its values are sets of bits; between two values are both. */
        MANY,
        /** Stays, without what it needs, while that is away. */
        LOOSE,
        /** When its value falls, the kernel drops all that needs what it needs, of the kind {@link #DROPPED}. */
        DROPPING,
        /** Dropped by {@link #DROPPING}. */
        DROPPED
    }

    static Thing of(Trait trait, String name, long value) {
        return new Thing(trait, name, Owner.network(name), value, Set.of(claim(name)), Set.of(), Set.of(), "");
    }

    static Claim claim(String name) {
        return Claim.interfaceName(name);
    }

    Thing needing(String... names) {
        return new Thing(trait, name, owner, value, claims, claims(names), bars, network);
    }

    Thing barring(String... names) {
        return new Thing(trait, name, owner, value, claims, needs, claims(names), network);
    }

    Thing claiming(String... names) {
        return new Thing(trait, name, owner, value, claims(names), needs, bars, network);
    }

    private static Set<Claim> claims(String... names) {
        return Arrays.stream(names).map(Thing::claim).collect(Collectors.toSet());
    }

    Thing ownedBy(Owner other) {
        return new Thing(trait, name, other, value, claims, needs, bars, network);
    }

    Thing reaching(String other) {
        return new Thing(trait, name, owner, value, claims, needs, bars, other);
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(trait.name().toLowerCase(Locale.ROOT), name);
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .whole("value", value)
                .lines("claims", words(claims))
                .lines("needs", words(needs))
                .lines("bars", words(bars))
                .text("network", network)
                .build();
    }

    private static List<String> words(Set<Claim> claims) {
        return new TreeSet<>(claims).stream().map(Claim::value).toList();
    }

    @Override
    public Optional<Reach> reach() {
        return network.isEmpty() ? Optional.empty() : Optional.of(new Reach(name, Cidr.parse(network), true));
    }

    @Override
    public Optional<InterfaceName> master() {
        return needs.stream().sorted().findFirst().map(claim -> new InterfaceName(claim.value()));
    }

    private record ThingKind(Trait trait) implements Kind<Thing> {
        @Override
        public String name() {
            return trait.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Class<Thing> type() {
            return Thing.class;
        }

        @Override
        public Thing read(String name, Attributes attributes) {
            return new Thing(
                    trait,
                    name,
                    new Owner(attributes.text("owner")),
                    attributes.whole("value"),
                    claims(attributes.lines("claims")),
                    claims(attributes.lines("needs")),
                    claims(attributes.lines("bars")),
                    attributes.text("network"));
        }

        private static Set<Claim> claims(List<String> names) {
            return names.stream().map(Thing::claim).collect(Collectors.toSet());
        }

        @Override
        public boolean changesInPlace(Thing before, Thing after) {
            return trait != Trait.RIGID || before.equals(after);
        }

        @Override
        public Effect effect(Optional<Thing> before, Optional<Thing> after) {
            return before.map(old -> after.isEmpty()
                            ? new Effect(Severity.OUTAGE, Set.of(new InterfaceName(old.name)), "it goes")
                            : new Effect(Severity.BRIEF, Set.of(new InterfaceName(old.name)), "it changes"))
                    .orElse(Effect.NONE);
        }

        @Override
        public List<String> commands(Optional<Thing> before, Optional<Thing> after) {
            return List.of("set " + after.or(() -> before).orElseThrow().name + " "
                    + before.map(Thing::value).orElse(0L) + " "
                    + after.map(Thing::value).orElse(0L));
        }

        @Override
        public Optional<Thing> expansion(Optional<Thing> before, Optional<Thing> after) {
            if (trait != Trait.MANY || after.isEmpty()) {
                return after;
            }
            Thing now = after.get();
            long both = now.value | before.map(Thing::value).orElse(0L);
            return Optional.of(
                    new Thing(trait, now.name, now.owner, both, now.claims, now.needs, now.bars, now.network));
        }

        @Override
        public boolean drags(Thing before, Optional<Thing> after, Resource other) {
            return trait == Trait.DROPPING
                    && after.filter(now -> now.value >= before.value).isEmpty()
                    && other instanceof Thing thing
                    && thing.trait == Trait.DROPPED
                    && thing.needs.stream().anyMatch(before.needs::contains);
        }

        @Override
        public Optional<Thing> without(Thing resource, ResourceAddress gone) {
            return trait == Trait.LOOSE ? Optional.of(resource.needing()) : Optional.empty();
        }

        @Override
        public int rank(Thing resource) {
            return trait.compareTo(Trait.SOFT);
        }
    }
}
