// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command as a shell completes it.
 *
 * @param path the words that call it, with a space between, without the program's own name: {@code import libvirt}
 * @param description on one line
 * @param options in the order of its help
 * @param places what stands where, after all options; the last one goes on for ever if {@code repeats}
 * @param repeats whether the last place takes any number of values
 * @param commands below it
 */
public record CommandWords(
        String path,
        String description,
        List<OptionWords> options,
        List<Completed> places,
        boolean repeats,
        List<CommandWords> commands) {
    public CommandWords {
        options = List.copyOf(options);
        places = List.copyOf(places);
        commands = List.copyOf(commands);
    }

    /**
     * An option.
     *
     * @param names with their dashes
     * @param description on one line
     * @param value that it takes
     */
    public record OptionWords(List<String> names, String description, Optional<Completed> value) {
        public OptionWords {
            names = List.copyOf(names);
        }
    }

    /** The last word of the path. */
    public String name() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** The command and all below it. */
    public Stream<CommandWords> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(CommandWords::all));
    }
}
