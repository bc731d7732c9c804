// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.qemu.CardProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a card is set, by the same tables that the arguments are made from. */
final class CardTranslation {
    private static final QemuVersion IGB = new QemuVersion(8, 0, 0);

    /** Of a place on a PCI bus: hexadecimal, as set_pci_devfn() of QEMU's hw/core/qdev-properties-system.c reads it. */
    private static final Pattern PLACE =
            Pattern.compile("(?:0x)?(?<slot>[0-9a-fA-F]{1,2})(?:\\.(?:0x)?(?<function>[0-7]))?");

    /** These are put together, or turned into another type. */
    private static final Set<String> OWN_WAY = Set.of(
            CardProperties.SLOT,
            CardProperties.FUNCTION,
            CardProperties.ROM,
            CardProperties.ROM_BAR,
            CardProperties.ROM_FILE);

    private static final int FUNCTION_BITS = 3;

    private final Findings findings;
    private final Values values;
    private final NeededVersion version;

    CardTranslation(Findings findings, NeededVersion version) {
        this.findings = findings;
        this.values = new Values(findings);
        this.version = version;
    }

    /**
     * Says in a NIC how its card is.
     *
     * @param driver QEMU's name of it
     * @param plugged what is on the other side
     */
    void emulated(Settings settings, CardModel driver, Plugged plugged, Statement.Block nic) {
        CardModel model = revision(settings, driver);
        if (model == CardModel.IGB) {
            version.atLeast(IGB);
        }
        queues(settings, plugged, model, nic);
        vhost(plugged, model, nic, settings.from());
        mac(settings, nic);
        if (model.isVirtio()) {
            settings.take("host_mtu")
                    .flatMap(setting -> values.number(nic, settings, setting))
                    .filter(bytes -> bytes > 0)
                    .ifPresent(bytes -> nic.say(settings.from(), "mtu " + bytes));
        }
        String head = model == CardModel.VIRTIO ? "device" : "device " + model.word();
        Statement.Block device = new Statement.Block(head, settings.from());
        properties(settings, CardProperties.of(model), device, nic);
        if (model != CardModel.VIRTIO || !device.isEmpty()) {
            nic.add(device);
        }
    }

    /** Says in a NIC how a device of the host is set, which is the card itself. */
    void given(Settings settings, boolean usb, Statement.Block nic) {
        Statement.Block device = new Statement.Block("device", settings.from());
        properties(settings, usb ? CardProperties.ofUsbDevice() : CardProperties.ofPciDevice(), device, nic);
        if (!device.isEmpty()) {
            nic.add(device);
        }
    }

    /** Which virtio it speaks is a device of its own, or a setting of the one that speaks both. */
    private static CardModel revision(Settings settings, CardModel driver) {
        Optional<Boolean> legacy = settings.peek("disable-legacy").flatMap(Settings.Setting::flag);
        Optional<Boolean> modern = settings.peek("disable-modern").flatMap(Settings.Setting::flag);
        boolean both = modern.equals(Optional.of(false)) || modern.isEmpty();
        if (driver != CardModel.VIRTIO || legacy.isEmpty() || !both) {
            return driver;
        }
        settings.takeAll("disable-legacy", "disable-modern");
        return legacy.get() ? CardModel.VIRTIO_NON_TRANSITIONAL : CardModel.VIRTIO_TRANSITIONAL;
    }

    private void queues(Settings settings, Plugged plugged, CardModel model, Statement.Block nic) {
        Optional<Settings.Setting> several = model.isVirtio() ? settings.take("mq") : Optional.empty();
        boolean on =
                several.flatMap(setting -> values.flag(nic, settings, setting)).orElse(false);
        if (plugged.queues() > 1 && !on) {
            findings.noEqual(
                    nic,
                    settings.from(),
                    "it is plugged in with " + plugged.queues() + " queues, and uses one of them",
                    model.isVirtio() ? "write `mq=on`, or remove `queues`" : "remove `queues`");
            return;
        }
        if (plugged.queues() > 1) {
            nic.say(settings.from(), "queues " + plugged.queues());
            // As many as follow from the queues are nothing to say.
            settings.peek("vectors")
                    .flatMap(Settings.Setting::number)
                    .filter(vectors -> vectors == 2L * plugged.queues() + 2)
                    .ifPresent(same -> settings.takeAll("vectors"));
        } else if (on) {
            findings.note(
                    several.orElseThrow().place(),
                    "`" + settings.from(several.get()).path() + "` says nothing of a card with one queue");
        }
    }

