// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A value of a DHCP option, or of a setting of dnsmasq. */
public sealed interface OptionValue {
    /** An address of the option's family. */
    record Address(IpAddress address) implements OptionValue {}

    /** Addresses that begin alike. */
    record Network(Cidr network) implements OptionValue {}

    /** Where to send what is for a destination (RFC 3442). */
    record Way(Cidr destination, IpAddress gateway) implements OptionValue {}

    /**
     * A whole number.
     *
     * @param octets that it takes in an option: 1, 2 or 4; 0 where it is no option's
     */
    record Whole(long number, int octets) implements OptionValue {}

    /** Yes or no. */
    record Flag(boolean on) implements OptionValue {}

    /** A time in whole seconds. */
    record Time(Duration duration) implements OptionValue {}

    /** A name in the DNS. */
    record Name(DomainName name) implements OptionValue {}

    /** Octets as they are, in pairs of lower-case hexadecimal digits with colons between them. */
    record Octets(String text) implements OptionValue {
        public Octets {
            if (!text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){0,254}")) {
                throw new IllegalArgumentException("not octets: " + text);
            }
        }
    }

    /** Printable characters, 1 to 255 bytes of UTF-8. */
    record Text(String text) implements OptionValue {
        private static final int MOST_BYTES = 255;

        public Text {
            if (!isText(text)) {
                throw new IllegalArgumentException("not a text for dnsmasq");
            }
        }

        /** Whether this may be one: long enough, short enough, and every character of it is printed. */
        public static boolean isText(String text) {
            return !text.isEmpty()
                    && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                    && text.codePoints().allMatch(Text::isPrinted);
        }

        private static boolean isPrinted(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> false;
                default -> true;
            };
        }
    }
}
