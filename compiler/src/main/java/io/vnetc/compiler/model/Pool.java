// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.PciAddress;
import java.util.List;
import java.util.Optional;

/**
 * Devices that guests are given whole: virtual functions of links, or devices that are named one by one.
 *
 * @param host that has them; absent: whichever host reads the source
 * @param physical the links whose virtual functions it consists of, in the order in which they are chosen
 * @param devices that it consists of, in the order in which they are chosen; never beside links
 * @param driver that guests want them bound to; absent: {@link #VFIO}
 * @param model of the VFIO driver: the module that binds them in place of vfio-pci
 * @param managed whether they are taken from the host when a guest starts, and given back when it ends
 */
public record Pool(
        String name,
        Optional<String> host,
        List<Physical> physical,
        List<PciAddress> devices,
        Optional<String> driver,
        Optional<String> model,
        boolean managed,
        Origin origin) {
    /** The driver that hands a device to QEMU. */
    public static final String VFIO = "vfio-pci";

    public Pool {
        physical = List.copyOf(physical);
        devices = List.copyOf(devices);
    }

    /**
     * A link with virtual functions.
     *
     * @param functions how many it is to have, 1 to 65535; absent: as many as there are
     */
    public record Physical(InterfaceName link, Optional<Integer> functions) {}

    /** One of the devices. */
    public sealed interface Member {
        /** One that is named. */
        record Device(PciAddress address) implements Member {
            @Override
            public String toString() {
                return address.toString();
            }
        }

        /**
         * A virtual function. Where it is on the bus is the host's to know.
         *
         * @param number of it, from 0
         */
        record VirtualFunction(InterfaceName physical, int number) implements Member {
            @Override
            public String toString() {
                return "function " + number + " of " + physical;
            }
        }
    }
}
