// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qmp;

/** A QEMU that is not there, does not answer, answers what is no QMP, or does not do what it is told. */
public final class QmpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** Nobody listens: it does not run. */
        ABSENT,
        /** Somebody listens, and does not answer as QEMU does, or not in time. */
        SILENT,
        /** The connection ended in the middle. */
        ENDED,
        /** It answered that it will not. */
        REFUSED
    }

    private final Reason reason;

    QmpException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    QmpException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
