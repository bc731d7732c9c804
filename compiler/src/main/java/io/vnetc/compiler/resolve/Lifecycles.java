// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of the things of one kind, whose names differ. Each keeps the names and addresses that derive from the
 * first name that it had, so no two may have had the same.
 */
final class Lifecycles {
    /** As names of declarations are. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,61}[A-Za-z0-9_]|[A-Za-z_]");

    private final Resolution resolution;
    private final String kind;
    private final List<Thing> things = new ArrayList<>();
    private final Map<String, Lifecycle> byName = new HashMap<>();
    private final Map<String, Thing> byIdentity = new HashMap<>();

    private record Thing(io.vnetc.dsl.vnet.Lifecycle block, String name, Optional<String> former) {}

    /** @param kind in words, with its article, as "the network" */
    Lifecycles(Resolution resolution, String kind) {
        this.resolution = resolution;
        this.kind = kind;
    }

    /**
     * A thing of the kind; all of them are named before any is asked for.
     *
     * @param number behind the name in the block, where that stands for several things
     */
    void add(io.vnetc.dsl.vnet.Lifecycle block, String name, String number) {
        Optional<String> former = only(block.getMoved()).filter(first -> isName(block, first));
        if (former.isPresent() && (former.get() + number).equals(name)) {
            resolution.error(
                    DiagnosticCode.MOVED_NOWHERE,
                    place(block),
                    "`" + former.get() + "` is its name as it is",
                    "write the name that it had before, or remove `moved from`");
            former = Optional.empty();
        }
        things.add(new Thing(block, name, former.map(first -> first + number)));
    }

    /** The lifecycle of the thing of this name. */
    Lifecycle of(String name) {
        if (byName.isEmpty()) {
            things.stream().filter(thing -> thing.former().isEmpty()).forEach(thing -> settle(thing, thing.name()));
            things.stream().filter(thing -> thing.former().isPresent()).forEach(this::settleMoved);
        }
        return byName.get(name);
    }

    private void settleMoved(Thing thing) {
        String identity = thing.former().orElseThrow();
        Thing other = byIdentity.get(identity);
        if (other == null) {
            settle(thing, identity);
            return;
        }
        resolution.report(Diagnostic.error(
                        DiagnosticCode.MOVED_CLASH,
                        place(thing.block()),
                        kind + " `" + thing.name() + "` cannot have what was made for `" + identity + "`: "
                                + (other.former().isPresent()
                                        ? kind + " `" + other.name() + "` was moved from it as well"
                                        : "there is one of that name"))
                .withHint("remove `moved from` here, or there give another name; what takes over a name that is kept by"
                        + " another says itself what it is moved from")
                .withRelated(place(other.block()), "the other one"));
        settle(thing, thing.name());
    }

    private void settle(Thing thing, String identity) {
        byIdentity.putIfAbsent(identity, thing);
        byName.putIfAbsent(
                thing.name(),
                new Lifecycle(identity, !thing.block().getProtect().isEmpty()));
    }

    private SourceRange place(io.vnetc.dsl.vnet.Lifecycle block) {
        return block.getMoved().isEmpty()
                ? resolution.name(block)
                : resolution.place(block, VnetPackage.Literals.LIFECYCLE__MOVED);
    }

    private boolean isName(io.vnetc.dsl.vnet.Lifecycle block, String name) {
        boolean matches = NAME.matcher(name).matches();
        if (!matches) {
            resolution.error(
                    DiagnosticCode.NAME_FORM,
                    place(block),
                    "`" + name + "` cannot have been its name",
                    "write the name that it had in the source, as it was there");
        }
        return matches;
    }
}
