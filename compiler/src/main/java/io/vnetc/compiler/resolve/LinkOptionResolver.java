// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.link.LinkOption;
import io.vnetc.compiler.link.LinkOption.Form;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.machine.HostLink;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Switch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How a link is set as one of its type: what the table of that type has. */
final class LinkOptionResolver {
    /** The member that a bond prefers, which is no number. */
    static final String PRIMARY = "primary";

    private static final String ARP_TARGETS = "arp-targets";
    private static final String ARP_INTERVAL = "arp-interval";
    private static final String MONITOR = "monitor";
    private static final int MOST_TARGETS = 16;
    private static final long MOST_MILLISECONDS = Integer.MAX_VALUE;

    private final Resolution resolution;

    LinkOptionResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    LinkOptions resolve(HostLink link, LinkType type) {
        Map<String, io.vnetc.dsl.machine.LinkOption> written = new HashMap<>();
        Map<String, Long> said = new TreeMap<>();
        List<IpAddress> targets = new ArrayList<>();
        for (io.vnetc.dsl.machine.LinkOption option : link.getOptions()) {
            io.vnetc.dsl.machine.LinkOption first = written.putIfAbsent(option.getName(), option);
            if (first != null) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.REPEATED_SETTING,
                                resolution.place(option),
                                "`" + option.getName() + "` is given twice")
                        .withHint("keep one of them")
                        .withRelated(resolution.place(first), "the first one is here"));
            } else if (type == LinkType.BOND && option.getName().equals(ARP_TARGETS)) {
                targets(option).forEach(targets::add);
            } else if (type != LinkType.BOND || !option.getName().equals(PRIMARY)) {
                type.option(option.getName())
                        .ifPresentOrElse(
                                known -> number(option, known).ifPresent(value -> said.put(known.name(), value)),
                                () -> unknown(option, type));
            }
        }
        if (said.getOrDefault(ARP_INTERVAL, 0L) != 0) {
            watchOnce(said, written);
        }
        LinkOptions options = LinkOptions.of(type, said, targets);
        needed(link, type, written);
        meaningless(type, said, options, written);
        arp(options, targets, written);
        return options;
    }

    /** The kernel watches the links of a bond in one of two ways. */
    private void watchOnce(Map<String, Long> said, Map<String, io.vnetc.dsl.machine.LinkOption> written) {
        if (said.getOrDefault(MONITOR, 0L) != 0) {
            wrong(
                    written.get(ARP_INTERVAL),
                    "a bond is watched by its links' carrier (`monitor`) or by ARP (`arp-interval`), not by both",
                    "remove one of them");
        }
        said.put(MONITOR, 0L);
    }

    private void needed(HostLink link, LinkType type, Map<String, io.vnetc.dsl.machine.LinkOption> written) {
        for (LinkOption option : type.options()) {
            if (option.usual().isEmpty() && !written.containsKey(option.name())) {
                resolution.error(
                        DiagnosticCode.MISSING_SETTING,
                        resolution.name(link),
                        "the " + type + " `" + link.getName() + "` has no `" + option.name() + "`",
                        "add `" + example(option) + "`");
            }
        }
    }

    private void meaningless(
            LinkType type,
            Map<String, Long> said,
            LinkOptions options,
            Map<String, io.vnetc.dsl.machine.LinkOption> written) {
        for (LinkOption option : type.options()) {
            if (said.containsKey(option.name())
                    && !options.values().containsKey(option.name())
                    && written.containsKey(option.name())) {
                LinkOption.Condition condition = option.condition().orElseThrow();
                String now = type.option(condition.option())
                        .map(other -> Optional.ofNullable(options.values().get(other.name()))
                                .map(value -> "`" + other.name() + " " + other.text(value) + "`")
                                .orElse("no `" + other.name() + "`"))
                        .orElse("");
                wrong(
                        written.get(option.name()),
                        "`" + option.name() + "` means nothing with " + now,
                        "remove it, or choose another `" + condition.option() + "`");
            }
        }
    }

    private void arp(
            LinkOptions options, List<IpAddress> targets, Map<String, io.vnetc.dsl.machine.LinkOption> written) {
        boolean asks = options.values().getOrDefault(ARP_INTERVAL, 0L) != 0;
        if (asks && targets.isEmpty() && !written.containsKey(ARP_TARGETS)) {
            wrong(
                    written.get(ARP_INTERVAL),
                    "a bond that is watched by ARP has to know whom to ask",
                    "add `arp-targets ADDRESS`");
        }
        if (!asks && written.containsKey(ARP_TARGETS)) {
            wrong(
                    written.get(ARP_TARGETS),
                    "nobody is asked by ARP without `arp-interval`",
                    "add `arp-interval 200ms`, or remove `arp-targets`");
        }
    }

    private Stream<IpAddress> targets(io.vnetc.dsl.machine.LinkOption option) {
        List<IpAddress> found = new ArrayList<>();
        for (Expression each : option.getValues()) {
            resolution.values().address(each, Optional.empty()).ifPresent(address -> {
                if (address.family() == IpFamily.IPV4) {
                    found.add(address);
                } else {
                    resolution.error(
                            DiagnosticCode.LINK_SETTING,
                            resolution.place(each),
                            "ARP asks IPv4 addresses, and " + address + " is none",
                            "name an IPv4 address of the network");
                }
            });
        }
        if (option.getValues().isEmpty() || option.getValues().size() > MOST_TARGETS) {
            wrong(option, "a bond asks 1 to " + MOST_TARGETS + " addresses", "write `arp-targets 10.0.0.1, 10.0.0.2`");
        }
        return found.stream();
    }

    private void unknown(io.vnetc.dsl.machine.LinkOption option, LinkType type) {
        List<String> names =
                type.options().stream().map(LinkOption::name).sorted().toList();
        resolution.error(
                DiagnosticCode.UNKNOWN_PROPERTY,
                resolution.place(option),
                "a " + type + " has no setting `" + option.getName() + "`",
                Similar.to(option.getName(), names)
                        .map(similar -> "did you mean `" + similar + "`?")
                        .orElseGet(() -> names.isEmpty() ? "remove it" : "choose from " + String.join(", ", names)));
    }

    private Optional<Long> number(io.vnetc.dsl.machine.LinkOption option, LinkOption known) {
        if (known.form() instanceof Form.Words words) {
            // Blanks around a plus are no part of the word.
            String word = Optional.ofNullable(option.getWord()).orElse("").replaceAll("\\s", "");
            Optional<Long> number = Optional.ofNullable(words.numbers().get(word));
            if (number.isEmpty()) {
                wrong(
                        option,
                        "`" + known.name() + "` is one of "
                                + String.join(", ", words.numbers().keySet()),
                        Similar.to(word, words.numbers().keySet())
                                .map(similar -> "did you mean `" + similar + "`?")
                                .orElse("write it as in `" + example(known) + "`"));
            }
            return number;
        }
        if (known.form() instanceof Form.Flag) {
            if (!option.getValues().isEmpty()) {
                wrong(option, "`" + known.name() + "` is `on` or `off`", "write `" + known.name() + " on`");
                return Optional.empty();
            }
            return Optional.of(option.getState() == Switch.ON ? 1L : 0L);
        }
        if (option.getValues().size() != 1) {
            wrong(option, "`" + known.name() + "` takes one value", "write it as in `" + example(known) + "`");
            return Optional.empty();
        }
        Expression value = option.getValues().get(0);
        return known.form() instanceof Form.Whole whole
                ? resolution.values().integer(value, whole.least(), whole.greatest(), "`" + known.name() + "`")
                : milliseconds(value, known);
    }

    private Optional<Long> milliseconds(Expression written, LinkOption known) {
        return resolution.values().duration(written).flatMap(time -> {
            boolean isWhole = time.toNanos() % 1_000_000 == 0 && time.toMillis() <= MOST_MILLISECONDS;
            if (!isWhole) {
                resolution.error(
                        DiagnosticCode.LINK_SETTING,
                        resolution.place(written),
                        "the kernel counts `" + known.name() + "` in whole milliseconds",
                        "write it as in `" + example(known) + "`");
            }
            return isWhole ? Optional.of(time.toMillis()) : Optional.empty();
        });
    }

    private void wrong(io.vnetc.dsl.machine.LinkOption option, String message, String hint) {
        resolution.error(DiagnosticCode.LINK_SETTING, resolution.place(option), message, hint);
    }

    private static String example(LinkOption option) {
        if (option.form() instanceof Form.Words words) {
            return option.name() + " " + words.numbers().keySet().iterator().next();
        }
        return option.name()
                + (option.form() instanceof Form.Time ? " 100ms" : option.form() instanceof Form.Flag ? " on" : " 1");
    }
}
