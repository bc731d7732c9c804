// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import java.util.List;
import java.util.Optional;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** The comment {@code /** … *}{@code /} right before something. */
final class Documentation {
    private Documentation() {}

    /** Its text, without what frames it; nothing where there is no such comment. */
    static Optional<String> before(INode node, String text) {
        int end = node.getOffset();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end < 5 || !text.startsWith("*/", end - 2)) {
            return Optional.empty();
        }
        ILeafNode comment = NodeModelUtils.findLeafNodeAtOffset(node.getRootNode(), end - 1);
        return comment == null || !comment.getText().startsWith("/**") || comment.getLength() < 5
                ? Optional.empty()
                : Optional.of(unframed(comment.getText())).filter(words -> !words.isEmpty());
    }

    private static String unframed(String comment) {
        List<String> lines = comment.substring(3, comment.length() - 2)
                .lines()
                .map(String::strip)
                .map(line -> line.startsWith("* ") ? line.substring(2) : line.equals("*") ? "" : line)
                .toList();
        return String.join("\n", lines).strip();
    }
}
