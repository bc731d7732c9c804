// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.EnumRule;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.RuleCall;

/** Which words the grammar has where, read from the grammar itself, so that no message lists words that it lost. */
final class GrammarWords {
    private final Grammar grammar;

    GrammarWords(Grammar grammar) {
        this.grammar = grammar;
    }

    /** Every word of the language. */
    Set<String> all() {
        return GrammarUtil.getAllKeywords(grammar);
    }

    /** The words that begin a setting of the block that a rule reads, or a declaration of the file; none for other rules. */
    Set<String> settings(String ruleName) {
        AbstractRule rule = GrammarUtil.findRuleForName(grammar, ruleName);
        Set<String> words = new LinkedHashSet<>();
        if (rule instanceof ParserRule) {
            collectRepeated(rule.getAlternatives(), words);
        }
        return words;
    }

    /** The words of an enumeration, or none where the rule is no enumeration. */
    Set<String> choices(String ruleName) {
        Set<String> words = new LinkedHashSet<>();
        if (GrammarUtil.findRuleForName(grammar, ruleName) instanceof EnumRule rule) {
            collectFirst(rule.getAlternatives(), words);
        }
        return words;
    }

    /** The words that say what a template is of. */
    Set<String> templates() {
        Set<String> words = new LinkedHashSet<>();
        for (Alternatives each :
                EcoreUtil2.getAllContentsOfType(GrammarUtil.findRuleForName(grammar, "Template"), Alternatives.class)) {
            collectFirst(each, words);
        }
        return words;
    }

    /** Whether a word is a setting that `on` or `off` may follow. */
    boolean isToggle(String word) {
        return GrammarUtil.containedRuleCalls(grammar).stream()
                .filter(call ->
                        Set.of("Toggle", "Switch").contains(call.getRule().getName()))
                .map(call -> EcoreUtil2.getContainerOfType(call, Group.class))
                .anyMatch(group -> group != null
                        && group.getElements().get(0) instanceof Keyword keyword
                        && keyword.getValue().equals(word));
    }

    /** By block rule, the settings it has. */
    Map<String, Set<String>> blocks() {
        Map<String, Set<String>> blocks = new LinkedHashMap<>();
        for (ParserRule rule : GrammarUtil.allParserRules(grammar)) {
            blocks.put(rule.getName(), settings(rule.getName()));
        }
        return blocks;
    }

    private static void collectRepeated(AbstractElement element, Set<String> words) {
        if (GrammarUtil.isMultipleCardinality(element)) {
            collectFirst(element, words);
        } else if (element instanceof RuleCall call && call.getRule() instanceof ParserRule rule && rule.isFragment()) {
            collectRepeated(rule.getAlternatives(), words);
        } else if (element instanceof Group || element instanceof Alternatives) {
            for (EObject child : element.eContents()) {
                collectRepeated((AbstractElement) child, words);
            }
        }
    }

    private static void collectFirst(AbstractElement element, Set<String> words) {
        if (element instanceof Keyword keyword) {
            if (Character.isLetter(keyword.getValue().charAt(0))) {
                words.add(keyword.getValue());
            }
        } else if (element instanceof EnumLiteralDeclaration literal) {
            words.add(literal.getLiteral().getValue());
        } else if (element instanceof RuleCall call && call.getRule() instanceof EnumRule rule) {
            collectFirst(rule.getAlternatives(), words);
        } else if (element instanceof RuleCall call && call.getRule() instanceof ParserRule rule) {
            if (!GrammarUtil.isDatatypeRule(rule) && !rule.getName().equals("Expression")) {
                collectFirst(rule.getAlternatives(), words);
            }
        } else if (element instanceof Assignment assignment) {
            collectFirst(assignment.getTerminal(), words);
        } else if (element instanceof Alternatives alternatives) {
            alternatives.getElements().forEach(each -> collectFirst(each, words));
        } else if (element instanceof Group group) {
            collectFirst(group.getElements(), words);
        }
    }

    private static void collectFirst(List<AbstractElement> sequence, Set<String> words) {
        for (AbstractElement element : sequence) {
            collectFirst(element, words);
            if (!(element instanceof Action) && !GrammarUtil.isOptionalCardinality(element)) {
                return;
            }
        }
    }
}
