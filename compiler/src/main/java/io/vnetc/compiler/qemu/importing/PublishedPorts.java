// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports of {@code hostfwd}: QEMU's slirp_hostfwd(). Those that follow one another are a range again. */
final class PublishedPorts {
    private static final Pattern FORM = Pattern.compile(
            "(?<protocol>tcp|udp|):(?<on>[^:]*):(?<port>[0-9]{1,5})-(?<target>[^:]*):(?<targetPort>[0-9]{1,5})");

    /** A range has no more here, for QEMU opens each port by itself. */
    private static final int MOST_PORTS = 1_000;

    private final Findings findings;
    private final Values values;

    PublishedPorts(Findings findings) {
        this.findings = findings;
        this.values = new Values(findings);
    }

    /**
     * A range of them.
     *
     * @param on an address, or empty for all
     * @param target an address, or empty for the guest's own
     */
    private record Published(
            String protocol, String on, int first, int last, String target, int targetPort, From from) {
        boolean goesOn(Published next) {
            return protocol.equals(next.protocol)
                    && on.equals(next.on)
                    && target.equals(next.target)
                    && next.first == last + 1
                    && next.first - first < MOST_PORTS
                    && next.targetPort == targetPort + next.first - first;
        }

        Published with(Published next) {
            return new Published(protocol, on, first, next.last, target, targetPort, from);
        }

        @Override
        public String toString() {
            String to = (target.isEmpty() ? "" : " " + target) + (targetPort == first ? "" : " port " + targetPort);
            return "publish " + protocol + " " + first + (last == first ? "" : ".." + last)
                    + (on.isEmpty() ? "" : " on " + on)
                    + (to.isEmpty() ? "" : " to" + to);
        }
    }

    void translate(Settings settings, Statement.Block user) {
        List<Published> all = new ArrayList<>();
        for (Settings.Setting setting : settings.takeAll("hostfwd")) {
            read(settings, setting, user).ifPresent(next -> {
                int previous = all.size() - 1;
                if (previous >= 0 && all.get(previous).goesOn(next)) {
                    all.set(previous, all.get(previous).with(next));
                } else {
                    all.add(next);
                }
            });
        }
        all.forEach(published -> user.say(published.from(), published.toString()));
    }

    private Optional<Published> read(Settings settings, Settings.Setting setting, Statement.Block user) {
        From from = settings.from(setting);
        Matcher parts = FORM.matcher(setting.value());
        if (!parts.matches()) {
            findings.noEqual(
                    user,
                    from,
                    "it is not `tcp:ADDRESS:PORT-ADDRESS:PORT`",
                    "write it as in tcp::2222-:22, with addresses and not names");
            return Optional.empty();
        }
        Optional<String> on = address(parts.group("on"), from, user);
        Optional<String> target = address(parts.group("target"), from, user);
        if (on.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group("port"));
        return Optional.of(new Published(
                parts.group("protocol").equals("udp") ? "udp" : "tcp",
                on.get(),
                port,
                port,
                target.get(),
                Integer.parseInt(parts.group("targetPort")),
                from));
    }

    /** The address of all is the same as none. */
    private Optional<String> address(String text, From from, Statement.Block user) {
        return text.isEmpty() || text.equals("0.0.0.0")
                ? Optional.of("")
                : values.address(user, from, text).map(Object::toString);
    }
}
