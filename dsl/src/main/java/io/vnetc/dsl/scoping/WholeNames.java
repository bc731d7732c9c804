// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.QualifiedName;

/** A name is one segment: the dots in it are part of it. */
public final class WholeNames implements IQualifiedNameConverter {
    @Override
    public String toString(QualifiedName name) {
        return name.getFirstSegment();
    }

    @Override
    public QualifiedName toQualifiedName(String text) {
        return QualifiedName.create(text);
    }
}
