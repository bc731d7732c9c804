// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.syntax.SyntaxErrorFacts;
import io.vnetc.dsl.syntax.VnetValueConverters;
import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;

/** What the language uses in place of Xtext's own parts. */
public final class VnetRuntimeModule extends AbstractVnetRuntimeModule {
    @Override
    public Class<? extends IValueConverterService> bindIValueConverterService() {
        return VnetValueConverters.class;
    }

    /** Facts for our own words about syntax errors. */
    public Class<? extends ISyntaxErrorMessageProvider> bindISyntaxErrorMessageProvider() {
        return SyntaxErrorFacts.class;
    }
}
