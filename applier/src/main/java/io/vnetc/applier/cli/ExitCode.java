// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

/** What the command tells whoever called it. */
public enum ExitCode {
    DONE(0, "done, or nothing to do"),
    ERROR(1, "an error; nothing was touched"),
    CHANGES(2, "there are changes (only with --detailed-exitcode)"),
    SOURCE(3, "the source is wrong"),
    REFUSED(4, "refused: something is in the way that is protected, in use, or not vnetc's"),
    STALE(6, "the saved plan is stale: the host has changed since"),
    LOCKED(7, "another vnetc is at work on this host"),
    ROLLED_BACK(8, "failed and rolled back: the host is as it was"),
    INCOMPLETE(9, "failed, and the rollback is incomplete"),
    CHECKS_FAILED(11, "checks failed"),
    LACKING(12, "the host lacks something"),
    USAGE(64, "the command line is wrong"),
    BUG(70, "a bug in vnetc");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** In a few words. */
    public String meaning() {
        return meaning;
    }
}
