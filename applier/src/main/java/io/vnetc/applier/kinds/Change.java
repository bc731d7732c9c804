// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.Optional;

/**
 * What a driver is asked to do to one resource.
 *
 * @param before absent: it is made
 * @param after absent: it is taken away
 * @param origin the place in the source that wants it, for messages
 */
public record Change<R extends Resource>(Optional<R> before, Optional<R> after, Optional<Origin> origin) {
    public Change {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change from nothing to nothing");
        }
    }

    /** The resource in whichever state there is. */
    public R resource() {
        return after.or(() -> before).orElseThrow();
    }

    public ResourceAddress address() {
        return resource().address();
    }

    public boolean isCreate() {
        return before.isEmpty();
    }

    public boolean isDelete() {
        return after.isEmpty();
    }
}
