// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.value.ByteSize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Taps, and those that QEMU's bridge helper makes: the NetdevTapOptions and NetdevBridgeOptions of QEMU's qapi/net.json. */
final class TapTranslation {
    /** DEFAULT_BRIDGE_INTERFACE of QEMU's include/net/net.h. */
    private static final String USUAL_BRIDGE = "br0";

    private static final Pattern SIZE = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>[bBkKmMgG]?)");

    private final Findings findings;
    private final Diagnostics diagnostics;
    private final Values values;
    private final BridgeNetworks networks;
    private final HostKnowledge host;

    TapTranslation(Findings findings, Diagnostics diagnostics, BridgeNetworks networks, HostKnowledge host) {
        this.findings = findings;
        this.diagnostics = diagnostics;
        this.values = new Values(findings);
        this.networks = networks;
        this.host = host;
    }

    Plugged bridge(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> bridge = settings.take("br");
        String name = bridge.map(Settings.Setting::value).orElse(USUAL_BRIDGE);
        Optional<String> written = values.text(nic, bridge.map(settings::from).orElseGet(settings::from), name);
        Statement.Block block = nic.open(
                settings.from(),
                "bridge-helper " + written.map(text -> Spelling.domain(name)).orElse(USUAL_BRIDGE));
        settings.take("helper")
                .ifPresent(helper -> values.path(nic, settings.from(helper), helper.value())
                        .ifPresent(path -> block.say(settings.from(helper), "helper " + path)));
        return Plugged.PLAIN;
    }

    Plugged tap(Settings settings, Statement.Block nic) {
        if (settings.peek("helper").isPresent() || settings.peek("br").isPresent()) {
            return bridge(settings, nic);
        }
        Optional<Settings.Setting> name = settings.take("ifname");
        List<Settings.Setting> descriptors = settings.takeAll("fd", "fds");
        scripts(settings, descriptors.isEmpty());
        Optional<String> link = name.map(Settings.Setting::value)
                .filter(given -> !given.contains("%"))
                .or(() -> opened(descriptors));
        network(settings, nic, link, name.or(() -> descriptors.stream().findFirst()));
        link.ifPresent(given -> values.text(nic, name.map(settings::from).orElseGet(settings::from), given)
                .ifPresent(text ->
                        nic.say(name.map(settings::from).orElseGet(settings::from), "tap " + Spelling.name(given))));
        settings.take("sndbuf").ifPresent(size -> sendBuffer(settings, size, nic));
        boolean vhost = settings.takeAll("vhost", "vhostforce").stream()
                .anyMatch(setting -> values.flag(nic, settings, setting).orElse(false));
        // With a descriptor for it, it is on.
        boolean given = !settings.takeAll("vhostfd", "vhostfds").isEmpty();
        settings.take("poll-us")
                .filter(setting -> !setting.value().equals("0"))
                .ifPresent(polled -> findings.noEqual(
                        nic, settings.from(polled), "how long the host polls is not said", "remove it"));
        return new Plugged(queues(settings, descriptors, nic), true, vhost || given, Optional.empty());
    }

    private void network(
            Settings settings, Statement.Block nic, Optional<String> link, Optional<Settings.Setting> said) {
        Optional<String> bridge =
                link.flatMap(name -> Optional.ofNullable(host.bridges().get(name)));
        nic.say(settings.from(), "network " + networks.of(bridge, settings.from()));
        if (bridge.isEmpty()) {
            diagnostics.report(Diagnostic.warning(
                            DiagnosticCode.TO_FILL_IN,
                            said.map(Settings.Setting::place)
                                    .orElse(settings.from().place()),
                            "which bridge this tap is a port of the command line does not say")
                    .withHint("write the bridge in the place of " + BridgeNetworks.TO_FILL_IN
                            + "; `--pid` of the running guest knows it"));
        }
    }

    /** The link that a descriptor is open to. */
    private Optional<String> opened(List<Settings.Setting> descriptors) {
        return descriptors.stream()
                .flatMap(setting -> Arrays.stream(setting.value().split(":")))
                .filter(number -> number.matches("[0-9]{1,9}"))
                .flatMap(number -> Optional.ofNullable(host.links().get(Integer.parseInt(number))).stream())
                .findFirst();
    }

    private void scripts(Settings settings, boolean opens) {
        Optional<Settings.Setting> up = settings.take("script");
        Optional<Settings.Setting> down = settings.take("downscript");
        List.of(up, down)
                .forEach(
                        script -> script.filter(setting -> !setting.value().equals("no")
                                        && !setting.value().isEmpty())
                                .ifPresent(
                                        setting -> findings.note(
                                                setting.place(),
                                                "`" + settings.from(setting).path()
                                                        + "` is not taken over: vnetc makes the tap a port of its bridge, and no script does")));
        if (up.isEmpty() && opens) {
            findings.note(
                    settings.from().place(),
                    "QEMU's own script for taps, /etc/qemu-ifup, is not taken over: vnetc makes the tap a port of its bridge");
        }
    }

    private int queues(Settings settings, List<Settings.Setting> descriptors, Statement.Block nic) {
        int opened = descriptors.stream()
                .mapToInt(setting -> setting.value().split(":", -1).length)
                .max()
                .orElse(1);
        return settings.take("queues")
                .flatMap(setting -> values.number(nic, settings, setting))
                .map(number -> (int) Math.min(number, Integer.MAX_VALUE))
                .orElse(opened);
    }

    /** Of 0 bytes it has no end, which is the usual. */
    private void sendBuffer(Settings settings, Settings.Setting setting, Statement.Block nic) {
        Matcher size = SIZE.matcher(setting.value());
        if (!size.matches()) {
            findings.noEqual(nic, settings.from(setting), "it is not a size", "write it as in 1048576 or 1M");
            return;
        }
        int unit = "BKMG".indexOf(size.group("unit").toUpperCase(Locale.ROOT));
        long bytes = Long.parseLong(size.group("number"))
                << (10 * Math.max(0, size.group("unit").isEmpty() ? 0 : unit));
        if (bytes > 0) {
            nic.say(settings.from(setting), "sndbuf " + new ByteSize(bytes));
        }
    }
}
