// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.scoping.IScope;

/**
 * No names for Xtext's own linker: what a name means is known only after expansion, or by the template, loop or block
 * around it.
 */
public final class VnetScopeProvider extends AbstractVnetScopeProvider {
    @Override
    public IScope getScope(EObject context, EReference reference) {
        return IScope.NULLSCOPE;
    }
}
