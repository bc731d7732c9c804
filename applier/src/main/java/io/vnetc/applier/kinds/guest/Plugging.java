// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.guest.Monitor.Device;
import io.vnetc.applier.qmp.QmpException;
import io.vnetc.applier.qmp.QmpException.Reason;
import io.vnetc.compiler.kind.Plug;
import java.time.Duration;
import java.util.Map;

/** One card, into a guest and out of it. */
final class Plugging {
    /**
     * The guest's operating system lets go of a device, or does not: Linux waits 5 s on a native PCIe slot, and a guest that
     * is emulated on a busy host is slow.
     */
    private static final Duration LETTING_GO = Duration.ofSeconds(30);

    private final Monitor monitor;
    private final Plug plug;

    Plugging(Monitor monitor, Plug plug) {
        this.monitor = monitor;
        this.plug = plug;
    }

    /** Both of its ends, or neither. */
    void plug() throws QmpException, DriverException {
        if (plug.netdev().isPresent()) {
            monitor.tell("netdev_add", json(plug.netdev().get()));
        }
        try {
            JsonObject device = json(plug.device().orElseThrow());
            Map<String, Device> devices = monitor.devices();
            Buses buses = Buses.of(monitor, devices);
            if (!device.has("bus")
                    && buses.openPlaces() == 0
                    && !buses.freePorts().isEmpty()) {
                device.addProperty("bus", buses.freePorts().get(0));
            }
            monitor.tell("device_add", device);
        } catch (QmpException e) {
            if (plug.netdev().isPresent()) {
                takeBack("netdev_del", plug.netdevId(), e);
            }
            throw e;
        }
        if (!plug.up()) {
            link();
        }
    }

    /** The device first, and when the guest has let go of it the host's end. */
    void unplug() throws QmpException, DriverException {
        if (monitor.devices().containsKey(plug.deviceId())) {
            if (!monitor.isRunning()) {
                throw new DriverException(
                        "cannot unplug `" + plug.nic() + "` of `" + plug.guest() + "`",
                        "the guest is paused, and its operating system has to let go of the card",
                        "Let it run, or shut it down, and apply again.");
            }
            request();
            if (!isGone()) {
                throw new DriverException(
                        "cannot unplug `" + plug.nic() + "` of `" + plug.guest() + "`",
                        "its operating system was asked, and did not let go of the card within "
                                + LETTING_GO.toSeconds() + " s",
                        "It may do so yet. Look into the guest, or shut it down, and apply again.");
            }
        }
        if (HostEnds.parse(monitor.network()).ends().containsKey(plug.netdevId())) {
            monitor.tell("netdev_del", plug.netdevId());
        }
        mark(true);
    }

    /** One that was asked before is not asked again, and waited for all the same. */
    private void request() throws QmpException {
        try {
            monitor.tell("device_del", plug.deviceId());
        } catch (QmpException e) {
            if (e.reason() != Reason.REFUSED || !String.valueOf(e.getMessage()).contains("process of unplug")) {
                throw e;
            }
        }
    }

    private boolean isGone() throws QmpException {
        return monitor.awaitDeleted(plug.deviceId(), LETTING_GO)
                || !monitor.devices().containsKey(plug.deviceId());
    }

    /** Whether the guest sees a link. */
    void link() throws QmpException {
        JsonObject link = Monitor.arguments("name", plug.deviceId());
        link.addProperty("up", plug.up());
        monitor.tell("set_link", link);
        mark(plug.up());
    }

    private void mark(boolean up) throws QmpException {
        String mark = PlugDriver.mark(plug.nic());
        boolean is = monitor.hasObject(mark);
        if (up && is) {
            monitor.tell("object-del", mark);
        } else if (!up && !is) {
            JsonObject object = Monitor.arguments("qom-type", "authz-simple");
            object.addProperty("id", mark);
            object.addProperty("identity", "the link of " + plug.deviceId() + " is taken out");
            monitor.tell("object-add", object);
        }
    }

    private void takeBack(String command, String id, QmpException why) {
        try {
            monitor.tell(command, id);
        } catch (QmpException e) {
            why.addSuppressed(e);
        }
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
