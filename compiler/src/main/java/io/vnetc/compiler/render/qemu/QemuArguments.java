// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Nic;
import java.util.ArrayList;
import java.util.List;

/**
 * What plugs a guest into its networks. Each value is JSON (QEMU 6.2 on), so that none can break out of its place.
 *
 * @param guest name of the virtual machine
 * @param arguments of QEMU, one a word of its command line, in the order of the guest's cards
 */
public record QemuArguments(String guest, List<String> arguments) {
    private static final int ETHERNET_MTU = 1500;

    public QemuArguments {
        arguments = List.copyOf(arguments);
    }

    /**
     * One card.
     *
     * @param nic with a tap that is there
     * @param mtu that the guest is to use
     */
    public record Plug(Nic nic, int mtu) {}

    /** The arguments for these cards of one guest. */
    public static QemuArguments of(String guest, List<Plug> plugs) {
        List<String> arguments = new ArrayList<>();
        for (Plug plug : plugs) {
            arguments.add("-netdev");
            arguments.add(netdev(plug.nic()).toString());
            arguments.add("-device");
            arguments.add(device(plug).toString());
        }
        return new QemuArguments(guest, arguments);
    }

    /**
     * The host's end. No scripts: the tap is ready before QEMU opens it. vhost is left to QEMU, which does without unless
     * told: /dev/vhost-net may be missing on the host, and whoever may open the tap may not be let at it.
     */
    private static JsonObject netdev(Nic nic) {
        JsonObject netdev = new JsonObject();
        netdev.addProperty("type", "tap");
        netdev.addProperty("id", netdevId(nic));
        netdev.addProperty("ifname", nic.tap().text());
        netdev.addProperty("script", "no");
        netdev.addProperty("downscript", "no");
        if (nic.queues() > 1) {
            netdev.addProperty("queues", nic.queues());
        }
        return netdev;
    }

    private static JsonObject device(Plug plug) {
        Nic nic = plug.nic();
        JsonObject device = new JsonObject();
        device.addProperty("driver", "virtio-net-pci");
        device.addProperty("netdev", netdevId(nic));
        device.addProperty("id", "nic-" + nic.name());
        device.addProperty("mac", nic.mac().toString());
        if (nic.queues() > 1) {
            device.addProperty("mq", true);
            // One interrupt for each queue of a pair, one for changes of the configuration, one for the control queue.
            device.addProperty("vectors", 2 * nic.queues() + 2);
        }
        if (plug.mtu() != ETHERNET_MTU) {
            device.addProperty("host_mtu", plug.mtu());
        }
        return device;
    }

    /** Identifiers begin with a letter, which a card's name need not. */
    private static String netdevId(Nic nic) {
        return "host-" + nic.name();
    }
}
