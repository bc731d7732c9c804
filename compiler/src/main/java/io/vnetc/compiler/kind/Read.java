// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.MalformedStateException;
import java.util.function.Function;

/** Reading values from states that were written by somebody else. */
final class Read {
    private Read() {}

    /** {@code text} as a value; a value that refuses it makes the state malformed. */
    static <T> T value(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedStateException(e.getMessage());
        }
    }

    /** {@code number} as an int from {@code least} to {@code most}. */
    static int between(String name, long number, int least, int most) {
        if (number < least || number > most) {
            throw new MalformedStateException("`" + name + "` is " + number + ", not " + least + " to " + most);
        }
        return (int) number;
    }
}
