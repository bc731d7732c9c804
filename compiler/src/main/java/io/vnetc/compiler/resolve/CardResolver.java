// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Card;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.qemu.CardProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.vnet.Device;
import io.vnetc.dsl.vnet.LinkState;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What QEMU makes of a NIC: which card, and how it is set. */
final class CardResolver {
    /** INT_MAX, for TUNSETSNDBUF of include/uapi/linux/if_tun.h takes an int. */
    private static final long MOST_SEND_BUFFER = Integer.MAX_VALUE;

    private final Resolution resolution;
    private final PropertyResolver properties;

    CardResolver(Resolution resolution) {
        this.resolution = resolution;
        this.properties = new PropertyResolver(resolution);
    }

    /** What is on the host's side of a card. */
    enum End {
        TAP,
        PCI_DEVICE,
        USB_DEVICE,
        OTHER;

        static End of(Attachment attachment) {
            if (attachment instanceof Attachment.Passthrough given) {
                return given.device() instanceof HostDevice.Pci ? PCI_DEVICE : USB_DEVICE;
            }
            return attachment instanceof Attachment.QemuTap ? TAP : OTHER;
        }

        boolean isDevice() {
            return this == PCI_DEVICE || this == USB_DEVICE;
        }
    }

    /**
     * Reads it; refuses what does not go with what the NIC is plugged into.
     *
     * @param end what is on the host's side
     * @param hub that the other end is plugged into, in place of a card
     */
    Card resolve(Nic nic, End end, int queues, Optional<Integer> hub) {
        CardModel model = model(nic, end, hub);
        PropertySet set = only(nic.getDevices())
                .filter(device -> hub.isEmpty())
                .map(device -> properties.resolve(device.getProperties(), kinds(end, model), name(end, model)))
                .orElse(PropertySet.NONE);
        checkTogether(nic, set);
        if (queues > 1 && !model.isVirtio()) {
            resolution.error(
                    DiagnosticCode.CARD,
                    resolution.place(nic, Literals.NIC__QUEUES),
                    "a card of the model " + model.word() + " has one queue",
                    "remove `queues`, or leave the model to be virtio");
        }
        refuse(end == End.TAP, nic, Literals.NIC__VHOSTS, "`vhost` moves the packets of a tap");
        refuse(end == End.TAP, nic, Literals.NIC__SEND_BUFFERS, "`sndbuf` is of a tap");
        refuse(
                end.isDevice(),
                nic,
                Literals.NIC__FAILOVERS,
                "`failover` names what takes over for a device of the host");
        refuse(
                !end.isDevice(),
                nic,
                Literals.NIC__LINK_STATES,
                "the link of a device that the guest is given is the device's own");
        return new Card(
                model,
                set,
                only(nic.getLinkStates()).map(state -> state == LinkState.UP).orElse(true),
                end.isDevice() ? only(nic.getFailovers()) : Optional.empty(),
                false,
                hub,
                PortResolver.toggle(nic.getVhosts()),
                only(nic.getSendBuffers())
                        .flatMap(resolution.values()::size)
                        .map(size -> size.bytes())
                        .filter(bytes -> isSendBuffer(nic, bytes)));
    }

    private CardModel model(Nic nic, End end, Optional<Integer> hub) {
        Optional<Device> device = only(nic.getDevices());
        if (hub.isPresent() && device.isPresent()) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(device.get()),
                    "a NIC that is plugged into a hub and into something else joins the two, and has no card",
                    "remove `device`");
            return CardModel.VIRTIO;
        }
        Optional<String> written = device.map(Device::getModel);
        if (written.isPresent() && end.isDevice()) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(device.get(), Literals.DEVICE__MODEL),
                    "a device of the host is the card that it is",
                    "remove `" + written.get() + "`");
            return CardModel.VIRTIO;
        }
        Optional<CardModel> model = written.flatMap(CardModel::named);
        if (written.isPresent() && model.isEmpty()) {
            List<String> words =
                    Arrays.stream(CardModel.values()).map(CardModel::word).toList();
            resolution.error(
                    DiagnosticCode.CARD,
                    resolution.place(device.get(), Literals.DEVICE__MODEL),
                    "there is no card `" + written.get() + "`",
                    Similar.to(written.get(), words)
                            .map(similar -> "did you mean `" + similar + "`?")
                            .orElse("choose from " + String.join(", ", words)));
        }
        return model.orElse(CardModel.VIRTIO);
    }

    private static List<PropertyKind> kinds(End end, CardModel model) {
        return switch (end) {
            case TAP, OTHER -> CardProperties.of(model);
            case PCI_DEVICE -> CardProperties.ofPciDevice();
            case USB_DEVICE -> CardProperties.ofUsbDevice();
        };
    }

    private static String name(End end, CardModel model) {
        return end.isDevice() ? "a device of the host" : "a card of the model " + model.word();
    }

    private void checkTogether(Nic nic, PropertySet set) {
        if (set.has(CardProperties.FUNCTION) && !set.has(CardProperties.SLOT)) {
            together(nic, "`function` says which of a slot, and no `slot` is given", "add `slot`");
        }
        boolean hasRom = set.flag(CardProperties.ROM).orElse(true);
        if (!hasRom && set.has(CardProperties.ROM_FILE)) {
            together(nic, "the card has no ROM, and a file for it", "remove `rom off`, or `rom-file`");
        }
    }

    private void together(Nic nic, String message, String hint) {
        resolution.error(DiagnosticCode.CARD, resolution.place(nic.getDevices().get(0)), message, hint);
    }

    private void refuse(boolean fits, Nic nic, EStructuralFeature feature, String message) {
        if (!fits && nic.eIsSet(feature)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(nic, feature),
                    message + ", and the NIC `" + nic.getName() + "` is none",
                    "remove it");
        }
    }

    private boolean isSendBuffer(Nic nic, long bytes) {
        boolean fits = bytes <= MOST_SEND_BUFFER;
        if (!fits) {
            resolution.error(
                    DiagnosticCode.OUT_OF_RANGE,
                    resolution.place(nic, Literals.NIC__SEND_BUFFERS),
                    "a tap's buffer has up to " + MOST_SEND_BUFFER + " bytes, or with 0 no end",
                    "write it as in `sndbuf 1MiB`");
        }
        return fits;
    }
}
