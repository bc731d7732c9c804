// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

/** A saved state or plan that is not one: cut short, edited, or of another version. */
public final class MalformedStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedStateException(String message) {
        super(message);
    }
}
