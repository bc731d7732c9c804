// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.SocketPlace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What arguments for a guest's cards cannot say by themselves. */
final class QemuNeeds {
    private QemuNeeds() {}

    static List<String> of(List<QemuArguments.Plug> plugs) {
        Set<String> needs = new LinkedHashSet<>();
        for (QemuArguments.Plug plug : plugs) {
            add(needs, plug.nic());
        }
        return new ArrayList<>(needs);
    }

    private static void add(Set<String> needs, Nic nic) {
        String name = "`" + nic.guest() + "." + nic.name() + "` ";
        boolean isUsb = nic.card().model().bus() == CardModel.Bus.USB
                || (nic.attachment() instanceof Attachment.Passthrough given
                        && !(given.device() instanceof HostDevice.Pci));
        if (isUsb && !nic.card().properties().has("bus")) {
            needs.add(name + "is on USB, and the machine needs a controller: -device qemu-xhci before these arguments");
        }
        if (nic.attachment() instanceof Attachment.Passt passt) {
            needs.add(name + "has its network by passt, which has to be able to make " + passt.socket()
                    + "; started by root it works as nobody");
        }
        if (nic.attachment() instanceof Attachment.VhostUser) {
            needs.add(name + "shares the guest's memory with the switch: -object"
                    + " memory-backend-memfd,id=shared,share=on,size=SIZE -machine memory-backend=shared");
        }
        if (nic.attachment() instanceof Attachment.Datagram datagram
                && datagram.remote() instanceof SocketPlace.Internet internet
                && internet.address().isMulticast()) {
            needs.add(name + "is on a multicast cable, which gives a guest its own frames back: protocols that"
                    + " listen for themselves, as duplicate address detection and spanning tree, misread that");
        }
        if (nic.attachment() instanceof Attachment.Passthrough given && given.device() instanceof HostDevice.Pci pci) {
            needs.add(name + "is the host's device " + pci + ", which has to be bound to vfio-pci");
        }
        if (!nic.card().linkUp()) {
            needs.add(name + "has its link down, which QEMU is told over QMP once it runs: set_link with the name" + " "
                    + QemuArguments.deviceId(nic.name()) + " and up false");
        }
    }
}
