// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.vnet.Condition;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Loop;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.Test;
import io.vnetc.dsl.vnet.Use;
import java.util.List;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What came out of expansion as a text: two sources that mean the same have the same. */
final class ExpandedText {
    private final Evaluator evaluator;
    private final StringBuilder text = new StringBuilder();

    private ExpandedText(ParsedSources sources) {
        this.evaluator = new Evaluator(sources);
    }

    static String of(ParsedSources sources) {
        ExpandedText result = new ExpandedText(sources);
        for (Declaration declaration : sources.declarations()) {
            if (!isUnexpanded(declaration)) {
                result.object(declaration, "");
            }
        }
        return result.text.toString();
    }

    /** Sources with an error in what is to be expanded keep it as it was written: that has no values of its own. */
    private static boolean isUnexpanded(Declaration declaration) {
        return declaration instanceof Template
                || declaration instanceof Test
                || declaration instanceof Let
                || declaration instanceof Loop
                || declaration instanceof Condition
                || declaration instanceof Use;
    }

    private void object(EObject object, String indent) {
        text.append(object.eClass().getName()).append('\n');
        for (EStructuralFeature feature : object.eClass().getEAllStructuralFeatures()) {
            if (!object.eIsSet(feature)) {
                continue;
            }
            Object value = object.eGet(feature);
            for (Object each : value instanceof List<?> many ? many : List.of(value)) {
                text.append(indent).append("  ").append(feature.getName()).append(' ');
                value(each, feature, indent + "  ");
            }
        }
    }

    private void value(Object value, EStructuralFeature feature, String indent) {
        if (value instanceof Expression expression) {
            // How a value came about is no part of it.
            text.append(evaluator
                            .evaluate(expression)
                            .map(Evaluator::shown)
                            .orElse("?")
                            .replaceFirst("^the (address|network) ", "")
                            .replaceAll("[`\"]", ""))
                    .append('\n');
        } else if (!(value instanceof EObject object)) {
            text.append(value).append('\n');
        } else if (feature instanceof EReference reference && reference.isContainment()) {
            object(object, indent);
        } else {
            text.append("→ ")
                    .append(
                            object.eIsProxy()
                                    ? "?"
                                    : object.eGet(object.eClass().getEStructuralFeature("name")))
                    .append('\n');
        }
    }
}
