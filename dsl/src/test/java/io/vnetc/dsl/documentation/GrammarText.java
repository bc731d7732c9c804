// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.documentation;

import io.vnetc.dsl.VnetStandaloneSetup;
import io.vnetc.dsl.services.VnetGrammarAccess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CompoundElement;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.EnumRule;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.XtextFactory;

/** How the grammar's rules are written for people: `network NAME [on HOST] { … }`. */
final class GrammarText {
    private static final Grammar GRAMMAR = new VnetStandaloneSetup()
            .createInjectorAndDoEMFRegistration()
            .getInstance(VnetGrammarAccess.class)
            .getGrammar();

    /** Rules that are not spelled out where they are used. */
    private static final Map<String, String> SHORT = Map.of(
            "TemplateCall", "TEMPLATE(…)",
            "AddressLiteral", "ADDRESS",
            "Call", "FUNCTION(…)",
            "Toggle", "[on | off]",
            "Variable", "VARIABLE",
            "TemplateHead", "NAME[(TYPE PARAMETER [= DEFAULT], …)]",
            "Limit", "LIMIT …",
            "Permission", "…");

    private final Deque<String> placeholders = new ArrayDeque<>();

    private GrammarText(List<String> placeholders) {
        this.placeholders.addAll(placeholders);
    }

    static boolean has(String rule) {
        return GrammarUtil.findRuleForName(GRAMMAR, rule) instanceof ParserRule;
    }

    /** A rule as it is written; "" for one that is only a choice of settings, or of what follows a word. */
    static String syntax(String rule) {
        AbstractRule found = GrammarUtil.findRuleForName(GRAMMAR, rule);
        String text = new GrammarText(List.of()).text(found.getAlternatives());
        return found instanceof ParserRule parser
                        && (parser.isFragment() || (text.startsWith("(") && text.endsWith(")")) || text.endsWith(") …"))
                ? ""
                : text;
    }

    /** The names of rules that are blocks: which have a repeated choice of settings in them. */
    static List<String> blocks() {
        return GrammarUtil.allParserRules(GRAMMAR).stream()
                .filter(rule -> !rule.isFragment() && !settings(rule.getName()).isEmpty())
                .map(AbstractRule::getName)
                .filter(name -> !name.endsWith("Body") && !name.equals("Source") && !name.equals("Block"))
                .toList();
    }

    /** The settings of a block, by their first word; a fragment that several blocks share by its name. */
    static Map<String, AbstractElement> settings(String rule) {
        Map<String, AbstractElement> settings = new LinkedHashMap<>();
        AbstractRule found = GrammarUtil.findRuleForName(GRAMMAR, rule);
        if (isShared(found)) {
            addChoices(found.getAlternatives(), settings);
        } else {
            addRepeated(found.getAlternatives(), settings);
        }
        return settings;
    }

    private static boolean isShared(AbstractRule rule) {
        return rule instanceof ParserRule parser
                && parser.isFragment()
                && !rule.getName().endsWith("Settings");
    }

    private static void addRepeated(AbstractElement element, Map<String, AbstractElement> settings) {
        boolean operators =
                element instanceof Group group && group.getElements().get(0) instanceof Action;
        if (GrammarUtil.isMultipleCardinality(element) && !operators) {
            addChoices(element, settings);
        } else if (element instanceof RuleCall call
                && call.getRule() instanceof ParserRule rule
                && rule.isFragment()
                && rule.getName().endsWith("Settings")) {
            addRepeated(rule.getAlternatives(), settings);
        } else if (element instanceof CompoundElement compound) {
            compound.getElements().forEach(each -> addRepeated(each, settings));
        }
    }

    private static void addChoices(AbstractElement element, Map<String, AbstractElement> settings) {
        if (element instanceof Alternatives alternatives) {
            alternatives.getElements().forEach(each -> addChoices(each, settings));
        } else if (called(element) instanceof ParserRule expansion
                && expansion.getName().endsWith("Expansion")) {
            return; // Said of all blocks alike.
        } else if (called(element) instanceof ParserRule rule && rule.getAlternatives() instanceof Alternatives only) {
            if (isShared(rule)) {
                settings.put(rule.getName(), element);
            } else {
                addChoices(only, settings);
            }
        } else {
            String word = firstWord(element);
            if (!word.isEmpty()) {
                settings.put(word, element);
            }
        }
    }

    /** Whether loops (`for`) or conditions (`if`) may stand in a block. */
    static boolean mayHave(String rule, String word) {
        AbstractRule settings = GrammarUtil.findRuleForName(GRAMMAR, rule + "Settings");
        return settings != null
                && EcoreUtil2.getAllContentsOfType(settings, RuleCall.class).stream()
                        .filter(call -> call.getRule().getName().endsWith("Expansion"))
                        .flatMap(call -> EcoreUtil2.getAllContentsOfType(call.getRule(), RuleCall.class).stream())
                        .anyMatch(call ->
                                firstWord(call.getRule().getAlternatives()).equals(word));
    }

    private static AbstractRule called(AbstractElement element) {
        AbstractElement inner = element instanceof Assignment assignment ? assignment.getTerminal() : element;
        return inner instanceof RuleCall call ? call.getRule() : null;
    }

