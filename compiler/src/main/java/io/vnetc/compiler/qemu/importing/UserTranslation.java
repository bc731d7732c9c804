// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** QEMU's own network: the NetdevUserOptions of its qapi/net.json, and what its net/slirp.c reads in them. */
final class UserTranslation {
    private static final String USUAL_IPV6_PREFIX = "fec0::";
    private static final int USUAL_IPV6_LENGTH = 64;
    private static final int LEAST_LENGTH = 4;
    private static final IpAddress ALL_BITS = IpAddress.parse("255.255.255.255");

    private static final Pattern FORWARD =
            Pattern.compile("(?:tcp)?:(?<address>[^:]+):(?<port>[0-9]{1,5})-(?<behind>.+)", Pattern.DOTALL);
    private static final Pattern SERVER =
            Pattern.compile("tcp:(?:\\[(?<six>[^\\]]+)\\]|(?<four>[^:\\[\\]]*)):(?<port>[0-9]{1,5})");

    private final Findings findings;
    private final Values values;
    private final PublishedPorts published;

    UserTranslation(Findings findings) {
        this.findings = findings;
        this.values = new Values(findings);
        this.published = new PublishedPorts(findings);
    }

    Plugged translate(Settings settings, Statement.Block nic) {
        Statement.Block user = nic.open(settings.from(), "user");
        network(settings, user);
        for (PropertyKind kind : BackendProperties.USER) {
            switch (kind.type()) {
                case FLAG -> flag(settings, kind, user);
                case ADDRESS -> addresses(settings, kind, user);
                case TEXT, NAME -> texts(settings, kind, user);
                default -> {}
            }
        }
        published.translate(settings, user);
        settings.takeAll("guestfwd").forEach(forward -> forward(settings, forward, user));
        return Plugged.PLAIN;
    }

    private void flag(Settings settings, PropertyKind kind, Statement.Block user) {
        settings.take(kind.property())
                .ifPresent(setting -> values.flag(user, settings, setting)
                        .ifPresent(on -> user.say(settings.from(setting), kind.name() + (on ? " on" : " off"))));
    }

    /** One of each family; QEMU has a word of its own for that of IPv6. */
    private void addresses(Settings settings, PropertyKind kind, Statement.Block user) {
        List<String> written = new ArrayList<>();
        Optional<From> from = Optional.empty();
        for (String word : List.of(kind.property(), "ipv6-" + kind.property())) {
            Optional<Settings.Setting> setting = settings.take(word);
            Optional<IpAddress> address =
                    setting.flatMap(each -> values.address(user, settings.from(each), each.value()));
            IpFamily family = word.equals(kind.property()) ? IpFamily.IPV4 : IpFamily.IPV6;
            if (address.isPresent() && address.get().family() != family) {
                findings.noEqual(
                        user, settings.from(setting.get()), "it is an address of the other family", "remove it");
            } else if (address.isPresent()) {
                written.add(address.get().toString());
                from = from.or(() -> setting.map(settings::from));
            }
        }
        from.ifPresent(what -> user.say(what, kind.name() + " " + String.join(", ", written)));
    }

    private void texts(Settings settings, PropertyKind kind, Statement.Block user) {
        List<Settings.Setting> given = settings.takeAll(kind.property());
        List<Settings.Setting> all =
                kind.most() > 1 || given.isEmpty() ? given : given.subList(given.size() - 1, given.size());
        List<String> texts = new ArrayList<>();
        for (Settings.Setting setting : all) {
            Optional<String> text = kind.form() instanceof PropertyKind.Form.Path
                    ? values.path(user, settings.from(setting), setting.value())
                    : values.text(user, settings.from(setting), setting.value());
            text.ifPresent(texts::add);
        }
        if (!texts.isEmpty()) {
            user.say(settings.from(all.get(0)), kind.name() + " " + String.join(", ", texts));
        }
    }

