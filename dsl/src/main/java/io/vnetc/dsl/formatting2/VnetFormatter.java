// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextRegionAccess;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** Lays out what an editor has open, in the same way as {@link SourceFormatter}. */
public final class VnetFormatter implements IFormatter2 {
    @Override
    public List<ITextReplacement> format(FormatterRequest request) {
        ITextRegionAccess access = request.getTextRegionAccess();
        ICompositeNode node =
                NodeModelUtils.getNode(access.regionForRootEObject().getSemanticElement());
        if (node == null || access.hasSyntaxError()) {
            return List.of();
        }
        String text = SourceFormatter.print(Pieces.of(node.getRootNode()));
        List<ITextReplacement> replacements = new ArrayList<>();
        String present = node.getRootNode().getText();
        if (!text.equals(present)) {
            replacements.add(access.getRewriter().createReplacement(0, present.length(), text));
        }
        return replacements;
    }
}
