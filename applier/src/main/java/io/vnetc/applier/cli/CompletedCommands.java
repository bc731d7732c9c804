// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.completion.CommandWords;
import io.vnetc.applier.completion.CommandWords.OptionWords;
import io.vnetc.applier.completion.Completed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line as completion wants it. What a value is, its label in the help tells: one label, one meaning. */
final class CompletedCommands {
    private CompletedCommands() {}

    static CommandWords of(CommandSpec spec) {
        return of(spec, "");
    }

    private static CommandWords of(CommandSpec spec, String path) {
        List<PositionalParamSpec> places = spec.positionalParameters();
        return new CommandWords(
                path,
                line(spec.usageMessage().description()),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(CompletedCommands::option)
                        .toList(),
                places.stream().map(place -> value(place, place.paramLabel())).toList(),
                !places.isEmpty() && places.get(places.size() - 1).arity().max() > 1,
                spec.subcommands().entrySet().stream()
                        .map(below -> below(below.getKey(), below.getValue(), path))
                        .toList());
    }

    private static CommandWords below(String name, CommandLine command, String path) {
        return of(command.getCommandSpec(), path.isEmpty() ? name : path + " " + name);
    }

    private static OptionWords option(OptionSpec option) {
        boolean takes = option.arity().max() > 0;
        return new OptionWords(
                Arrays.asList(option.names()),
                line(option.description()),
                takes
                        ? Optional.of(value(option, option.longestName() + " " + option.paramLabel()))
                        : Optional.empty());
    }

    private static Completed value(ArgSpec argument, String label) {
        if (argument.completionCandidates() != null) {
            return new Completed.OneOf(
                    StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                            .map(word -> word.toLowerCase(Locale.ROOT))
                            .toList());
        }
        return switch (label.replaceAll("[<>]", "")) {
            case "PATH", "FILE", "-o FILE", "--against FILE" -> new Completed.File();
            case "--host NAME" -> new Completed.Named("host");
            case "--network NAME" -> new Completed.Named("network");
            case "--netns NAME" -> new Completed.Namespace();
            case "VM", "--vm NAME" -> new Completed.Named("vm");
            case "NETWORK" -> new Completed.Named("network");
            default ->
                label.endsWith(" DIR")
                        ? new Completed.Folder()
                        : label.endsWith(" FILE") ? new Completed.File() : new Completed.Anything();
        };
    }

    private static String line(String[] text) {
        return String.join(" ", text).replaceAll("%n|\\s+", " ").strip();
    }
}
