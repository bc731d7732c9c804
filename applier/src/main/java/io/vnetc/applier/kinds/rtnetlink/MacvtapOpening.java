// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.tun.MacvtapDevice;
import io.vnetc.dsl.value.InterfaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens macvtaps for whoever is to hold them. */
public final class MacvtapOpening {
    private static final Path NODES = Path.of("/dev");
    private static final String PREFIX = ".vnetc-";

    private MacvtapOpening() {}

    /**
     * Opens the queues of one. Whether another process holds it the kernel does not ask.
     *
     * @throws DriverException where there is no such macvtap, or it cannot be opened; then none of it is open
     */
    public static List<Descriptor> open(InterfaceName name, int queues, HostContext host) throws DriverException {
        String what = "cannot open the macvtap " + name;
        RouteSocket kernel = RouteKernel.socket(host);
        LinkInfo link = RouteKernel.read("the link " + name, () -> kernel.link(name.text()))
                .orElseThrow(() -> new DriverException(what, "there is none of that name", ""));
        try {
            Optional<MacvtapDevice> device = MacvtapDriver.device(link);
            if (device.isEmpty()) {
                throw new DriverException(
                        what,
                        "/sys does not show it; it is of another network namespace",
                        "Name the namespace, and the right one is mounted: vnetc --netns NAME …");
            }
            Path node = MacvtapDevice.node(link.index());
            return device.get().isAt(node)
                    ? open(device.get(), node, queues)
                    : openPrivately(device.get(), queues, what, host);
        } catch (IOException e) {
            throw RouteKernel.refused(what, e);
        }
    }

    /** By a node of its own, where /dev has none, or that of another namespace's macvtap; below /dev, for elsewhere devices may not be opened. */
    private static List<Descriptor> openPrivately(MacvtapDevice device, int queues, String what, HostContext host)
            throws IOException, DriverException {
        Path folder = Files.createTempDirectory(NODES, PREFIX);
        Path node = folder.resolve("tap" + device.index());
        try {
            host.programs()
                    .succeed(
                            Call.of(
                                    "mknod",
                                    "--mode=600",
                                    node.toString(),
                                    "c",
                                    Integer.toString(device.major()),
                                    Integer.toString(device.minor())),
                            what);
            return open(device, node, queues);
        } finally {
            Files.deleteIfExists(node);
            Files.delete(folder);
        }
    }

    private static List<Descriptor> open(MacvtapDevice device, Path node, int queues) throws IOException {
        List<Descriptor> open = new ArrayList<>();
        try {
            for (int i = 0; i < queues; i++) {
                open.add(device.open(node, queues > 1));
            }
            return open;
        } catch (IOException | RuntimeException e) {
            open.forEach(Descriptor::close);
            throw e;
        }
    }
}