    private void network(Settings settings, Statement.Block user) {
        List<String> written = new ArrayList<>();
        Optional<Settings.Setting> four = settings.take("net", "ip");
        four.flatMap(setting -> network(settings, setting, user)).ifPresent(written::add);
        Optional<Settings.Setting> whole = settings.take("ipv6-net");
        Optional<Settings.Setting> prefix = settings.take("ipv6-prefix");
        Optional<Settings.Setting> length = settings.take("ipv6-prefixlen");
        Optional<Settings.Setting> six = whole.or(() -> prefix).or(() -> length);
        if (six.isPresent()) {
            String[] parts = whole.map(setting -> setting.value().split("/", 2)).orElseGet(() -> new String[] {
                prefix.map(Settings.Setting::value).orElse(USUAL_IPV6_PREFIX),
                length.map(Settings.Setting::value).orElse("" + USUAL_IPV6_LENGTH)
            });
            String bits = parts.length > 1 ? parts[1] : "" + USUAL_IPV6_LENGTH;
            masked(settings, six.get(), parts[0], bits, IpFamily.IPV6, user).ifPresent(written::add);
        }
        four.or(() -> six)
                .filter(any -> !written.isEmpty())
                .ifPresent(from -> user.say(settings.from(from), "network " + String.join(", ", written)));
    }

    /** With no length QEMU has one by the class of the address, which few mean. */
    private Optional<String> network(Settings settings, Settings.Setting setting, Statement.Block user) {
        String[] parts = setting.value().split("/", 2);
        if (parts.length < 2) {
            findings.noEqual(
                    user,
                    settings.from(setting),
                    "it says no length, and which one QEMU takes goes by its version",
                    "write it with a length, as in 10.0.2.0/24");
            return Optional.empty();
        }
        String bits = Values.address(parts[1]).flatMap(UserTranslation::length).orElse(parts[1]);
        return masked(settings, setting, parts[0], bits, IpFamily.IPV4, user);
    }

    /** Of a mask with dots. */
    private static Optional<String> length(IpAddress mask) {
        for (int bits = LEAST_LENGTH; bits <= IpFamily.IPV4.bits() && mask.family() == IpFamily.IPV4; bits++) {
            if (ALL_BITS.masked(bits).equals(mask)) {
                return Optional.of(Integer.toString(bits));
            }
        }
        return Optional.empty();
    }

    private Optional<String> masked(
            Settings settings,
            Settings.Setting setting,
            String base,
            String bits,
            IpFamily family,
            Statement.Block user) {
        Optional<IpAddress> address = values.address(user, settings.from(setting), base);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = bits.matches("[0-9]{1,3}")
                && Integer.parseInt(bits) <= family.bits()
                && address.get().family() == family;
        if (!fits) {
            findings.noEqual(user, settings.from(setting), "it is no network", "write ADDRESS/LENGTH");
            return Optional.empty();
        }
        int length = Integer.parseInt(bits);
        return Optional.of(address.get().masked(length) + "/" + length);
    }

    private void forward(Settings settings, Settings.Setting setting, Statement.Block user) {
        From from = settings.from(setting);
        Matcher parts = FORWARD.matcher(setting.value());
        if (!parts.matches()) {
            findings.noEqual(
                    user,
                    from,
                    "it is not `tcp:ADDRESS:PORT-…`",
                    "write it as in tcp:10.0.2.100:80-tcp:127.0.0.1:8080");
            return;
        }
        Optional<IpAddress> address = values.address(user, from, parts.group("address"));
        Optional<String> behind = behind(parts.group("behind"), from, user);
        if (address.isPresent() && behind.isPresent()) {
            user.say(
                    from,
                    "forward " + address.get() + " port " + Integer.parseInt(parts.group("port")) + " to "
                            + behind.get());
        }
    }

    private Optional<String> behind(String text, From from, Statement.Block user) {
        if (text.startsWith("cmd:")) {
            return values.text(user, from, text.substring("cmd:".length())).map(command -> "run " + command);
        }
        Matcher server = SERVER.matcher(text);
        if (!server.matches()) {
            findings.noEqual(
                    user,
                    from,
                    "what is behind it is a character device, and the language has programs and servers there",
                    "write `cmd:PROGRAM` or `tcp:ADDRESS:PORT`");
            return Optional.empty();
        }
        String host = server.group("six") == null ? server.group("four") : server.group("six");
        return values.address(user, from, host)
                .map(address -> address + " port " + Integer.parseInt(server.group("port")));
    }
}