    private static String firstWord(AbstractElement element) {
        if (element instanceof Keyword keyword) {
            return Character.isLetter(keyword.getValue().charAt(0)) ? keyword.getValue() : "";
        }
        if (element instanceof Assignment assignment) {
            return firstWord(assignment.getTerminal());
        }
        if (element instanceof EnumLiteralDeclaration literal) {
            return literal.getLiteral().getValue();
        }
        if (element instanceof RuleCall call) {
            return GrammarUtil.isDatatypeRuleCall(call)
                    ? ""
                    : firstWord(call.getRule().getAlternatives());
        }
        return element instanceof CompoundElement compound
                ? compound.getElements().stream()
                        .filter(each -> !(each instanceof Action))
                        .findFirst()
                        .map(GrammarText::firstWord)
                        .orElse("")
                : "";
    }

    /**
     * A setting as it is written.
     *
     * @param placeholders what its values are, in their order; where there are none, they have the grammar's names
     */
    static String setting(AbstractElement setting, List<String> placeholders) {
        AbstractRule rule = called(setting);
        return new GrammarText(placeholders).text(rule == null ? setting : rule.getAlternatives());
    }

    private String text(AbstractElement element) {
        String once = once(element);
        if (once.isEmpty()) {
            return "";
        }
        if (GrammarUtil.isMultipleCardinality(element)) {
            return once.startsWith(", ") ? "" : once + " …";
        }
        if (!GrammarUtil.isOptionalCardinality(element) || once.equals("[on | off]")) {
            return once;
        }
        boolean choice = once.startsWith("(") && once.indexOf(')') == once.length() - 1;
        return "[" + (choice ? once.substring(1, once.length() - 1) : once) + "]";
    }

    private String once(AbstractElement element) {
        if (element instanceof Keyword keyword) {
            return keyword.getValue();
        }
        if (element instanceof EnumLiteralDeclaration literal) {
            return literal.getLiteral().getValue();
        }
        if (element instanceof Assignment assignment) {
            String value = text(assignment.getTerminal());
            return isList(assignment) ? value + ", …" : value;
        }
        if (element instanceof CrossReference reference) {
            return placeholder(reference.getType().getClassifier().getName());
        }
        if (element instanceof RuleCall call) {
            return call(call);
        }
        if (element instanceof Alternatives alternatives) {
            String choice = alternatives.getElements().stream().map(this::text).collect(Collectors.joining(" | "));
            return "(" + choice + ")";
        }
        return element instanceof Group group ? group(group) : "";
    }

    /** One that a repetition with commas follows. */
    private static boolean isList(Assignment assignment) {
        if (!(assignment.eContainer() instanceof Group group)) {
            return false;
        }
        int next = group.getElements().indexOf(assignment) + 1;
        return next < group.getElements().size()
                && group.getElements().get(next) instanceof Group repeated
                && GrammarUtil.isMultipleCardinality(repeated)
                && repeated.getElements().get(0) instanceof Keyword comma
                && comma.getValue().equals(",");
    }

    private String group(Group group) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (AbstractElement each : group.getElements()) {
            String part = inside && !isClosing(each) ? "" : text(each);
            if (part.equals("{") || part.endsWith(" {")) {
                inside = true;
                part += " …";
            } else if (isClosing(each)) {
                inside = false;
            }
            boolean tight = text.isEmpty()
                    || part.isEmpty()
                    || ",)]".indexOf(part.charAt(0)) >= 0
                    || part.startsWith("[(")
                    || part.startsWith("[[")
                    || "([".indexOf(text.charAt(text.length() - 1)) >= 0;
            text.append(tight ? "" : " ").append(part);
        }
        return text.toString();
    }

    private static boolean isClosing(AbstractElement element) {
        return element instanceof Keyword keyword && keyword.getValue().equals("}");
    }

    private String call(RuleCall call) {
        AbstractRule rule = call.getRule();
        if (SHORT.containsKey(rule.getName())) {
            return SHORT.get(rule.getName());
        }
        if (rule instanceof EnumRule) {
            String choice = ((CompoundElement) wrapped(rule.getAlternatives()))
                    .getElements().stream().map(this::once).collect(Collectors.joining(" | "));
            return choice.contains("|") ? "(" + choice + ")" : choice;
        }
        if (rule instanceof ParserRule parser
                && !GrammarUtil.isDatatypeRule(parser)
                && !rule.getName().equals("Expression")) {
            return text(rule.getAlternatives());
        }
        Assignment assignment = GrammarUtil.containingAssignment(call);
        String name = assignment == null ? rule.getName() : assignment.getFeature();
        return placeholder(rule.getName().equals("STRING") ? "\"" + name + "\"" : name);
    }

    private static AbstractElement wrapped(AbstractElement element) {
        if (element instanceof CompoundElement) {
            return element;
        }
        Group single = XtextFactory.eINSTANCE.createGroup();
        single.getElements().add(EcoreUtil2.copy(element));
        return single;
    }

    private String placeholder(String name) {
        if (!placeholders.isEmpty()) {
            return placeholders.removeFirst();
        }
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toUpperCase(Locale.ROOT);
    }
}