    /** Off where it was not asked for, for by itself it is on wherever the host has it. */
    private static void vhost(Plugged plugged, CardModel model, Statement.Block nic, From from) {
        if (plugged.takesVhost() && (model.isVirtio() || plugged.vhost())) {
            nic.say(from, "vhost " + (plugged.vhost() ? "on" : "off"));
        }
    }

    private void mac(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> mac = settings.take("mac", "macaddr");
        if (mac.isEmpty()) {
            findings.note(
                    settings.from().place(),
                    "`" + settings.from().path()
                            + "` has no MAC address: QEMU counts up from 52:54:00:12:34:56, and here it gets one of its own");
            return;
        }
        String text = mac.get().value();
        if (text.matches("[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5}")) {
            StringBuilder address = new StringBuilder();
            for (String octet : text.split("[:-]", -1)) {
                address.append(address.isEmpty() ? "" : ":")
                        .append(octet.length() < 2 ? "0" : "")
                        .append(octet);
            }
            nic.say(settings.from(mac.get()), "mac " + address.toString().toLowerCase(Locale.ROOT));
        } else {
            findings.noEqual(nic, settings.from(mac.get()), "it is no MAC address", "write it as in 52:54:00:12:34:56");
        }
    }

    private void properties(Settings settings, List<PropertyKind> kinds, Statement.Block device, Statement.Block nic) {
        boolean pci = kinds.stream().anyMatch(kind -> kind.name().equals(CardProperties.SLOT));
        if (pci) {
            place(settings, device);
            rom(settings, device);
        }
        for (PropertyKind kind : kinds) {
            if (!OWN_WAY.contains(kind.name())) {
                settings.take(kind.property())
                        .flatMap(setting -> value(settings, setting, kind, device)
                                .map(value -> new Statement.Line(kind.name() + " " + value, settings.from(setting))))
                        .ifPresent(device::add);
            }
        }
        settings.left()
                .forEach(setting ->
                        findings.noEqual(nic, settings.from(setting), "the language has no word for it", "remove it"));
    }

    private Optional<String> value(
            Settings settings, Settings.Setting setting, PropertyKind kind, Statement.Block here) {
        return switch (kind.type()) {
            case FLAG -> values.flag(here, settings, setting).map(on -> on ? "on" : "off");
            case NUMBER -> values.number(here, settings, setting).map(Object::toString);
            default -> values.text(here, settings.from(setting), setting.value());
        };
    }

    private void place(Settings settings, Statement.Block device) {
        Optional<Settings.Setting> place = settings.take("addr");
        if (place.isEmpty()) {
            return;
        }
        From from = settings.from(place.get());
        Matcher parts = PLACE.matcher(place.get().value());
        Optional<Long> number = place.get().number().filter(any -> place.get().isNumber());
        if (number.isPresent()) {
            say(device, from, number.get() >> FUNCTION_BITS, number.get() & 7);
        } else if (parts.matches()) {
            long function = parts.group("function") == null ? 0 : Long.parseLong(parts.group("function"));
            say(device, from, Long.parseLong(parts.group("slot"), 16), function);
        } else {
            findings.noEqual(
                    device, from, "it is no place on a PCI bus", "write SLOT or SLOT.FUNCTION, in hexadecimal");
        }
    }

    private static void say(Statement.Block device, From from, long slot, long function) {
        device.say(from, CardProperties.SLOT + " " + slot);
        if (function > 0) {
            device.say(from, CardProperties.FUNCTION + " " + function);
        }
    }

    /** A file without a name is no ROM at all. */
    private void rom(Settings settings, Statement.Block device) {
        settings.take("romfile").ifPresent(file -> {
            From from = settings.from(file);
            if (file.value().isEmpty()) {
                device.say(from, CardProperties.ROM + " off");
            } else {
                values.path(device, from, file.value())
                        .ifPresent(path -> device.say(from, CardProperties.ROM_FILE + " " + path));
            }
        });
        settings.take("rombar").ifPresent(mapped -> {
            Optional<Boolean> on = mapped.flag().or(() -> mapped.number().map(number -> number != 0));
            on.ifPresentOrElse(
                    yes -> device.say(settings.from(mapped), CardProperties.ROM_BAR + (yes ? " on" : " off")),
                    () -> findings.noEqual(
                            device, settings.from(mapped), "it is neither 0 nor 1", "write one of them"));
        });
    }

    /** Written where a name or a number of the language may stand. */
    static String word(String text) {
        return Character.isDigit(text.charAt(0)) ? Spelling.domain(text) : Spelling.text(text);
    }
}
