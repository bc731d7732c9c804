// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Source;
import java.util.Iterator;
import org.eclipse.emf.ecore.EObject;

/** All checks of the front end. */
public final class Validation {
    private Validation() {}

    /** Reports what is wrong with these trees. Names may be unbound. */
    public static void check(ParsedSources sources) {
        SettingCounts counts = new SettingCounts(sources);
        Calls calls = new Calls(sources);
        for (Source source : sources.sources()) {
            for (Iterator<EObject> each = source.eAllContents(); each.hasNext(); ) {
                EObject object = each.next();
                counts.check(object);
                if (object instanceof Call call) {
                    calls.check(call);
                }
            }
        }
        new Names(sources).check();
        new LetOrder(sources).check();
    }
}
