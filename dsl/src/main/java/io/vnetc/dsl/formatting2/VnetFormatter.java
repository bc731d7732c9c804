// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.vnet.Source;
import org.eclipse.xtext.formatting2.AbstractJavaFormatter;
import org.eclipse.xtext.formatting2.IFormattableDocument;

/** Lays a file out in the one way that `vnetc fmt` writes. */
public final class VnetFormatter extends AbstractJavaFormatter {
    /**
     * Lays out a whole file.
     *
     * @param source the file's root
     * @param document takes the changes of white space
     */
    void format(Source source, IFormattableDocument document) {
        source.getDeclarations().forEach(document::format);
    }
}
