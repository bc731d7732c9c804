// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.model.CardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which cards and backends there are, by the options that say so. */
final class PartReader {
    private static final String VFIO = "vfio-pci";
    private static final String USB_HOST = "usb-host";
    private static final String MODEL = "model";

    private final Findings findings;
    private final Machine machine;
    private final Statement.Block guest;
    private final Wiring wiring;
    private final List<Part> parts = new ArrayList<>();
    private final List<Backend> own = new ArrayList<>();

    PartReader(Findings findings, Machine machine, Statement.Block guest, Wiring wiring) {
        this.findings = findings;
        this.machine = machine;
        this.guest = guest;
        this.wiring = wiring;
    }

    /** Those that the machine makes first, then the others, each in their order: so they come onto the bus. */
    List<Part> read(GuestParts said) {
        said.netdevs().forEach(this::netdev);
        said.nics().forEach(this::shorthand);
        said.nets().forEach(this::legacy);
        wiring.join();
        said.devices().forEach(this::device);
        said.globals().forEach(this::global);
        return parts;
    }

    /** What QEMU gives a machine that nothing is said of. */
    void usual(Settings settings) {
        machine.usualCard().ifPresent(model -> {
            Backend backend = new Backend(settings.part("type"), "user", Optional.empty());
            own.add(backend);
            parts.add(new Part(
                    settings, Optional.empty(), new Part.Kind.Emulated(model), new Part.Plugging.Own(backend)));
        });
    }

    /** Backends that are said with their cards. */
    List<Backend> own() {
        return own;
    }

    private void netdev(Settings settings) {
        Backend backend = Backend.of(settings);
        if (backend.id().isEmpty()) {
            findings.noEqual(guest, settings.from(), "it has no `id`, which QEMU refuses", "add `id=NAME`");
        }
        wiring.netdev(backend);
    }

    /** {@code -nic}: a card and its backend in one. */
    private void shorthand(Settings settings) {
        Settings card = settings.part(MODEL, "mac", "macaddr");
        Backend backend = Backend.of(settings);
        if (backend.type().equals("none")) {
            return;
        }
        own.add(backend);
        onboard(card, backend.id(), new Part.Plugging.Own(backend));
    }

    /** {@code -net}: a card, or a backend, in a hub. */
    private void legacy(Settings settings) {
        Optional<Settings.Setting> type = settings.peek("type");
        int number = settings.take("vlan")
                .flatMap(Settings.Setting::number)
                .map(Long::intValue)
                .orElse(0);
        if (type.filter(word -> word.value().equals("none")).isPresent()) {
            return;
        }
        if (type.filter(word -> word.value().equals("nic")).isEmpty()) {
            wiring.add(number, Backend.of(settings));
            return;
        }
        settings.takeAll("type");
        Optional<String> id = settings.take("name", "id").map(Settings.Setting::value);
        Optional<String> netdev = settings.take("netdev").map(Settings.Setting::value);
        if (netdev.isEmpty()) {
            wiring.card(number);
        }
        onboard(
                settings,
                id,
                netdev.<Part.Plugging>map(Part.Plugging.Named::new).orElseGet(() -> new Part.Plugging.Hub(number)));
    }

    private void onboard(Settings settings, Optional<String> id, Part.Plugging plug) {
        Optional<String> model = settings.take(MODEL).map(Settings.Setting::value);
        Optional<CardModel> card = model.map(machine::card).orElseGet(machine::usualCard);
        parts.add(new Part(
                settings,
                id,
                card.<Part.Kind>map(Part.Kind.Emulated::new)
                        .orElseGet(() -> new Part.Kind.Unknown(model.orElse("the machine's own"))),
                plug));
    }

    private void device(Settings settings) {
        String driver = settings.take("driver").map(Settings.Setting::value).orElse("");
        Optional<CardModel> model = machine.card(driver);
        boolean plugged =
                settings.peek("netdev").isPresent() || settings.peek("vlan").isPresent();
        Optional<Part.Kind> kind = switch (driver) {
            case VFIO -> Optional.of(new Part.Kind.Pci());
            case USB_HOST -> Optional.of(new Part.Kind.Usb());
            default ->
                model.<Part.Kind>map(Part.Kind.Emulated::new)
                        .or(() -> plugged ? Optional.of(new Part.Kind.Unknown(driver)) : Optional.empty());
        };
        kind.ifPresent(known -> {
            Optional<String> id = settings.take("id").map(Settings.Setting::value);
            parts.add(new Part(settings, id, known, plugging(settings)));
        });
    }

    private Part.Plugging plugging(Settings settings) {
        Optional<Settings.Setting> netdev = settings.take("netdev");
        Optional<Long> number = settings.take("vlan").flatMap(Settings.Setting::number);
        if (netdev.isPresent()) {
            return new Part.Plugging.Named(netdev.get().value());
        }
        if (number.isPresent()) {
            wiring.card(number.get().intValue());
            return new Part.Plugging.Hub(number.get().intValue());
        }
        return new Part.Plugging.Loose();
    }

    /** Of a card's own driver it is said of each; of what several kinds of devices are it is not known whom it meets. */
    private void global(GuestParts.Global global) {
        Optional<CardModel> model = machine.card(global.driver());
        parts.stream()
                .filter(part ->
                        part.kind() instanceof Part.Kind.Emulated card && model.equals(Optional.of(card.model())))
                .forEach(part -> part.settings().add(global.setting(), true));
        boolean virtio = parts.stream()
                .anyMatch(part -> part.kind() instanceof Part.Kind.Emulated card
                        && card.model().isVirtio());
        if (model.isEmpty()
                && virtio
                && List.of("virtio-pci", "virtio-device", "pci-device").contains(global.driver())) {
            findings.noEqual(
                    guest,
                    new From("-global", global.setting().place()),
                    "it is of all devices of a kind, not of cards",
                    "say it of each card with `-device`");
        }
    }
}
