// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Card;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.qemu.CardProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import java.util.List;
import java.util.Set;

/** The card that a guest sees, as {@code -device} takes it. */
final class CardJson {
    /** These are put together, or turned into another type. */
    private static final Set<String> OWN_WAY =
            Set.of(CardProperties.SLOT, CardProperties.FUNCTION, CardProperties.ROM, CardProperties.ROM_BAR);

    private static final String VECTORS = "vectors";

    private CardJson() {}

    /**
     * A card that QEMU makes.
     *
     * @param hasNetdev whether it has an end on the host
     */
    static JsonObject emulated(Nic nic, int mtu, boolean hasNetdev) {
        Card card = nic.card();
        JsonObject device = new JsonObject();
        device.addProperty("driver", card.model().driver());
        if (hasNetdev) {
            device.addProperty("netdev", QemuArguments.netdevId(nic));
        }
        device.addProperty("id", QemuArguments.deviceId(nic.name()));
        device.addProperty("mac", nic.mac().toString());
        if (nic.queues() > 1) {
            device.addProperty("mq", true);
            // One interrupt for each queue of a pair, one for changes of the configuration, one for the control queue.
            if (!card.properties().has(VECTORS)) {
                device.addProperty(VECTORS, 2 * nic.queues() + 2);
            }
        }
        if (card.model().isVirtio() && (nic.mtu().isPresent() || mtu != QemuArguments.ETHERNET_MTU)) {
            device.addProperty("host_mtu", mtu);
        }
        if (card.isStandby()) {
            device.addProperty("failover", true);
        }
        return set(device, card.properties(), CardProperties.of(card.model()));
    }

    /** A device of the host on the PCI bus. */
    static JsonObject pci(Nic nic, String host) {
        JsonObject device = new JsonObject();
        device.addProperty("driver", Pool.VFIO);
        device.addProperty("id", QemuArguments.deviceId(nic.name()));
        device.addProperty("host", host);
        nic.card()
                .standby()
                .ifPresent(standby -> device.addProperty("failover_pair_id", QemuArguments.deviceId(standby)));
        return set(device, nic.card().properties(), CardProperties.ofPciDevice());
    }

    /** A device of the host on USB. */
    static JsonObject usb(Nic nic, HostDevice host) {
        JsonObject device = new JsonObject();
        device.addProperty("driver", "usb-host");
        device.addProperty("id", QemuArguments.deviceId(nic.name()));
        if (host instanceof HostDevice.UsbProduct product) {
            device.addProperty("vendorid", product.vendor());
            device.addProperty("productid", product.product());
        } else if (host instanceof HostDevice.UsbAddress address) {
            device.addProperty("hostbus", address.bus());
            device.addProperty("hostaddr", address.address());
        } else if (host instanceof HostDevice.UsbPort port) {
            device.addProperty("hostbus", port.bus());
            device.addProperty("hostport", port.port());
        }
        return set(device, nic.card().properties(), CardProperties.ofUsbDevice());
    }

    private static JsonObject set(JsonObject device, PropertySet set, List<PropertyKind> kinds) {
        for (PropertyKind kind : kinds) {
            if (set.has(kind.name()) && !OWN_WAY.contains(kind.name())) {
                add(device, kind.property(), set.values().get(kind.name()).get(0));
            }
        }
        set.number(CardProperties.SLOT)
                .ifPresent(slot -> device.addProperty(
                        "addr",
                        "0x" + Long.toHexString(slot)
                                + set.number(CardProperties.FUNCTION)
                                        .map(function -> ".0x" + Long.toHexString(function))
                                        .orElse("")));
        set.flag(CardProperties.ROM_BAR).ifPresent(mapped -> device.addProperty("rombar", mapped ? 1 : 0));
        set.flag(CardProperties.ROM).filter(has -> !has).ifPresent(none -> device.addProperty("romfile", ""));
        return device;
    }

    private static void add(JsonObject device, String property, OptionValue value) {
        if (value instanceof OptionValue.Flag flag) {
            device.addProperty(property, flag.on());
        } else if (value instanceof OptionValue.Whole whole) {
            device.addProperty(property, whole.number());
        } else if (value instanceof OptionValue.Text text) {
            device.addProperty(property, text.text());
        }
    }
}
