// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.conversion.ValueConverterException;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;

/**
 * Text of the source to values of the syntax tree. A word or literal is itself; a string loses its quotes and has two
 * escapes, {@code \"} and {@code \\}: no other, so that no control character comes in by one.
 */
public final class VnetValueConverters implements IValueConverterService {
    private static final String STRING = "STRING";

    @Override
    public Object toValue(String string, String lexerRule, INode node) {
        if (isString(lexerRule)) {
            return unquoted(string, node);
        }
        return string != null ? string : visibleText(node);
    }

    /** The parser gives a rule's name with its grammar's before it. */
    private static boolean isString(String lexerRule) {
        return lexerRule.equals(STRING) || lexerRule.endsWith("." + STRING);
    }

    private static String visibleText(INode node) {
        StringBuilder text = new StringBuilder();
        for (ILeafNode leaf : node.getLeafNodes()) {
            if (!leaf.isHidden()) {
                text.append(leaf.getText());
            }
        }
        return text.toString();
    }

    private static String unquoted(String quoted, INode node) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                c = quoted.charAt(++i);
                if (c != '"' && c != '\\') {
                    throw new ValueConverterException("a string has no escape `\\" + c + "`", node, null);
                }
            }
            text.append(c);
        }
        return text.toString();
    }

    @Override
    public String toString(Object value, String lexerRule) {
        String text = value.toString();
        return isString(lexerRule) ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text;
    }
}
