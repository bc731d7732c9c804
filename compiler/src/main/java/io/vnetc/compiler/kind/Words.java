// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.MalformedStateException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A line of words, as ip(8) prints things: first what it is about, then settings by name, always in the same order. */
final class Words {
    private final String line;
    private final Iterator<String> rest;
    private Optional<String> next = Optional.empty();

    Words(String line) {
        this.line = line;
        this.rest = List.of(line.split(" ", -1)).iterator();
        advance();
    }

    private void advance() {
        next = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    }

    /** The word that is next, as a value. */
    <T> T take(Function<String, T> parse) {
        String word = next.orElseThrow(() -> new MalformedStateException("`" + line + "` is cut short"));
        advance();
        return Read.value(word, parse);
    }

    /** Whether this word is next, which is then behind. */
    boolean skip(String word) {
        boolean is = next.filter(word::equals).isPresent();
        if (is) {
            advance();
        }
        return is;
    }

    /** The value after this word, where that is next. */
    <T> Optional<T> after(String word, Function<String, T> parse) {
        return skip(word) ? Optional.of(take(parse)) : Optional.empty();
    }

    /** The number after this word, from 0 to {@code most}; {@code absent} where that is not next. */
    long number(String word, long absent, long most) {
        long number = after(word, Long::parseUnsignedLong).orElse(absent);
        if (number < 0 || number > most) {
            throw new MalformedStateException("`" + line + "`: the " + word + " is no number from 0 to " + most);
        }
        return number;
    }

    void end() {
        next.ifPresent(word -> {
            throw new MalformedStateException("`" + line + "`: `" + word + "` means nothing there");
        });
    }
}
