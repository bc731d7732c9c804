// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

/**
 * What was found about one thing.
 *
 * @param level how bad it is
 * @param subject the thing, in a word or two
 * @param detail what about it
 * @param remedy what to do; empty where nothing has to be done
 */
public record Finding(Level level, String subject, String detail, String remedy) {
    /** How bad a finding is, from best to worst. */
    public enum Level {
        /** As it should be. */
        FINE,
        /** Good to know. */
        NOTE,
        /** Guests may not get through. */
        PROBLEM,
        /** vnetc cannot do its work without it. */
        MISSING
    }

    static Finding fine(String subject, String detail) {
        return new Finding(Level.FINE, subject, detail, "");
    }

    static Finding note(String subject, String detail, String remedy) {
        return new Finding(Level.NOTE, subject, detail, remedy);
    }

    static Finding problem(String subject, String detail, String remedy) {
        return new Finding(Level.PROBLEM, subject, detail, remedy);
    }

    static Finding missing(String subject, String detail, String remedy) {
        return new Finding(Level.MISSING, subject, detail, remedy);
    }
}
