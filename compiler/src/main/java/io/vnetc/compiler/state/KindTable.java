// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds there are, by name; asks the right one about a resource whose kind is not known to the caller. */
public final class KindTable {
    private final TreeMap<String, Kind<?>> kinds = new TreeMap<>();

    private KindTable() {}

    /**
     * A table of these.
     *
     * @throws IllegalArgumentException when two have one name
     */
    public static KindTable of(Collection<? extends Kind<?>> kinds) {
        KindTable table = new KindTable();
        for (Kind<?> kind : kinds) {
            if (table.kinds.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("two kinds are called " + kind.name());
            }
        }
        return table;
    }

    /** All of them, by name. */
    public List<Kind<?>> all() {
        return List.copyOf(kinds.values());
    }

    /**
     * The kind of that name.
     *
     * @throws MalformedStateException when there is none
     */
    public Kind<?> kind(String name) {
        Kind<?> kind = kinds.get(name);
        if (kind == null) {
            throw new MalformedStateException("there is no kind of resource called `" + name + "`");
        }
        return kind;
    }

    /**
     * The resource with this address and these attributes.
     *
     * @throws MalformedStateException when they are not such a resource
     */
    public Resource read(ResourceAddress address, Attributes attributes) {
        Resource resource;
        try {
            resource = kind(address.kind()).read(address.name(), attributes);
        } catch (MalformedStateException | IllegalArgumentException e) {
            throw new MalformedStateException("`" + address + "`: " + e.getMessage());
        }
        if (!resource.address().equals(address)) {
            throw new MalformedStateException("`" + address + "` has the attributes of `" + resource.address() + "`");
        }
        return resource;
    }

    /** Of {@link Kind#changesInPlace}. */
    public boolean changesInPlace(Resource before, Resource after) {
        return changesInPlace(kind(before.address().kind()), before, after);
    }

    private static <R extends Resource> boolean changesInPlace(Kind<R> kind, Resource before, Resource after) {
        return kind.changesInPlace(kind.type().cast(before), kind.type().cast(after));
    }

    /** Of {@link Kind#effect}. */
    public Effect effect(Optional<Resource> before, Optional<Resource> after) {
        return effect(kindOf(before, after), before, after);
    }

    private static <R extends Resource> Effect effect(
            Kind<R> kind, Optional<Resource> before, Optional<Resource> after) {
        return kind.effect(before.map(kind.type()::cast), after.map(kind.type()::cast));
    }

    /** Of {@link Kind#commands}. */
    public List<String> commands(Optional<Resource> before, Optional<Resource> after) {
        return commands(kindOf(before, after), before, after);
    }

    private static <R extends Resource> List<String> commands(
            Kind<R> kind, Optional<Resource> before, Optional<Resource> after) {
        return kind.commands(before.map(kind.type()::cast), after.map(kind.type()::cast));
    }

    /** Of {@link Kind#expansion}. */
    public Optional<Resource> expansion(Optional<Resource> before, Optional<Resource> after) {
        return expansion(kindOf(before, after), before, after);
    }

    private static <R extends Resource> Optional<Resource> expansion(
            Kind<R> kind, Optional<Resource> before, Optional<Resource> after) {
        return kind.expansion(before.map(kind.type()::cast), after.map(kind.type()::cast))
                .map(Resource.class::cast);
    }

    /** Of {@link Kind#drags}. */
    public boolean drags(Resource before, Optional<Resource> after, Resource other) {
        return drags(kind(before.address().kind()), before, after, other);
    }

    private static <R extends Resource> boolean drags(
            Kind<R> kind, Resource before, Optional<Resource> after, Resource other) {
        return kind.drags(kind.type().cast(before), after.map(kind.type()::cast), other);
    }

    /** Of {@link Kind#hindrance}. */
    public Optional<Kind.Hindrance> hindrance(Resource wish, Resource foreign) {
        return hindrance(kind(wish.address().kind()), wish, foreign);
    }

    private static <R extends Resource> Optional<Kind.Hindrance> hindrance(
            Kind<R> kind, Resource wish, Resource foreign) {
        return kind.hindrance(kind.type().cast(wish), foreign);
    }

    /** Of {@link Kind#without}. */
    public Optional<Resource> without(Resource resource, ResourceAddress gone) {
        return without(kind(resource.address().kind()), resource, gone);
    }

    private static <R extends Resource> Optional<Resource> without(
            Kind<R> kind, Resource resource, ResourceAddress gone) {
        return kind.without(kind.type().cast(resource), gone).map(Resource.class::cast);
    }

    /** Of {@link Kind#givenBack}. */
    public Resource givenBack(Resource former, Resource now) {
        return givenBack(kind(former.address().kind()), former, now);
    }

    private static <R extends Resource> Resource givenBack(Kind<R> kind, Resource former, Resource now) {
        return kind.givenBack(kind.type().cast(former), kind.type().cast(now));
    }

    /** Of {@link Kind#takesAlong}; a resource that is made or taken away takes nothing along. */
    public boolean takesAlong(Optional<Resource> before, Optional<Resource> after, Resource other) {
        return before.isPresent()
                && after.isPresent()
                && takesAlong(kind(before.get().address().kind()), before.get(), after.get(), other);
    }

    private static <R extends Resource> boolean takesAlong(
            Kind<R> kind, Resource before, Resource after, Resource other) {
        return kind.takesAlong(kind.type().cast(before), kind.type().cast(after), other);
    }

    /** Of {@link Kind#title}. */
    public String title(Resource resource) {
        return title(kind(resource.address().kind()), resource);
    }

    private static <R extends Resource> String title(Kind<R> kind, Resource resource) {
        return kind.title(kind.type().cast(resource));
    }

    /** Of {@link Kind#rank}. */
    public int rank(Resource resource) {
        return rank(kind(resource.address().kind()), resource);
    }

    private static <R extends Resource> int rank(Kind<R> kind, Resource resource) {
        return kind.rank(kind.type().cast(resource));
    }

    private Kind<?> kindOf(Optional<Resource> before, Optional<Resource> after) {
        return kind(after.or(() -> before).orElseThrow().address().kind());
    }
}
