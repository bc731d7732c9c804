// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import java.util.Map;
import java.util.Optional;

/** What speaks virtio with the guest itself: a switch that is a process, a device. */
final class SwitchTranslation {
    private final Findings findings;
    private final Values values;
    private final Map<String, Settings> chardevs;

    /**
     * @param chardevs by their identifiers
     */
    SwitchTranslation(Findings findings, Map<String, Settings> chardevs) {
        this.findings = findings;
        this.values = new Values(findings);
        this.chardevs = chardevs;
    }

    Plugged vhostUser(Settings settings, Statement.Block nic) {
        settings.takeAll("vhostforce");
        Optional<Settings.Setting> name = settings.take("chardev");
        Optional<Settings> chardev = name.flatMap(setting -> Optional.ofNullable(chardevs.get(setting.value())));
        int queues = queues(settings, nic);
        if (chardev.isEmpty()) {
            findings.noEqual(
                    nic,
                    name.map(settings::from).orElseGet(settings::from),
                    "there is no `-chardev` of that name",
                    "give the `-chardev socket,id=…` as well");
            nic.say(settings.from(), "unplugged");
            return Plugged.queues(queues);
        }
        socket(chardev.get(), settings, nic);
        return Plugged.queues(queues);
    }

    /** Whether QEMU waits when it opens it or when the card needs it makes no difference: it waits. */
    private void socket(Settings chardev, Settings settings, Statement.Block nic) {
        values.known(nic, chardev);
        Optional<Settings.Setting> backend = chardev.take("backend");
        Optional<Settings.Setting> path = chardev.take("path");
        chardev.takeAll("id", "wait");
        if (!backend.map(Settings.Setting::value).equals(Optional.of("socket")) || path.isEmpty()) {
            findings.noEqual(
                    nic,
                    chardev.from(),
                    "a switch is reached by a socket of the file system",
                    "write `socket` with a path");
            nic.say(settings.from(), "unplugged");
            return;
        }
        Optional<String> written =
                values.path(nic, chardev.from(path.get()), path.get().value());
        written.ifPresentOrElse(
                text -> {
                    Statement.Block block = nic.open(settings.from(), "vhost-user " + text);
                    chardev.take("server")
                            .ifPresent(setting -> values.flag(nic, chardev, setting)
                                    .filter(on -> on)
                                    .ifPresent(on -> block.say(chardev.from(setting), "server on")));
                    chardev.take("reconnect")
                            .flatMap(setting -> values.number(nic, chardev, setting))
                            .filter(seconds -> seconds > 0)
                            .ifPresent(seconds -> block.say(chardev.from(), "reconnect " + seconds + "s"));
                },
                () -> nic.say(settings.from(), "unplugged"));
        chardev.left()
                .forEach(setting -> findings.noEqual(
                        nic,
                        chardev.from(setting),
                        "the language has no word for it at the socket of a switch",
                        "remove it"));
    }

    Plugged vdpa(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> device = settings.take("vhostdev");
        From from = device.map(settings::from).orElseGet(settings::from);
        Optional<String> path = device.flatMap(setting -> values.path(nic, from, setting.value()));
        if (device.isEmpty()) {
            findings.noEqual(
                    nic, from, "which device it is only who starts QEMU knows", "write `vhostdev=/dev/vhost-vdpa-N`");
        }
        nic.say(from, path.map(text -> "vdpa " + text).orElse("unplugged"));
        return Plugged.queues(queues(settings, nic));
    }

    private int queues(Settings settings, Statement.Block nic) {
        return settings.take("queues")
                .flatMap(setting -> values.number(nic, settings, setting))
                .map(number -> (int) Math.min(number, Integer.MAX_VALUE))
                .orElse(1);
    }
}
