// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.io.Serial;

/** A text that is no XML, or XML that is refused. */
public final class XmlException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SourceRange place;
    private final String hint;

    XmlException(String message, SourceRange place, String hint) {
        super(message);
        this.place = place;
        this.hint = hint;
    }

    /** Where it was found. */
    public SourceRange place() {
        return place;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
