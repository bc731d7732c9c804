// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.dsl.value.InterfaceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A card's end on the host, as {@code -netdev} takes it: the Netdev of QEMU's qapi/net.json. */
final class NetdevJson {
    /** The first that has {@code reconnect-ms}, in place of {@code reconnect}. */
    private static final QemuVersion MILLISECONDS = new QemuVersion(9, 2, 0);

    private final QemuHost host;
    private final List<QemuArguments.Descriptor> descriptors;

    /**
     * @param descriptors that have to be open, to which those of this one are added
     */
    NetdevJson(QemuHost host, List<QemuArguments.Descriptor> descriptors) {
        this.host = host;
        this.descriptors = descriptors;
    }

    /** Empty where there is none: a card with no cable, a device of the host. */
    Optional<JsonObject> of(Nic nic) {
        Attachment attachment = nic.attachment();
        if (attachment instanceof Attachment.Tap tap) {
            return Optional.of(tap(nic, Optional.of(tap.name()), Optional.empty(), Optional.empty()));
        }
        if (attachment instanceof Attachment.QemuTap tap) {
            return Optional.of(tap(nic, tap.name(), tap.script(), tap.downScript()));
        }
        if (attachment instanceof Attachment.Macvtap macvtap) {
            return Optional.of(macvtap(nic, macvtap.name()));
        }
        if (attachment instanceof Attachment.User user) {
            return Optional.of(UserNetworkJson.of(netdev(nic, "user"), user));
        }
        if (attachment instanceof Attachment.Passt passt) {
            return Optional.of(stream(nic, new SocketPlace.File(passt.socket()), false, Optional.empty()));
        }
        if (attachment instanceof Attachment.Stream stream) {
            return Optional.of(stream(nic, stream.place(), stream.server(), stream.reconnect()));
        }
        if (attachment instanceof Attachment.Datagram datagram) {
            JsonObject netdev = netdev(nic, "dgram");
            datagram.local().ifPresent(local -> netdev.add("local", place(local)));
            netdev.add("remote", place(datagram.remote()));
            return Optional.of(netdev);
        }
        if (attachment instanceof Attachment.VhostUser) {
            return Optional.of(queues(nic, with(netdev(nic, "vhost-user"), "chardev", QemuArguments.chardevId(nic))));
        }
        if (attachment instanceof Attachment.Vdpa vdpa) {
            return Optional.of(queues(nic, with(netdev(nic, "vhost-vdpa"), "vhostdev", vdpa.device())));
        }
        if (attachment instanceof Attachment.HelperBridge helper) {
            JsonObject netdev =
                    with(netdev(nic, "bridge"), "br", helper.bridge().text());
            helper.helper().ifPresent(path -> netdev.addProperty("helper", path));
            return Optional.of(netdev);
        }
        if (attachment instanceof Attachment.Hub hub) {
            return Optional.of(hubPort(nic, hub.number()));
        }
        return Optional.empty();
    }

    /** The port of a hub in QEMU that a NIC's other end is plugged into. */
    static JsonObject leg(Nic nic, int hub) {
        JsonObject netdev = new JsonObject();
        netdev.addProperty("type", "hubport");
        netdev.addProperty("id", "hub-" + nic.name());
        netdev.addProperty("hubid", hub);
        netdev.addProperty("netdev", QemuArguments.netdevId(nic));
        return netdev;
    }

    private static JsonObject hubPort(Nic nic, int hub) {
        JsonObject netdev = netdev(nic, "hubport");
        netdev.addProperty("hubid", hub);
        return netdev;
    }

    /** Where none is said QEMU would run scripts of its own; our taps are ready before it opens them. */
    private JsonObject tap(
            Nic nic, Optional<InterfaceName> link, Optional<String> script, Optional<String> downScript) {
        JsonObject netdev = netdev(nic, "tap");
        link.ifPresent(name -> netdev.addProperty("ifname", name.text()));
        netdev.addProperty("script", script.orElse("no"));
        netdev.addProperty("downscript", downScript.orElse("no"));
        return tuned(nic, queues(nic, netdev));
    }

    /** QEMU cannot open it by its name, and gets it open. */
    private JsonObject macvtap(Nic nic, InterfaceName link) {
        JsonObject netdev = netdev(nic, "tap");
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < nic.queues(); i++) {
            int number = QemuArguments.FIRST_DESCRIPTOR + descriptors.size();
            descriptors.add(new QemuArguments.Descriptor(number, link));
            numbers.add(Integer.toString(number));
        }
        netdev.addProperty(nic.queues() > 1 ? "fds" : "fd", String.join(":", numbers));
        return tuned(nic, netdev);
    }

    private JsonObject tuned(Nic nic, JsonObject netdev) {
        boolean isVirtio = nic.card().hub().isEmpty() && nic.card().model().isVirtio();
        nic.card()
                .vhost()
                .or(() -> host.vhost() && isVirtio ? Optional.of(true) : Optional.empty())
                .ifPresent(vhost -> netdev.addProperty("vhost", vhost));
        nic.card().sendBuffer().ifPresent(bytes -> netdev.addProperty("sndbuf", bytes));
        return netdev;
    }

    private JsonObject stream(Nic nic, SocketPlace place, boolean server, Optional<Duration> reconnect) {
        JsonObject netdev = netdev(nic, "stream");
        netdev.add("addr", place(place));
        netdev.addProperty("server", server);
        reconnect.ifPresent(time -> {
            if (host.version().isBefore(MILLISECONDS)) {
                netdev.addProperty("reconnect", time.toSeconds());
            } else {
                netdev.addProperty("reconnect-ms", time.toMillis());
            }
        });
        return netdev;
    }

    private static JsonObject place(SocketPlace place) {
        JsonObject address = new JsonObject();
        if (place instanceof SocketPlace.File file) {
            address.addProperty("type", "unix");
            address.addProperty("path", file.path());
        } else if (place instanceof SocketPlace.Internet internet) {
            address.addProperty("type", "inet");
            address.addProperty("host", internet.address().toString());
            address.addProperty("port", Integer.toString(internet.port()));
        }
        return address;
    }

    private static JsonObject queues(Nic nic, JsonObject netdev) {
        if (nic.queues() > 1) {
            netdev.addProperty("queues", nic.queues());
        }
        return netdev;
    }

    private static JsonObject netdev(Nic nic, String type) {
        JsonObject netdev = new JsonObject();
        netdev.addProperty("type", type);
        netdev.addProperty("id", QemuArguments.netdevId(nic));
        return netdev;
    }

    private static JsonObject with(JsonObject object, String name, String value) {
        object.addProperty(name, value);
        return object;
    }

    /** Values in the form of a list of objects with one string each, which is what QAPI's String is. */
    static JsonArray strings(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(text -> {
            JsonObject string = new JsonObject();
            string.addProperty("str", text);
            array.add(string);
        });
        return array;
    }
}
