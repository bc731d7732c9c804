// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.compiler.model.Origin;
import java.util.Optional;

/**
 * A resource in a host's state.
 *
 * @param resource the thing
 * @param standing whose it is
 * @param former of a borrowed resource, what it goes back to, where the ledger knows that
 * @param origin in desired state, the place in the source
 */
public record Entry(Resource resource, Standing standing, Optional<Resource> former, Optional<Origin> origin) {
    public static Entry owned(Resource resource, Origin origin) {
        return new Entry(resource, Standing.OWNED, Optional.empty(), Optional.of(origin));
    }

    public static Entry borrowed(Resource resource, Origin origin) {
        return new Entry(resource, Standing.BORROWED, Optional.empty(), Optional.of(origin));
    }

    public static Entry observed(Resource resource, Standing standing) {
        return new Entry(resource, standing, Optional.empty(), Optional.empty());
    }
}
