// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.function.Supplier;

/**
 * A value that may be there once, and who wants it. A clash is reported at the place that is read second.
 *
 * @param value that is wanted
 * @param owner in words, with its article, as a message names it
 * @param where in the source; finding out costs more than all the rest, and only a clash wants to know
 */
record Placed<T>(T value, String owner, Supplier<SourceRange> where) {
    SourceRange place() {
        return where.get();
    }

    boolean isBefore(Placed<?> other) {
        return place().compareTo(other.place()) <= 0;
    }
}
