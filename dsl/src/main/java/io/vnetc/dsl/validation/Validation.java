// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.vnet.Declaration;
import java.util.Iterator;
import org.eclipse.emf.ecore.EObject;

/** What is checked once all is expanded and bound. */
public final class Validation {
    private Validation() {}

    /** Reports what is wrong with what came out of expansion; what stands in the source itself was surveyed before. */
    public static void check(ParsedSources sources) {
        SettingCounts counts = new SettingCounts(sources);
        for (Declaration declaration : sources.declarations()) {
            if (sources.copies().isCopy(declaration)) {
                counts.check(declaration);
                for (Iterator<EObject> each = declaration.eAllContents(); each.hasNext(); ) {
                    counts.check(each.next());
                }
            }
        }
        new Names(sources).check();
    }
}
