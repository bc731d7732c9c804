// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.literal;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.Duid;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import java.util.Optional;

/** The kinds of literals, with what a person calls them. */
enum LiteralKind {
    NUMBER("a number", "42", DiagnosticCode.WRONG_LITERAL),
    RATE("a rate", "10mbit", DiagnosticCode.WRONG_LITERAL),
    SIZE("a size", "5MiB", DiagnosticCode.WRONG_LITERAL),
    TIME("a time", "12h", DiagnosticCode.WRONG_LITERAL),
    MAC("a MAC address", "52:54:00:12:34:56", DiagnosticCode.BAD_MAC),
    NETWORK("a network", "10.0.1.0/24", DiagnosticCode.BAD_ADDRESS),
    INTERFACE_ADDRESS("an address with a prefix", "10.0.1.5/24", DiagnosticCode.BAD_ADDRESS),
    ADDRESS("an address", "10.0.1.5", DiagnosticCode.BAD_ADDRESS),
    DUID("a DUID", "00:01:00:01:2a:3b:4c:5d:52:54:00:12:34:56", DiagnosticCode.WRONG_LITERAL);

    private final String label;
    private final String example;
    private final DiagnosticCode code;

    LiteralKind(String label, String example, DiagnosticCode code) {
        this.label = label;
        this.example = example;
        this.code = code;
    }

    private Object parse(String text) {
        return switch (this) {
            case NUMBER -> number(text);
            case RATE -> Rate.parse(text);
            case SIZE -> ByteSize.parse(text);
            case TIME -> Durations.parse(text);
            case MAC -> MacAddress.parse(text);
            case NETWORK -> Cidr.parse(text);
            case INTERFACE_ADDRESS -> InterfaceAddress.parse(text);
            case ADDRESS -> IpAddress.parse(text);
            case DUID -> Duid.parse(text);
        };
    }

    private static Long number(String text) {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new LiteralException("`" + text + "` is not a number");
        }
        return Long.valueOf(text);
    }

    /** With its article, as in "a rate". */
    String label() {
        return label;
    }

    String example() {
        return example;
    }

    /** Of a text that is meant to be of this kind and is wrong in itself. */
    DiagnosticCode code() {
        return code;
    }

    /** What a text is, in words, where it is some literal. */
    static Optional<String> describe(String text) {
        for (LiteralKind kind : values()) {
            if (kind == DUID) {
                continue; // a MAC address with a pair too many or too few looks like one
            }
            try {
                return Optional.of(kind.parse(text)).map(value -> kind.label);
            } catch (LiteralException e) {
                // not of this kind
            }
        }
        if (text.contains("..")) {
            return Optional.of("a range");
        }
        return text.startsWith(".") ? Optional.of("a host part") : Optional.empty();
    }
}
