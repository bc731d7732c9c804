// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import java.util.List;
import java.util.Map;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.scoping.IScope;

/** Which names a reference may mean: a look into {@link Declarations}, without an index of descriptions beside it. */
public final class VnetScopeProvider extends AbstractVnetScopeProvider {
    @Override
    public IScope getScope(EObject context, EReference reference) {
        return new MapScope(Declarations.seenFrom(context).candidates(context, reference));
    }

    private record MapScope(Map<String, ? extends EObject> byName) implements IScope {
        @Override
        public IEObjectDescription getSingleElement(QualifiedName name) {
            EObject found = byName.get(name.getFirstSegment());
            return found == null ? null : EObjectDescription.create(name, found);
        }

        @Override
        public Iterable<IEObjectDescription> getElements(QualifiedName name) {
            IEObjectDescription single = getSingleElement(name);
            return single == null ? List.of() : List.of(single);
        }

        @Override
        public IEObjectDescription getSingleElement(EObject object) {
            return byName.entrySet().stream()
                    .filter(entry -> entry.getValue() == object)
                    .findFirst()
                    .map(entry -> EObjectDescription.create(QualifiedName.create(entry.getKey()), object))
                    .orElse(null);
        }

        @Override
        public Iterable<IEObjectDescription> getElements(EObject object) {
            IEObjectDescription single = getSingleElement(object);
            return single == null ? List.of() : List.of(single);
        }

        @Override
        public Iterable<IEObjectDescription> getAllElements() {
            return byName.entrySet().stream()
                    .map(entry -> EObjectDescription.create(QualifiedName.create(entry.getKey()), entry.getValue()))
                    .toList();
        }
    }
}
