// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

/** A message that does not have the form its description promises: too short, overlong, or nested wrongly. */
public final class MessageFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, and in which message or attribute. */
    public MessageFormatException(String message) {
        super(message);
    }
}
