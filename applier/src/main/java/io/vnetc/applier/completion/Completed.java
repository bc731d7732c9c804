// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import java.util.List;
import java.util.stream.Collectors;

/** What a value on the command line can be. */
public sealed interface Completed {
    /** A {@code .vnet} file, any other file or a folder. */
    record File() implements Completed {}

    /** A folder. */
    record Folder() implements Completed {}

    /** A name that the source has, which {@code vnetc completion --names KIND} prints. */
    record Named(String kind) implements Completed {}

    /** A network namespace of this machine. */
    record Namespace() implements Completed {}

    /** One of a few words. */
    record OneOf(List<String> words) implements Completed {
        public OneOf {
            words = List.copyOf(words);
        }
    }

    /** Nothing that could be known. */
    record Anything() implements Completed {}

    /** The word for it in the scripts: one that a shell takes as it is. */
    default String word() {
        if (this instanceof OneOf choice) {
            return choice.words().stream().collect(Collectors.joining(",", "=", ""));
        }
        if (this instanceof Named named) {
            return "@" + named.kind();
        }
        return this instanceof File
                ? "file"
                : this instanceof Folder ? "folder" : this instanceof Namespace ? "netns" : "anything";
    }
}
