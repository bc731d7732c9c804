// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import java.util.Optional;

/**
 * Why a plan cannot be: something foreign is in the way, or something it needs is missing.
 *
 * @param reason foreign (exit 4) or missing (exit 1)
 * @param message what, where, why
 * @param remedy what to do
 * @param origin the place in the source that wants it
 */
public record Conflict(Reason reason, String message, String remedy, Optional<Origin> origin) {
    public enum Reason {
        FOREIGN,
        MISSING
    }
}
