// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.state.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cards of guests that take commands while they run: what they are started with is what is plugged into them later.
 * Devices of the host are none of these.
 */
final class PlugLowering {
    private PlugLowering() {}

    /** The cards of one guest, by what it is started with. */
    static List<Entry> lower(Guest guest, QemuArguments started) {
        Map<String, String> netdevs = byId(started, "-netdev");
        Map<String, String> devices = byId(started, "-device");
        List<Entry> plugs = new ArrayList<>();
        guest.qmp().ifPresent(socket -> {
            for (Nic nic : guest.nics()) {
                if (isDeviceOfHost(nic)) {
                    continue;
                }
                Optional<String> device = Optional.ofNullable(devices.get(Plug.DEVICE_PREFIX + nic.name()));
                Optional<String> netdev = Optional.ofNullable(netdevs.get(Plug.NETDEV_PREFIX + nic.name()));
                if (device.isPresent() || netdev.isPresent()) {
                    plugs.add(Entry.owned(
                            new Plug(
                                    guest.name(),
                                    nic.name(),
                                    socket,
                                    netdev,
                                    device,
                                    nic.card().linkUp(),
                                    false,
                                    false),
                            nic.origin()));
                }
            }
        });
        return plugs;
    }

    private static boolean isDeviceOfHost(Nic nic) {
        return nic.attachment() instanceof Attachment.Function || nic.attachment() instanceof Attachment.Passthrough;
    }

    private static Map<String, String> byId(QemuArguments started, String option) {
        Map<String, String> values = new HashMap<>();
        List<String> words = started.arguments();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals(option)) {
                JsonObject value = JsonParser.parseString(words.get(i + 1)).getAsJsonObject();
                values.put(text(value, "id"), words.get(i + 1));
            }
        }
        return values;
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }
}
