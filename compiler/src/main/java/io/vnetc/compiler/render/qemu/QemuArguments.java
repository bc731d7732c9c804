// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Pool.Member.VirtualFunction;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What plugs a guest into its networks. Each value is JSON where QEMU takes it (7.2 on), and quoted in QEMU's own way where it does
 * not, so that none can break out of its place.
 *
 * @param guest name of the virtual machine
 * @param arguments of QEMU, one a word of its command line, in the order of the guest's cards
 * @param descriptors that have to be open when it starts
 * @param functions whose place on the bus is not known: {@code host=} has {@code LINK/virtfnN} for it, which
 *     {@code /sys/class/net/LINK/device/virtfnN} leads to on the host
 * @param programs that have to run before it starts, each by its words
 * @param needs what the rest of its command line has to have, or who starts it has to know, each a sentence
 */
public record QemuArguments(
        String guest,
        List<String> arguments,
        List<Descriptor> descriptors,
        List<VirtualFunction> functions,
        List<List<String>> programs,
        List<String> needs) {
    /** The first after standard input, output and error. */
    static final int FIRST_DESCRIPTOR = 3;

    /** The MTU of a card that is not told another (RFC 894). */
    public static final int ETHERNET_MTU = 1500;

    public QemuArguments {
        arguments = List.copyOf(arguments);
        descriptors = List.copyOf(descriptors);
        functions = List.copyOf(functions);
        programs = programs.stream().map(List::copyOf).toList();
        needs = List.copyOf(needs);
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
    public static QemuArguments of(String guest, List<Plug> plugs, QemuHost host) {
        List<String> arguments = new ArrayList<>();
        List<Descriptor> descriptors = new ArrayList<>();
        List<VirtualFunction> functions = new ArrayList<>();
        List<List<String>> programs = new ArrayList<>();
        NetdevJson netdevs = new NetdevJson(host, descriptors);
        for (Plug plug : plugs) {
            Nic nic = plug.nic();
            if (nic.attachment() instanceof Attachment.VhostUser switched) {
                arguments.add("-chardev");
                arguments.add(chardev(nic, switched));
            }
            if (nic.attachment() instanceof Attachment.Passt passt) {
                programs.add(PasstProgram.of(passt, plug.mtu()));
            }
            Optional<JsonObject> netdev = netdevs.of(nic);
            netdev.ifPresent(json -> add(arguments, "-netdev", json));
            nic.card()
                    .hub()
                    .ifPresentOrElse(
                            hub -> add(arguments, "-netdev", NetdevJson.leg(nic, hub)),
                            () -> add(arguments, "-device", device(plug, netdev.isPresent(), functions)));
        }
        return new QemuArguments(guest, arguments, descriptors, functions, programs, QemuNeeds.of(plugs));
    }

    private static void add(List<String> arguments, String option, JsonObject value) {
        arguments.add(option);
        arguments.add(value.toString());
    }

    private static JsonObject device(Plug plug, boolean hasNetdev, List<VirtualFunction> functions) {
        Nic nic = plug.nic();
        if (nic.attachment() instanceof Attachment.Function function) {
            // Where a virtual function is on the bus only its host knows.
            if (function.member() instanceof VirtualFunction virtual) {
                functions.add(virtual);
                return CardJson.pci(nic, virtual.physical() + "/virtfn" + virtual.number());
            }
            return CardJson.pci(nic, function.member().toString());
        }
        if (nic.attachment() instanceof Attachment.Passthrough given) {
            return given.device() instanceof HostDevice.Pci pci
                    ? CardJson.pci(nic, pci.toString())
                    : CardJson.usb(nic, given.device());
        }
        return CardJson.emulated(nic, plug.mtu(), hasNetdev);
    }

    /** {@code -chardev} takes no JSON; a comma in a value is written twice (QEMU's util/qemu-option.c). */
    private static String chardev(Nic nic, Attachment.VhostUser switched) {
        return "socket,id=" + chardevId(nic) + ",path=" + switched.socket().replace(",", ",,")
                + (switched.server() ? ",server=on" : "")
                + switched.reconnect()
                        .map(time -> ",reconnect=" + time.toSeconds())
                        .orElse("");
    }

    /** What a guest that runs is known by again. */
    static String netdevId(Nic nic) {
        return io.vnetc.compiler.kind.Plug.NETDEV_PREFIX + nic.name();
    }

    static String chardevId(Nic nic) {
        return "switch-" + nic.name();
    }

    static String deviceId(String nic) {
        return io.vnetc.compiler.kind.Plug.DEVICE_PREFIX + nic;
    }
}
