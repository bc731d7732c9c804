// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import java.io.IOException;

/** A system call that the kernel refused: what was wanted, in words, and the kernel's error. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    SystemCallException(String operation, Errno errno) {
        super("cannot " + operation + ": " + errno);
        this.errno = errno.number();
    }

    private SystemCallException(SystemCallException cause, String explanation) {
        super(cause.getMessage() + ": " + explanation, cause);
        this.errno = cause.errno;
    }

    /** The same, with what the error means here, where the number alone does not say it. */
    public SystemCallException explained(String explanation) {
        return new SystemCallException(this, explanation);
    }

    /** The kernel's error. */
    public Errno errno() {
        return new Errno(errno);
    }
}
