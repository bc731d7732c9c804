// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.scoping.UnknownNameMessages;
import io.vnetc.dsl.scoping.WholeNames;
import io.vnetc.dsl.syntax.SyntaxErrorFacts;
import io.vnetc.dsl.syntax.VnetValueConverters;
import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.linking.ILinkingDiagnosticMessageProvider;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;

/** What the language uses in place of Xtext's own parts. */
public final class VnetRuntimeModule extends AbstractVnetRuntimeModule {
    @Override
    public Class<? extends IValueConverterService> bindIValueConverterService() {
        return VnetValueConverters.class;
    }

    /** Names have dots in them that part nothing. */
    public Class<? extends IQualifiedNameConverter> bindIQualifiedNameConverter() {
        return WholeNames.class;
    }

    /** Facts for our own words about syntax errors. */
    public Class<? extends ISyntaxErrorMessageProvider> bindISyntaxErrorMessageProvider() {
        return SyntaxErrorFacts.class;
    }

    /** Our own words about names that are not found. */
    public Class<? extends ILinkingDiagnosticMessageProvider> bindILinkingDiagnosticMessageProvider() {
        return UnknownNameMessages.class;
    }
}
