// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Nic;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;

/**
 * What plugs a guest into its networks. Each value is JSON (QEMU 6.2 on), so that none can break out of its place.
 *
 * @param guest name of the virtual machine
 * @param arguments of QEMU, one a word of its command line, in the order of the guest's cards
 * @param descriptors that have to be open when it starts
 */
public record QemuArguments(String guest, List<String> arguments, List<Descriptor> descriptors) {
    /** The first after standard input, output and error. */
    private static final int FIRST_DESCRIPTOR = 3;

    private static final int ETHERNET_MTU = 1500;

    public QemuArguments {
        arguments = List.copyOf(arguments);
        descriptors = List.copyOf(descriptors);
    }

    /**
     * A file that whoever starts QEMU opens for it, for reading and writing: {@code /dev/tapN} of the macvtap whose index
     * is N.
     *
     * @param number of the descriptor
     * @param macvtap whose device it is
     */
    public record Descriptor(int number, InterfaceName macvtap) {
        /** What bash does that with, in front of the command. */
        public String redirection() {
            return number + "<>/dev/tap$(cat /sys/class/net/" + macvtap + "/ifindex)";
        }
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
        List<Descriptor> descriptors = new ArrayList<>();
        for (Plug plug : plugs) {
            arguments.add("-netdev");
            arguments.add(netdev(plug.nic(), descriptors).toString());
            arguments.add("-device");
            arguments.add(device(plug).toString());
        }
        return new QemuArguments(guest, arguments, descriptors);
    }

    /**
     * The host's end. A macvtap QEMU cannot open by its name, and gets open. No scripts: the tap is ready before QEMU opens it. vhost is left to QEMU, which does without unless
     * told: /dev/vhost-net may be missing on the host, and whoever may open the tap may not be let at it.
     */
    private static JsonObject netdev(Nic nic, List<Descriptor> descriptors) {
        JsonObject netdev = new JsonObject();
        netdev.addProperty("type", "tap");
        netdev.addProperty("id", netdevId(nic));
        if (nic.lower().isPresent()) {
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < nic.queues(); i++) {
                int number = FIRST_DESCRIPTOR + descriptors.size();
                descriptors.add(new Descriptor(number, nic.tap()));
                numbers.add(Integer.toString(number));
            }
            netdev.addProperty(nic.queues() > 1 ? "fds" : "fd", String.join(":", numbers));
            return netdev;
        }
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
