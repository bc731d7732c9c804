// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import java.util.Optional;

/**
 * Why a plan cannot be: something foreign is in the way, something it needs is missing, the kernel lacks it, or it would
 * do what has to be said first.
 *
 * @param reason foreign, protected or held (exit 4), missing (exit 1) or lacking (exit 12)
 * @param message what, where, why
 * @param remedy what to do
 * @param origin the place in the source that wants it
 */
public record Conflict(Reason reason, String message, String remedy, Optional<Origin> origin) {
    public enum Reason {
        FOREIGN,
        /** Somebody can make it, or correct its name. */
        MISSING,
        /** This kernel does not have it. */
        LACKING,
        /** What is protected would go. */
        PROTECTED,
        /** What a running guest holds would have to be made again. */
        HELD
    }
}
