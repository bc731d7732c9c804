// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.diagnostic.RelatedLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By way of which uses of templates and turns of loops something came to be, from the inside out.
 *
 * @param step the innermost one: its place, and what is done there
 * @param template the name of the template that is used there; empty for a turn of a loop
 * @param outer those around it; null for none
 * @param depth how many there are
 */
public record Trail(RelatedLocation step, Optional<String> template, Trail outer, int depth) {
    /** More are not shown. */
    private static final int MOST_SHOWN = 8;

    public Trail(RelatedLocation step, Optional<String> template, Trail outer) {
        this(step, template, outer, outer == null ? 1 : outer.depth + 1);
    }

    /** The steps from the inside out, the outermost always among them. */
    public List<RelatedLocation> shown() {
        List<RelatedLocation> all = all().stream().map(Trail::step).toList();
        if (all.size() <= MOST_SHOWN) {
            return all;
        }
        List<RelatedLocation> shown = new ArrayList<>(all.subList(0, MOST_SHOWN - 1));
        shown.add(all.get(all.size() - 1));
        return shown;
    }

    /** Itself and all around it, from the inside out. */
    public List<Trail> all() {
        List<Trail> all = new ArrayList<>();
        for (Trail each = this; each != null; each = each.outer) {
            all.add(each);
        }
        return all;
    }
}
