// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.Pool.Member.VirtualFunction;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;

/**
 * What plugs a guest into its networks. Each value is JSON (QEMU 6.2 on), so that none can break out of its place.
 *
 * @param guest name of the virtual machine
 * @param arguments of QEMU, one a word of its command line, in the order of the guest's cards
 * @param descriptors that have to be open when it starts
 * @param functions whose place on the bus is not known: {@code host=} has {@code LINK/virtfnN} for it, which
 *     {@code /sys/class/net/LINK/device/virtfnN} leads to on the host
 */
public record QemuArguments(
        String guest, List<String> arguments, List<Descriptor> descriptors, List<VirtualFunction> functions) {
    private static final String DEVICE_PREFIX = "nic-";

    /** The first after standard input, output and error. */
    private static final int FIRST_DESCRIPTOR = 3;

    /** The MTU of a card that is not told another (RFC 894). */
    public static final int ETHERNET_MTU = 1500;

    public QemuArguments {
        arguments = List.copyOf(arguments);
        descriptors = List.copyOf(descriptors);
        functions = List.copyOf(functions);
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
     * @param nic whose end on the host is there
     * @param mtu that the guest is to use
     */
    public record Plug(Nic nic, int mtu) {}

    /** The arguments for these cards of one guest. */
    public static QemuArguments of(String guest, List<Plug> plugs) {
        List<String> arguments = new ArrayList<>();
        List<Descriptor> descriptors = new ArrayList<>();
        List<VirtualFunction> functions = new ArrayList<>();
        for (Plug plug : plugs) {
            if (plug.nic().attachment() instanceof Attachment.Function function) {
                arguments.add("-device");
                arguments.add(device(plug.nic(), function.member(), functions).toString());
                continue;
            }
            InterfaceName link = plug.nic().attachment().link().orElseThrow();
            arguments.add("-netdev");
            arguments.add(netdev(plug.nic(), link, descriptors).toString());
            arguments.add("-device");
            arguments.add(device(plug).toString());
        }
        return new QemuArguments(guest, arguments, descriptors, functions);
    }

    /**
     * The host's end. A macvtap QEMU cannot open by its name, and gets open. No scripts: the tap is ready before QEMU opens it. vhost is left to QEMU, which does without unless
     * told: /dev/vhost-net may be missing on the host, and whoever may open the tap may not be let at it.
     */
    private static JsonObject netdev(Nic nic, InterfaceName link, List<Descriptor> descriptors) {
        JsonObject netdev = new JsonObject();
        netdev.addProperty("type", "tap");
        netdev.addProperty("id", netdevId(nic));
        if (nic.attachment() instanceof Attachment.Macvtap) {
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < nic.queues(); i++) {
                int number = FIRST_DESCRIPTOR + descriptors.size();
                descriptors.add(new Descriptor(number, link));
                numbers.add(Integer.toString(number));
            }
            netdev.addProperty(nic.queues() > 1 ? "fds" : "fd", String.join(":", numbers));
            return netdev;
        }
        netdev.addProperty("ifname", link.text());
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
        device.addProperty("id", DEVICE_PREFIX + nic.name());
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

    /** A device of the host. Where a virtual function is on the bus only its host knows. */
    private static JsonObject device(Nic nic, Pool.Member member, List<VirtualFunction> functions) {
        JsonObject device = new JsonObject();
        device.addProperty("driver", Pool.VFIO);
        device.addProperty("id", DEVICE_PREFIX + nic.name());
        if (member instanceof VirtualFunction function) {
            functions.add(function);
            device.addProperty("host", function.physical() + "/virtfn" + function.number());
        } else {
            device.addProperty("host", member.toString());
        }
        return device;
    }

    /** Identifiers begin with a letter, which a card's name need not. */
    private static String netdevId(Nic nic) {
        return "host-" + nic.name();
    }
}
