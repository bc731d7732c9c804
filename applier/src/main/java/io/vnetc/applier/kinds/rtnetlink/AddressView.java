// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.netlink.route.AddressInfo;
import java.util.List;

/**
 * The addresses of all links at one moment.
 *
 * @param all in the kernel's order
 * @param marked whether the kernel keeps who made them (from Linux 5.18)
 */
record AddressView(List<AddressInfo> all, boolean marked) {
    static AddressView of(Observation observation) throws DriverException {
        return observation.share(AddressView.class, host -> {
            List<AddressInfo> addresses = RouteKernel.read("the addresses", RouteKernel.socket(host)::addresses);
            return new AddressView(
                    addresses,
                    KernelRelease.read().isAtLeast(5, 18)
                            || addresses.stream().anyMatch(address -> address.protocol() != 0));
        });
    }

    /** Those of one link. */
    List<AddressInfo> on(int linkIndex) {
        return all.stream().filter(address -> address.linkIndex() == linkIndex).toList();
    }
}
