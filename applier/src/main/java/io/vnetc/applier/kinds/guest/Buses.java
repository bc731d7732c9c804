// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import io.vnetc.applier.kinds.guest.Monitor.Device;
import io.vnetc.applier.qmp.QmpException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a card can be plugged in while the guest runs: on the root bus of the machine type pc, and in root ports of the
 * machine type q35, one in each. Which bus takes devices says its {@code hotplug-handler}.
 *
 * @param openPlaces how many there are on the root bus
 * @param freePorts names of the root ports that have nothing in them, and of their buses
 */
record Buses(long openPlaces, List<String> freePorts) {
    private static final String ROOT = "/machine/i440fx/pci.0";
    private static final int PLACES = 32;

    /** Intel's, and QEMU's own. */
    private static final Set<String> ROOT_PORTS = Set.of("pcie-root-port", "ioh3420");

    static Buses of(Monitor monitor, Map<String, Device> devices) throws QmpException {
        Set<String> taken = new HashSet<>();
        for (Device device : devices.values()) {
            taken.add(text(monitor, device.path(), "parent_bus"));
        }
        for (Device device : monitor.namelessDevices()) {
            taken.add(text(monitor, device.path(), "parent_bus"));
        }
        List<String> free = new ArrayList<>();
        for (Map.Entry<String, Device> device : devices.entrySet()) {
            // The bus of a port has the port's name.
            String bus = device.getValue().path() + "/" + device.getKey();
            if (ROOT_PORTS.contains(device.getValue().type())
                    && !taken.contains(bus)
                    && !text(monitor, bus, "hotplug-handler").isEmpty()) {
                free.add(device.getKey());
            }
        }
        boolean isOpen = !text(monitor, ROOT, "hotplug-handler").isEmpty();
        return new Buses(isOpen ? Math.max(0, PLACES - monitor.placesTaken()) : 0, free);
    }

    int room() {
        return (int) openPlaces + freePorts.size();
    }

    private static String text(Monitor monitor, String path, String property) throws QmpException {
        return monitor.property(path, property)
                .map(value -> value.getAsString())
                .orElse("");
    }
}
