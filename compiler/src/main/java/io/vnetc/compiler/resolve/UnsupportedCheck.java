// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Iterator;
import java.util.Set;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;

/**
 * Refuses what the language can say and nothing here can do. A setting that is read and not applied would be a promise
 * that is not kept, most of all where it would have kept guests apart.
 */
final class UnsupportedCheck {
    private static final Set<EClass> CLASSES = Set.of(Literals.ASSERTION);

    private final Resolution resolution;

    UnsupportedCheck(Resolution resolution) {
        this.resolution = resolution;
    }

    void run() {
        for (Declaration declaration : resolution.sources().declarations()) {
            check(declaration);
            if (!(declaration instanceof Template)) {
                for (Iterator<EObject> each = declaration.eAllContents(); each.hasNext(); ) {
                    check(each.next());
                }
            }
        }
    }

    private void check(EObject object) {
        if (CLASSES.contains(object.eClass())) {
            resolution.error(
                    DiagnosticCode.NOT_YET, resolution.place(object), "this cannot be applied yet", "remove it");
        }
    }
}
