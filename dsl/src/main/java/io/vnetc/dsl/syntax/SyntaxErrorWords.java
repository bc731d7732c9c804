// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.scoping.Similar;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Message and hint for a token that the grammar does not have at its place. */
final class SyntaxErrorWords {
    /** Rules of words of the user's, and what they are. */
    private static final Map<String, String> NAMES =
            Map.of("Name", "a name", "DomainText", "a domain name", "Account", "an account's name or number");

    private static final Map<String, String> BLOCKS = Map.ofEntries(
            Map.entry("Host", "a host"),
            Map.entry("Network", "a network"),
            Map.entry("Forward", "`forward`"),
            Map.entry("Bridge", "a bridge"),
            Map.entry("BridgeSettings", "a bridge"),
            Map.entry("Subnet", "a subnet"),
            Map.entry("Dhcp", "`dhcp`"),
            Map.entry("Reservation", "a DHCP host"),
            Map.entry("Dns", "`dns`"),
            Map.entry("Qos", "`qos`"),
            Map.entry("Limit", "a limit"),
            Map.entry("Portgroup", "a portgroup"),
            Map.entry("Pool", "a pool"),
            Map.entry("Sriov", "`sriov`"),
            Map.entry("Guest", "a vm"),
            Map.entry("Nic", "a nic"));

    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("subnet", "`subnet 10.0.1.0/24`"),
            Map.entry("gateway", "`gateway .1`"),
            Map.entry("mac", "`mac 52:54:00:12:34:56`"),
            Map.entry("address", "`address .10`"),
            Map.entry("lease", "`lease 12h`"),
            Map.entry("mtu", "`mtu 1500`"),
            Map.entry("ports", "`ports 1024..65535`"),
            Map.entry("average", "`average 100mbit`"),
            Map.entry("peak", "`peak 200mbit`"),
            Map.entry("burst", "`burst 1MiB`"),
            Map.entry("vlan", "`vlan 42`"),
            Map.entry("rate", "`rate 1gbit`"),
            Map.entry("queues", "`queues 4`"),
            Map.entry("forward-delay", "`forward-delay 2s`"),
            Map.entry("to", "`forward to 9.9.9.9`"),
            Map.entry("route", "`route 10.9.0.0/16 via .254`"),
            Map.entry("..", "`.100 .. .199`"));

    private final GrammarWords grammar;

    /**
     * What to say.
     *
     * @param wantsSomethingBefore whether something is missing before what was found
     */
    record Wording(DiagnosticCode code, String message, Optional<String> hint, boolean wantsSomethingBefore) {
        static Wording missing(String message, String hint) {
            return new Wording(DiagnosticCode.SYNTAX, message, text(hint), true);
        }

        static Wording unknown(String message, String hint) {
            return new Wording(DiagnosticCode.UNKNOWN_WORD, message, text(hint), false);
        }

        private static Optional<String> text(String hint) {
            return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
        }
    }

    SyntaxErrorWords(GrammarWords grammar) {
        this.grammar = grammar;
    }

    /**
     * Finds the words.
     *
     * @param expected the token that would have been right, as ANTLR names it, or ""
     * @param rule that was being read
     * @param object the class of the syntax tree's object there, or ""
     * @param before the last token before the error, or ""
     * @param found the token that is wrong, "" at the end of the file
     */
    Wording of(String expected, String rule, String object, String before, String found) {
        if (found.equals("=") && !expected.equals("'='") && isWord(before)) {
            return new Wording(
                    DiagnosticCode.STRAY_PUNCTUATION,
                    "there is no `=` between a setting and its value",
                    Optional.of("write `" + before + " …`"),
                    false);
        }
        if (expected.equals("EOF")) {
            return declaration(found);
        }
        if (expected.equals("'}'")) {
            return setting(rule, found);
        }
        if (NAMES.containsKey(rule) || expected.equals("RULE_WORD")) {
            return name(object, rule, before, found);
        }
        if (rule.equals("Primary") || rule.equals("Expression")) {
            return value(before, found);
        }
        Set<String> choices = grammar.choices(rule);
        if (!choices.isEmpty()) {
            return choice(choices, before, found);
        }
        if (rule.equals("Limit")) {
            return Wording.missing(
                    "expected " + oneOf(grammar.settings("Limit")) + after(before),
                    firstNonEmpty(
                            didYouMean(found, grammar.settings("Limit")),
                            "for example `" + before + " average 100mbit`"));
        }
        if (rule.equals("Assertion")) {
            return Wording.missing("expected `reaches` or `cannot reach`" + after(before), "");
        }
        if (rule.equals("Import")) {
            return Wording.missing(
                    "expected a file or a module" + after(before),
                    "write `import \"folder/file.vnet\"` or `import std.nat`");
        }
        return token(expected, before, found);
    }

    private Wording declaration(String found) {
        Set<String> declarations = grammar.settings("Source");
        if (found.equals("import")) {
            return Wording.unknown("an import stands before everything else", "move it to the top of the file");
        }
        if (!isWord(found)) {
            return Wording.unknown(
                    "`" + found + "` begins no declaration",
                    found.startsWith("/") ? "an import of a file has quotes: `import \"folder/file.vnet\"`" : "");
        }
        return Wording.unknown(
                "`" + found + "` begins no declaration",
                firstNonEmpty(
                        didYouMean(found, declarations),
                        belongsInto(found),
                        "a file has: " + String.join(", ", declarations)));
    }

    private Wording setting(String rule, String found) {
        Set<String> settings = grammar.settings(rule);
        String block = BLOCKS.getOrDefault(rule, "this");
        if (!isWord(found)) {
            return Wording.unknown(
                    "expected a setting of " + block + " or `}`, found `" + found + "`",
                    found.equals("{") ? "what stands before it has no block" : "");
        }
        return Wording.unknown(
                "`" + found + "` is not a setting of " + block,
                firstNonEmpty(
                        didYouMean(found, settings),
                        belongsInto(found),
                        block + " has: " + String.join(", ", settings)));
    }

    private Wording name(String object, String rule, String before, String found) {
        String what = NAMES.getOrDefault(rule, "a name");
        if (object.equals("Let") || before.equals("let")) {
            if (grammar.all().contains(found)) {
                return Wording.unknown(
                        "`" + found + "` is a word of the language and cannot be the name of a let",
                        "take another, such as `my-" + found + "`");
            }
        } else if (grammar.all().contains(found) && isWord(found)) {
            return Wording.unknown("`" + found + "` is a word of the language and cannot be " + what + " here", "");
        }
        String hint = found.startsWith("\"")
                ? what + " has no quotes: `" + found.replace("\"", "") + "`"
                : !found.isEmpty() && Character.isDigit(found.charAt(0)) ? "a name begins with a letter" : "";
        return Wording.missing("expected " + what + after(before), hint);
    }

    private Wording value(String before, String found) {
        String example = EXAMPLES.get(before);
        String hint = example != null
                ? "for example " + example
                : isWord(found) && grammar.all().contains(found)
                        ? "`" + found + "` is a word of the language, and no let has its name"
                        : found.equals("{") ? "the value stands before the `{`" : "";
        return Wording.missing("expected a value" + after(before), hint);
    }

    private static Wording choice(Set<String> choices, String before, String found) {
        String hint = switch (found) {
            case "yes", "true", "enabled", "1" -> choices.contains("on") ? "write `on`" : "";
            case "masquerade", "snat" -> choices.contains("nat") ? "write `nat`" : "";
            case "no", "false", "disabled", "0" -> choices.contains("off") ? "write `off`" : "";
            default -> didYouMean(found, choices);
        };
        return Wording.missing("expected " + oneOf(choices) + after(before), hint);
    }

    private static Wording token(String expected, String before, String found) {
        if (expected.equals("RULE_STRING")) {
            return Wording.missing(
                    "expected a string in double quotes" + after(before),
                    isWord(found) ? "write \"" + found + "\"" : "");
        }
        if (expected.startsWith("'")) {
            String token = expected.substring(1, expected.length() - 1);
            String hint = token.equals("{")
                    ? "the settings stand between `{` and `}`, also where there are none"
                    : token.equals(")") ? "there is a `,` between the arguments of a function" : "";
            return Wording.missing("expected `" + token + "`" + after(before), hint);
        }
        return found.isEmpty()
                ? Wording.missing("something is missing" + after(before), "")
                : new Wording(
                        DiagnosticCode.SYNTAX,
                        "`" + found + "` cannot stand" + (before.isEmpty() ? " here" : after(before)),
                        Optional.empty(),
                        false);
    }

    private String belongsInto(String word) {
        Set<String> blocks = new LinkedHashSet<>();
        grammar.blocks().forEach((rule, settings) -> {
            if (BLOCKS.containsKey(rule) && settings.contains(word)) {
                blocks.add(BLOCKS.get(rule));
            }
        });
        return blocks.isEmpty() ? "" : "`" + word + "` is a setting of " + String.join(" or ", blocks);
    }

    private static String after(String before) {
        return before.isEmpty() ? "" : " after `" + before + "`";
    }

    private static String oneOf(Set<String> words) {
        StringBuilder text = new StringBuilder();
        for (Iterator<String> each = words.iterator(); each.hasNext(); ) {
            String word = each.next();
            text.append(text.isEmpty() ? "`" : each.hasNext() ? ", `" : " or `")
                    .append(word)
                    .append('`');
        }
        return text.toString();
    }

    private static String didYouMean(String word, Iterable<String> known) {
        return Similar.to(word, known)
                .map(similar -> "did you mean `" + similar + "`?")
                .orElse("");
    }

    private static String firstNonEmpty(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
    }
}
