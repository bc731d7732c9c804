// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types of values in options and settings. */
public enum ValueType {
    ADDRESS("an address", "10.20.1.1"),
    NETWORK("a network", "10.0.0.0/8"),
    /** A network and the router that leads there. */
    WAY("a network and the router to it", "10.0.0.0/8 via 10.20.1.254"),
    /** An address and the router that leads there. */
    HOST_WAY("an address and the router to it", "10.0.0.5 via 10.20.1.254"),
    NUMBER("a number", "5"),
    NUMBER8("a number from 0 to 255", "5"),
    NUMBER16("a number from 0 to 65535", "1400"),
    NUMBER32("a number from 0 to 4294967295", "70000"),
    PORT("a port", "5353"),
    FLAG("`true` or `false`", "true"),
    /** Whole seconds. */
    TIME("a time", "30s"),
    NAME("a domain name in quotes", "\"office.example\""),
    /** A domain name that may begin with {@code *.}. */
    WILDCARD_NAME("a domain name in quotes", "\"*.apps.example\""),
    OCTETS("octets in hexadecimal, in quotes", "\"01:04:0a:ff\""),
    TEXT("a text in quotes", "\"hello\""),
    /** What clients are sorted by: a word, or several that have to hold, each perhaps turned round by a {@code !}. */
    TAGS("tags in quotes, with `+` between them and `!` for not", "\"efi+!ipxe\""),
    /** A single word that clients are sorted by. */
    TAG("a tag in quotes", "\"efi\"");

    /** The words of numbered options: {@code option 224 number16 5}. */
    private static final List<ValueType> WORDS = List.of(NUMBER8, NUMBER16, NUMBER32, FLAG, TEXT);

    private final String description;
    private final String example;

    ValueType(String description, String example) {
        this.description = description;
        this.example = example;
    }

    /** What it is, with its article. */
    public String description() {
        return description;
    }

    /** One, as it is written. */
    public String example() {
        return example;
    }

    /**
     * The type of a numbered option's values by its word.
     *
     * @return nothing where there is no such word
     */
    public static Optional<NumberedType> word(String word) {
        return switch (word) {
            case "address" -> Optional.of(new NumberedType(word, ADDRESS, false));
            case "addresses" -> Optional.of(new NumberedType(word, ADDRESS, true));
            case "names" -> Optional.of(new NumberedType(word, NAME, true));
            case "hex" -> Optional.of(new NumberedType(word, OCTETS, false));
            default ->
                WORDS.stream()
                        .filter(type -> type.word().equals(word))
                        .findFirst()
                        .map(type -> new NumberedType(word, type, false));
        };
    }

    /** All words that {@link #word} knows. */
    public static List<String> words() {
        return Arrays.asList("address", "addresses", "flag", "hex", "names", "number8", "number16", "number32", "text");
    }

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Octets of a number of this type in an option; 0 where it is no number of a fixed size. */
    public int octets() {
        return switch (this) {
            case NUMBER8, FLAG -> 1;
            case NUMBER16 -> 2;
            case NUMBER32, TIME -> 4;
            default -> 0;
        };
    }

    /** The greatest number of this type. */
    public long most() {
        return switch (this) {
            case NUMBER8 -> 0xff;
            case NUMBER16, PORT -> 0xffff;
            default -> 0xffff_ffffL;
        };
    }

    /**
     * What a numbered option holds.
     *
     * @param word that says so
     * @param type of each value
     * @param many whether there may be more than one
     */
    public record NumberedType(String word, ValueType type, boolean many) {}
}
