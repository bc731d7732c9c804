// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import io.vnetc.applier.completion.CommandWords.OptionWords;
import java.util.Optional;
import java.util.stream.Collectors;

/** What fish wants: a {@code complete} line for each command, option and value. */
final class FishScript {
    private final StringBuilder text = new StringBuilder();

    private FishScript() {}

    static String of(CommandWords commands) {
        return new FishScript().write(commands);
    }

    private String write(CommandWords root) {
        String paths = root.all()
                .filter(command -> !command.path().isEmpty())
                .map(command -> quoted(command.path()))
                .collect(Collectors.joining(" "));
        text.append("# Completes vnetc; made by `vnetc completion fish`.\n");
        text.append("""

                # The command that stands before the cursor, without options.
                function __vnetc_path
                    set -l found
                    for word in (commandline -opc)[2..-1]
                        contains -- (string join ' ' -- $found $word) %s; and set -a found $word
                    end
                    string join ' ' -- $found
                end

                function __vnetc_at
                    set -l path (__vnetc_path)
                    test "$path" = "$argv[1]"
                end

                complete -c vnetc -f
                """.formatted(paths));
        root.all().forEach(this::command);
        return text.toString();
    }

    private void command(CommandWords command) {
        String here = "complete -c vnetc -n " + quoted("__vnetc_at " + quoted(command.path()));
        for (CommandWords below : command.commands()) {
            line(here + " -a " + below.name() + describe(below.description()));
        }
        for (OptionWords option : command.options()) {
            line(here
                    + names(option)
                    + option.value().map(value -> " -r" + values(value)).orElse("")
                    + describe(option.description()));
        }
        // Fish knows no places: it offers what can stand in any.
        command.places().stream().distinct().forEach(place -> line(here + values(place)));
    }

    private static String names(OptionWords option) {
        return option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String values(Completed value) {
        Optional<String> choices = Optional.empty();
        if (value instanceof Completed.File || value instanceof Completed.Folder) {
            return value instanceof Completed.Folder ? " -f -a '(__fish_complete_directories)'" : " -F";
        }
        if (value instanceof Completed.Named named) {
            choices = Optional.of("(vnetc completion --names " + named.kind() + " 2>/dev/null)");
        } else if (value instanceof Completed.OneOf oneOf) {
            choices = Optional.of(String.join(" ", oneOf.words()));
        } else if (value instanceof Completed.Namespace) {
            choices = Optional.of("(ip netns list 2>/dev/null | string replace -r ' .*' '')");
        }
        return " -f" + choices.map(all -> " -a " + quoted(all)).orElse("");
    }

    private static String describe(String description) {
        return " -d " + quoted(description);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
