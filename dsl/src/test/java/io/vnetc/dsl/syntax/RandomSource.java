// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import io.vnetc.dsl.VnetStandaloneSetup;
import io.vnetc.dsl.services.VnetGrammarAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CompoundElement;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.TerminalRule;

/**
 * Sources that the parser takes, made by a walk through the grammar: what is new in the language is in them by itself. What
 * they say need not make sense.
 */
public final class RandomSource {
    private static final Grammar GRAMMAR = new VnetStandaloneSetup()
            .createInjectorAndDoEMFRegistration()
            .getInstance(VnetGrammarAccess.class)
            .getGrammar();
    private static final int DEEPEST = 40;
    private static final Map<String, List<String>> TERMINALS = Map.of(
            "WORD", List.of("a", "office", "lan-1", "web.eth0", "_x", "vbr-office", "lab.subnet", "x9"),
            "NUMBER_WORD",
                    List.of("1", "42", "10.0.0.0/24", "10.0.0.1", "100mbit", "12h", "1..9", "52:54:00:00:00:01", "8%"),
            "COLON_WORD", List.of("::1", "fd00:1::/64", "::", "fe:54:00:00:00:01"),
            "HOST_WORD", List.of(".1", ".199"),
            "STRING", List.of("\"\"", "\"a b\"", "\"${a}-x\"", "\"\\\"{ // /* \\\\\"", "\"é…\""));
    private static final List<String> GAPS =
            List.of(" ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\r\n", " // said\n", "// {\r\n", " /* why */ ");
    private static final List<String> RARE_GAPS = List.of(
            "\n/** Doc.\n * More. */\n", "/* a\n\n      b */", "\n// own line\n\n// another\n", "/**/", " /*\t*/\n");

    private final Map<AbstractRule, Integer> heights = new HashMap<>();
    private final Random random;
    private final List<String> tokens = new ArrayList<>();
    private int budget;

    private RandomSource(Random random, int budget) {
        this.random = random;
        this.budget = budget;
        settleHeights();
    }

    /** The tokens of a source of about that many. */
    public static List<String> tokens(Random random, int about) {
        RandomSource source = new RandomSource(random, about);
        source.rule(GrammarUtil.findRuleForName(GRAMMAR, "Source"), 0);
        return source.tokens;
    }

    /** Tokens with a space between them. */
    public static String plain(List<String> tokens) {
        return String.join(" ", tokens);
    }

    /** Tokens with all kinds of white space and comments between them, none where they do not need any. */
    public static String untidy(List<String> tokens, Random random) {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (String token : tokens) {
            boolean needed = !before.isEmpty() && !isPunctuation(before) && !isPunctuation(token);
            String gap = gap(random, needed);
            // A number would take the slash for its own, as in 10.0.0.0/8.
            boolean swallowed = gap.startsWith("/") && !before.isEmpty() && !isPunctuation(before);
            text.append(swallowed ? " " : "").append(gap).append(token);
            before = token;
        }
        return text.append("\n").append(gap(random, false)).toString();
    }

    private static boolean isPunctuation(String token) {
        return token.length() == 1 && "{}()[],".contains(token);
    }

    private static String gap(Random random, boolean needed) {
        int kind = random.nextInt(20);
        if (kind < 8) {
            return needed || kind < 4 ? " " : "";
        }
        List<String> gaps = kind < 17 ? GAPS : RARE_GAPS;
        return gaps.get(random.nextInt(gaps.size()));
    }

    private void rule(AbstractRule rule, int depth) {
        if (rule instanceof TerminalRule) {
            List<String> words = TERMINALS.get(rule.getName());
            tokens.add(words.get(random.nextInt(words.size())));
        } else {
            element(rule.getAlternatives(), depth + 1);
        }
    }

    /** An element as often as it may stand. */
    private void element(AbstractElement element, int depth) {
        boolean optional = GrammarUtil.isOptionalCardinality(element);
        boolean many = GrammarUtil.isMultipleCardinality(element);
        int times = optional && (isOver(depth) || random.nextInt(many ? 4 : 2) == 0)
                ? 0
                : many && !isOver(depth) ? 1 + random.nextInt(4) : 1;
        for (int i = 0; i < times; i++) {
            once(element, depth);
        }
    }

    private boolean isOver(int depth) {
        return budget < tokens.size() || depth > DEEPEST;
    }

    private void once(AbstractElement element, int depth) {
        if (element instanceof Keyword keyword) {
            tokens.add(keyword.getValue());
        } else if (element instanceof EnumLiteralDeclaration literal) {
            tokens.add(literal.getLiteral().getValue());
        } else if (element instanceof RuleCall call) {
            rule(call.getRule(), depth);
        } else if (element instanceof Assignment assignment) {
            element(assignment.getTerminal(), depth);
        } else if (element instanceof CrossReference reference) {
            element(reference.getTerminal(), depth);
        } else if (element instanceof Alternatives alternatives) {
            element(choice(alternatives, depth), depth);
        } else if (element instanceof CompoundElement group) {
            group.getElements().forEach(each -> element(each, depth));
        }
    }

    private AbstractElement choice(Alternatives alternatives, int depth) {
        List<AbstractElement> all = alternatives.getElements();
        AbstractElement lowest = all.get(0);
        for (AbstractElement each : all) {
            lowest = height(each) < height(lowest) ? each : lowest;
        }
        // Of a name, mostly a word of the user's.
        boolean name = GrammarUtil.containingRule(alternatives).getName().equals("Name") && random.nextInt(10) > 0;
        return isOver(depth) || name ? lowest : all.get(random.nextInt(all.size()));
    }

    /** How deep the shortest thing of each rule is: where a walk has to end, it takes the way that does. */
    private void settleHeights() {
        boolean settled = false;
        while (!settled) {
            settled = true;
            for (AbstractRule rule : GrammarUtil.allRules(GRAMMAR)) {
                int height = rule instanceof TerminalRule ? 0 : 1 + height(rule.getAlternatives());
                if (height < heights.getOrDefault(rule, 1_000)) {
                    heights.put(rule, height);
                    settled = false;
                }
            }
        }
    }

    private int height(AbstractElement element) {
        if (GrammarUtil.isOptionalCardinality(element)
                || element instanceof Keyword
                || element instanceof EnumLiteralDeclaration
                || element instanceof Action) {
            return 0;
        }
        if (element instanceof RuleCall call) {
            return heights.getOrDefault(call.getRule(), 1_000);
        }
        if (element instanceof Assignment assignment) {
            return height(assignment.getTerminal());
        }
        if (element instanceof CrossReference reference) {
            return height(reference.getTerminal());
        }
        CompoundElement compound = (CompoundElement) element;
        return element instanceof Alternatives
                ? compound.getElements().stream().mapToInt(this::height).min().orElse(0)
                : compound.getElements().stream().mapToInt(this::height).max().orElse(0);
    }
}
