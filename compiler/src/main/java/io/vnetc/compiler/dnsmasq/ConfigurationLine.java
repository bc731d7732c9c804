// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.dnsmasq.SettingKind.Form;
import io.vnetc.compiler.dnsmasq.SettingKind.Part;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.DnsmasqSetting;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of dnsmasq's configuration. Every value stays within its place: texts are in quotes, all else has no comma. */
public final class ConfigurationLine {
    /** dnsmasq reads 1024 characters at once; what is behind them would be a line of its own. */
    public static final int MOST_BYTES = 1000;

    private ConfigurationLine() {}

    /**
     * Between quotes, where nothing is a separator or a comment.
     *
     * @throws IllegalArgumentException when it holds a control character, or the end of a line
     */
    public static String quoted(String value) {
        if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException("a control character in a value for dnsmasq");
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether dnsmasq reads it whole. */
    public static boolean fits(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /** The line of a setting. */
    public static String of(DnsmasqSetting setting) {
        SettingKind kind = Settings.named(setting.name())
                .orElseThrow(() -> new IllegalArgumentException("no setting of dnsmasq: " + setting.name()));
        String values = kind.form() == Form.SLASHES ? slashes(setting) : list(kind, setting);
        return kind.option() + (values.isEmpty() ? "" : "=" + values);
    }

    private static String slashes(DnsmasqSetting setting) {
        StringBuilder text = new StringBuilder("/");
        for (OptionValue value : setting.values()) {
            text.append(value(value)).append(value instanceof OptionValue.Name ? "/" : "");
        }
        return text.toString();
    }

    private static String list(SettingKind kind, DnsmasqSetting setting) {
        List<String> items = new ArrayList<>();
        List<String> constants = new ArrayList<>();
        int next = 0;
        for (Part part : kind.parts()) {
            if (part instanceof Part.Constant constant) {
                constants.add(constant.text());
                continue;
            }
            Part.Values values = (Part.Values) part;
            for (int i = 0; i < values.most() && next < setting.values().size(); i++) {
                OptionValue value = setting.values().get(next);
                if (i >= values.least() && !fits(value, values.type())) {
                    break;
                }
                items.addAll(constants);
                constants.clear();
                items.add(value(value, values.type()));
                next++;
            }
        }
        if (items.isEmpty()) {
            items.addAll(constants);
        }
        return String.join(",", items);
    }

    /** Of values in a row, where the next part begins. */
    private static boolean fits(OptionValue value, ValueType type) {
        return switch (type) {
            case NAME -> value instanceof OptionValue.Name;
            case ADDRESS -> value instanceof OptionValue.Address;
            case NETWORK -> value instanceof OptionValue.Network;
            default -> true;
        };
    }

    private static String value(OptionValue value, ValueType type) {
        if (value instanceof OptionValue.Text text) {
            return switch (type) {
                case TAG -> "set:" + text.text();
                case TAGS ->
                    List.of(text.text().split("\\+", -1)).stream()
                            .map(tag -> "tag:" + tag)
                            .collect(Collectors.joining(","));
                case WILDCARD_NAME -> text.text();
                default -> quoted(text.text());
            };
        }
        return value(value);
    }

    private static String value(OptionValue value) {
        if (value instanceof OptionValue.Address known) {
            return known.address().toString();
        } else if (value instanceof OptionValue.Network known) {
            return known.network().toString();
        } else if (value instanceof OptionValue.Whole known) {
            return Long.toString(known.number());
        } else if (value instanceof OptionValue.Time known) {
            return Long.toString(known.duration().toSeconds());
        } else if (value instanceof OptionValue.Name known) {
            return known.name().text();
        } else if (value instanceof OptionValue.Octets known) {
            return known.text();
        } else if (value instanceof OptionValue.Text known) {
            return quoted(known.text());
        }
        throw new IllegalArgumentException("no value of a setting: " + value);
    }

    /**
     * The line of a DHCP option.
     *
     * @param tag of the clients that get it; empty: all
     */
    public static String of(Dhcp.Option option, IpFamily family, String tag) {
        boolean known = DhcpOptions.numbered(option.number(), family).isPresent();
        String values = !known && !option.values().isEmpty() && option.values().get(0) instanceof OptionValue.Name
                ? names(option.values())
                : option.values().stream()
                        .map(value -> optionValue(value, option.number(), family))
                        .collect(Collectors.joining(","));
        return "dhcp-option=" + (tag.isEmpty() ? "" : "tag:" + tag + ",")
                + (family == IpFamily.IPV6 ? "option6:" : "") + option.number()
                + (values.isEmpty() ? "" : "," + values);
    }

    /** As a message has them (RFC 1035 section 3.1): dnsmasq does so by itself only where it knows the option. */
    private static String names(List<OptionValue> names) {
        List<String> octets = new ArrayList<>();
        for (OptionValue value : names) {
            for (String label : ((OptionValue.Name) value).name().text().split("\\.", -1)) {
                octets.add(String.format("%02x", label.length()));
                label.chars().forEach(c -> octets.add(String.format("%02x", c)));
            }
            octets.add("00");
        }
        return String.join(":", octets);
    }

    private static String optionValue(OptionValue value, int number, IpFamily family) {
        if (value instanceof OptionValue.Address known) {
            return bracketed(known.address());
        } else if (value instanceof OptionValue.Way way) {
            // Of option 33 dnsmasq takes pairs of addresses, of 121 and 249 prefixes.
            String destination = DhcpOptions.numbered(number, family)
                            .filter(kind -> kind.type() == ValueType.HOST_WAY)
                            .isPresent()
                    ? way.destination().base().toString()
                    : way.destination().toString();
            return destination + "," + way.gateway();
        } else if (value instanceof OptionValue.Flag flag) {
            return octets(flag.on() ? 1 : 0, 1);
        } else if (value instanceof OptionValue.Whole known) {
            return octets(known.number(), known.octets());
        } else if (value instanceof OptionValue.Time known) {
            return octets(known.duration().toSeconds(), 4);
        } else if (value instanceof OptionValue.Octets known) {
            return known.text().contains(":") ? known.text() : Integer.parseInt(known.text(), 16) + "b";
        }
        return value(value);
    }

    /** With the letter of its size; what is more than 31 bits, which dnsmasq reads with a sign, in hexadecimal. */
    private static String octets(long number, int octets) {
        if (number <= Integer.MAX_VALUE) {
            return number + (octets == 1 ? "b" : octets == 2 ? "s" : "i");
        }
        return String.format(
                "%02x:%02x:%02x:%02x", number >>> 24, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
    }

    private static String bracketed(IpAddress address) {
        return address.family() == IpFamily.IPV4 ? address.toString() : "[" + address + "]";
    }
}
