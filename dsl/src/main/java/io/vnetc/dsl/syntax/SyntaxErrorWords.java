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
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("Name", "a name"),
            Map.entry("NameText", "a name"),
            Map.entry("DomainText", "a domain name"),
            Map.entry("Account", "an account's name or number"),
            Map.entry("EndpointText", "the name of a network, portgroup, vm, nic or uplink, or an address"),
            Map.entry("IdentityText", "a value"),
            Map.entry("Variable", "the name of a variable"),
            Map.entry("TemplateCall", "the name of a template"),
            Map.entry("Silence", "the code of a warning"),
            Map.entry("Virtualport", "the type of switch"));

    /** The rules of blocks, and what the blocks are; a loop, condition or template has a rule of its own for each. */
    private static final Map<String, String> BLOCKS = Map.ofEntries(
            Map.entry("Host", "a host"),
            Map.entry("Network", "a network"),
            Map.entry("Forward", "`forward`"),
            Map.entry("Bridge", "a bridge"),
            Map.entry("Virtualport", "a virtualport"),
            Map.entry("Subnet", "a subnet"),
            Map.entry("Dhcp", "`dhcp`"),
            Map.entry("Reservation", "a DHCP host"),
            Map.entry("Dns", "`dns`"),
            Map.entry("Dnsmasq", "`dnsmasq`"),
            Map.entry("Qos", "`qos`"),
            Map.entry("Limit", "`inbound` or `outbound`"),
            Map.entry("Portgroup", "a portgroup"),
            Map.entry("Between", "`guests`"),
            Map.entry("Pool", "a pool"),
            Map.entry("Sriov", "`sriov`"),
            Map.entry("Guest", "a vm"),
            Map.entry("Nic", "a nic"),
            Map.entry("Test", "a test"));

    /** What other programs call things. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("upload", "outbound"),
            Map.entry("egress", "outbound"),
            Map.entry("download", "inbound"),
            Map.entry("ingress", "inbound"),
            Map.entry("bandwidth", "qos"),
            Map.entry("block", "deny"),
            Map.entry("drop", "deny"),
            Map.entry("reject", "deny"),
            Map.entry("accept", "allow"),
            Map.entry("permit", "allow"),
            Map.entry("expose", "publish"),
            Map.entry("port-forward", "publish"),
            Map.entry("foreach", "for"),
            Map.entry("var", "let"),
            Map.entry("const", "let"),
            Map.entry("include", "import"),
            Map.entry("interface", "nic"),
            Map.entry("guest", "vm"),
            Map.entry("range", "dhcp"),
            Map.entry("nameserver", "dns"),
            Map.entry("router", "gateway"),
            Map.entry("tag", "vlan"),
            Map.entry("ip", "address"),
            Map.entry("cable", "link"));

    private static final Set<String> YES = Set.of("yes", "true", "enabled", "enable", "1");
    private static final Set<String> NO = Set.of("no", "false", "disabled", "disable", "0");

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
            Map.entry("floor", "`floor 10mbit`"),
            Map.entry("for", "`for i in 1..3 { … }`"),
            Map.entry("dns", "`dns { forward to 9.9.9.9 }`"),
            Map.entry("in", "`for i in 1..3 { … }`"),
            Map.entry("moved", "`moved from lan`"),
            Map.entry("relay", "`relay to 10.0.9.1`"),
            Map.entry("publish", "`publish tcp 443 to web`"),
            Map.entry("virtualport", "`virtualport openvswitch`"),
            Map.entry("uuid", "`uuid 5f1e0e3a-…`"),
            Map.entry("silence", "`silence VN1601 \"the reason\"`"),
            Map.entry("model", "`model virtio`"),
            Map.entry("hostdev", "`forward hostdev fast10`"),
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
     * @param givenRule that was being read
     * @param object the class of the syntax tree's object there, or ""
     * @param before the last token before the error, or ""
     * @param beforeIsName whether that was read as a name of the user's
     * @param found the token that is wrong, "" at the end of the file
     */
    Wording of(String expected, String givenRule, String object, String before, boolean beforeIsName, String found) {
        String rule = block(givenRule);
        if (found.equals("=") && givenRule.endsWith("Condition")) {
            return Wording.missing("expected `{`" + after(before), "to compare, write `" + before + " == …`");
        }
        if (found.equals("=") && !expected.equals("'='") && !expected.equals("'<->'") && isWord(before)) {
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
            return setting(rule, before, beforeIsName, found);
        }
        Optional<Wording> special = special(rule, object, before, found);
        if (special.isPresent()) {
            return special.get();
        }
        if ((NAMES.containsKey(rule) && !expected.equals("RULE_STRING")) || expected.equals("RULE_WORD")) {
            return name(object, rule, before, found);
        }
        if (rule.equals("Primary")
                || rule.equals("Expression")
                || rule.equals("Negation")
                || rule.equals("AddressLiteral")
                || expected.equals("RULE_NUMBER_WORD")) {
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
        return token(expected, rule, before, found);
    }

    /** The rule of the block that a loop, a condition, a template's body or a fragment puts its settings into. */
    private static String block(String rule) {
        for (String ending : new String[] {"Settings", "Body", "Loop", "Condition"}) {
            if (rule.endsWith(ending) && BLOCKS.containsKey(rule.substring(0, rule.length() - ending.length()))) {
                return rule.substring(0, rule.length() - ending.length());
            }
        }
        return rule;
    }

    /** Where there is more to say than what the grammar has at the place. */
    private Optional<Wording> special(String rule, String object, String before, String found) {
        String message = switch (rule) {
            case "Template" ->
                before.equals("template")
                        ? "a name, or what it is a template of (" + String.join(", ", grammar.templates()) + "),"
                        : "";
            case "Declaration" -> before.equals("private") ? "`let` or `template`" : "";
            case "Vlan" -> before.equals("vlan") ? "a VLAN's number or `trunk`" : "";
            case "Lease" -> "a time or `infinite`";
            case "Dns" -> before.equals("dns") ? "`off` or `{`" : "";
            case "Forward" -> before.equals("hostdev") ? "the name of a pool" : "";
            case "DhcpOption" ->
                before.equals("option") ? "an option's name or number" : "the option's value, or `none`,";
            case "Permission" -> "`to` or `<->`";
            case "Expectation" ->
                before.equals("error")
                        ? "the code of a diagnostic, or a string with words of it,"
                        : "a condition, `setting` or `error`";
            case "Virtualport" -> before.equals("virtualport") ? "the type of switch" : "";
            case "DomainText" -> object.equals("Virtualport") ? "the type of switch" : "";
            default -> "";
        };
        if (rule.equals("Forward") && before.equals("forward")) {
            Set<String> modes = new LinkedHashSet<>();
            for (String each : new String[] {"ForwardMode", "MacvtapForward", "HostdevForward"}) {
                modes.addAll(grammar.choices(each));
            }
            return Optional.of(choice(modes, before, found));
        }
        if (found.equals("private")) {
            return Optional.of(Wording.unknown("only a `let` or a `template` can be `private`", ""));
        }
        if (rule.equals("ListLiteral") || rule.equals("Entry")) {
            return Optional.of(Wording.missing("a list has a `,` between its entries, and none after the last", ""));
        }
        if (rule.equals("Parameter") && (found.equals(")") || found.equals(",") || found.equals("="))) {
            return Optional.of(Wording.missing(
                    "the parameter `" + before + "` has no type before its name",
                    "write its type first, as in `network " + before + "` or `rate " + before + "`"));
        }
        if (rule.equals("Name") && object.equals("Literal")) {
            return Optional.of(Wording.missing(
                    "expected the type of the option's value" + after(before),
                    "for example `option " + before + " address 10.0.0.1`"));
        }
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(Wording.missing("expected " + message + after(before), example(before)));
    }

    private static String example(String before) {
        return EXAMPLES.containsKey(before) ? "for example " + EXAMPLES.get(before) : "";
    }

    private Wording declaration(String found) {
        Set<String> declarations = grammar.settings("Source");
        if (found.equals("import")) {
            return Wording.unknown("an import stands before everything else", "move it to the top of the file");
        }
        if (found.startsWith("else") || found.equals("elif")) {
            return Wording.unknown(
                    "`" + found + "` begins no declaration",
                    found.equals("else")
                            ? "it stands after the `}` of an `if`"
                            : "write `else { if … { } }` after the `}` of an `if`");
        }
        if (!isWord(found)) {
            return Wording.unknown(
                    "`" + found + "` begins no declaration",
                    found.startsWith("/")
                            ? "an import of a file has quotes: `import \"folder/file.vnet\"`"
                            : startsWithDigit(found) ? "ports stand after their protocol: `tcp " + found + "`" : "");
        }
        return Wording.unknown(
                "`" + found + "` begins no declaration",
                firstNonEmpty(
                        elsewhere(found, declarations),
                        didYouMean(found, declarations),
                        belongsInto(found),
                        "a file has: " + String.join(", ", declarations)));
    }

    private Wording setting(String rule, String before, boolean beforeIsName, String found) {
        Set<String> settings = grammar.settings(rule);
        String block = BLOCKS.getOrDefault(rule, "this block");
        boolean swallowed = beforeIsName && settings.contains(before);
        if (!isWord(found)) {
            return Wording.unknown(
                    "expected a setting of " + block + " or `}`, found `" + found + "`",
                    found.equals("{")
                            ? "what stands before it has no block"
                            : swallowed
                                    ? asName(before)
                                    : startsWithDigit(found) ? "a `,` stands between several" : "");
        }
        String toggle = YES.contains(found) || found.equals("on")
                ? "on"
                : NO.contains(found) || found.equals("off") ? "off" : "";
        if (!toggle.isEmpty() && isWord(before)) {
            return Wording.unknown(
                    "`" + found + "` cannot stand after `" + before + "`",
                    grammar.isToggle(before)
                            ? "write `" + before + " " + toggle + "`"
                            : "`" + before + "` stands by itself, or not at all");
        }
        return Wording.unknown(
                "`" + found + "` is not a setting of " + block,
                firstNonEmpty(
                        swallowed ? asName(before) : "",
                        elsewhere(found, settings),
                        didYouMean(found, settings),
                        belongsInto(found),
                        found.equals("use")
                                ? "it puts whole declarations into a file; a block takes over settings with `from`"
                                : "",
                        grammar.settings("Source").contains(found)
                                ? "`" + found + "` stands outside of every block"
                                : "",
                        settings.isEmpty() ? "" : block + " has: " + String.join(", ", settings)));
    }

    private static String asName(String before) {
        return "`" + before + "` was read as a name here: see what is missing before it";
    }

    private static String elsewhere(String found, Set<String> here) {
        String ours = ELSEWHERE.getOrDefault(found, "");
        return here.contains(ours) ? "here that is called `" + ours + "`" : "";
    }

    private Wording name(String object, String rule, String before, String found) {
        String what = NAMES.getOrDefault(rule, "a name");
        if (rule.equals("Silence")) {
            return Wording.missing("expected " + what + after(before), example("silence"));
        }
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
                : startsWithDigit(found)
                        ? "a name begins with a letter"
                        : found.startsWith("$") ? "a name made of values has quotes: \"${…}\"" : example(before);
        return Wording.missing("expected " + what + after(before), hint);
    }

    private Wording value(String before, String found) {
        String hint = EXAMPLES.containsKey(before)
                ? example(before)
                : found.startsWith("-")
                        ? "there are no negative numbers"
                        : found.startsWith("\"")
                                ? "without quotes: `" + found.replace("\"", "") + "`"
                                : isWord(found) && grammar.all().contains(found)
                                        ? "`" + found + "` is a word of the language, and no let has its name"
                                        : found.equals("{")
                                                ? before.equals("=")
                                                        ? "a list or a map stands between `[` and `]`"
                                                        : "the value stands before the `{`"
                                                : "";
        return Wording.missing("expected a value" + after(before), hint);
    }

    private static Wording choice(Set<String> choices, String before, String found) {
        String ours = YES.contains(found)
                ? "on"
                : NO.contains(found) ? "off" : found.equals("masquerade") || found.equals("snat") ? "nat" : "";
        String hint = choices.contains(ours)
                ? "write `" + ours + "`"
                : firstNonEmpty(didYouMean(found, choices), example(before));
        return Wording.missing("expected " + oneOf(choices) + after(before), hint);
    }

    private static Wording token(String expected, String rule, String before, String found) {
        if (expected.equals("RULE_STRING")) {
            return Wording.missing(
                    "expected a string in double quotes" + after(before),
                    isWord(found)
                            ? "write \"" + found + "\""
                            : rule.equals("Silence") ? "say why: `silence " + before + " \"…\"`" : "");
        }
        if (expected.startsWith("'")) {
            String token = expected.substring(1, expected.length() - 1);
            String hint = switch (token) {
                case "{" -> instead(rule, found);
                case ")" ->
                    rule.equals("TemplateHead")
                            ? "there is a `,` between the parameters of a template"
                            : "there is a `,` between the arguments of a function";
                case "]" -> "there is a `,` between the entries of a list";
                case "to" ->
                    rule.equals("Publication") ? example("publish") : firstNonEmpty(example(before), example("to"));
                default -> firstNonEmpty(example(before), example(token));
            };
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

    /** What to do where a block was to begin, and something else stands there. */
    private static String instead(String rule, String found) {
        return switch (found) {
            case "on", "default" -> "`" + found + "` stands before `from`";
            case "extends", "inherits", "uses" -> "here that is called `from`";
            case "if" -> "write `else { if … { } }`";
            case "<", ">", "<=", ">=", "==", "!=" -> "put two comparisons together with `and`";
            case "(" -> rule.equals("Guest") ? "several guests are `vm name[1..3] { }`" : "";
            case "blocked" -> "write `guests { blocked }`";
            default -> "the settings stand between `{` and `}`, also where there are none";
        };
    }

    private static boolean startsWithDigit(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0));
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
