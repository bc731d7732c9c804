// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.Optional;

/**
 * Devices that guests are given whole.
 *
 * @param host that has them; absent: whichever host reads the source
 * @param physical the links whose virtual functions it consists of
 * @param functions of each link, 0 to 65535; absent: as many as there are
 * @param devices PCI addresses, as {@code 0000:03:10.0}; never beside links
 * @param driver that the host binds them to
 * @param model of the VFIO driver
 * @param managed whether they are taken from the host and given back
 */
public record Pool(
        String name,
        Optional<String> host,
        List<InterfaceName> physical,
        Optional<Integer> functions,
        List<String> devices,
        Optional<String> driver,
        Optional<String> model,
        boolean managed,
        Origin origin) {
    public Pool {
        physical = List.copyOf(physical);
        devices = List.copyOf(devices);
    }
}
