// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import com.google.gson.JsonObject;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.guest.Monitor.Device;
import io.vnetc.applier.kinds.rtnetlink.TapDriver;
import io.vnetc.applier.qmp.QmpException;
import io.vnetc.applier.qmp.QmpException.Reason;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.SocketPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Cards of guests that run. Ours are those whose device and host's end have the identifiers that vnetc gives them, on a tap of
 * ours where they are on a tap: whether QEMU was started with them or was told of them makes no difference.
 *
 * <p>QEMU 7.2 tells nobody whether it has taken a link out. So a mark is left in it, an object of a kind that does nothing
 * unless something refers to it; who takes a link out by hand leaves none, and is not noticed.
 */
public final class PlugDriver implements Driver<Plug> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

    @Override
    public Kind<Plug> kind() {
        return Plug.KIND;
    }

    /** A guest that does not answer hides nothing of the host and of the other guests. */
    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        Inquiry inquiry = observation.inquiry();
        for (Map.Entry<String, SocketPath> guest : inquiry.sockets().entrySet()) {
            SocketPath socket = guest.getValue();
            try (Monitor monitor = Monitor.open(socket)) {
                Map<String, Device> devices = monitor.devices();
                List<Plug> plugs = plugs(guest.getKey(), socket, monitor, devices, inquiry);
                into.guest(
                        guest.getKey(),
                        new RunningGuest(
                                socket,
                                Optional.empty(),
                                Buses.of(monitor, devices).room()));
                for (Plug plug : plugs) {
                    add(isDetached(plug, observation.host(), into) ? detached(plug) : plug, into);
                }
            } catch (QmpException e) {
                if (e.reason() != Reason.ABSENT) {
                    into.guest(guest.getKey(), new RunningGuest(socket, Optional.of(e.getMessage()), 0));
                }
            }
        }
    }

    private static List<Plug> plugs(
            String guest, SocketPath socket, Monitor monitor, Map<String, Device> devices, Inquiry inquiry)
            throws QmpException {
        HostEnds ends = HostEnds.parse(monitor.network());
        Set<String> names = new TreeSet<>();
        devices.keySet().stream()
                .filter(id -> id.startsWith(Plug.DEVICE_PREFIX))
                .forEach(id -> names.add(id.substring(Plug.DEVICE_PREFIX.length())));
        ends.ends().keySet().forEach(id -> names.add(id.substring(Plug.NETDEV_PREFIX.length())));
        // No NIC of the language has another name, whatever a QEMU says.
        names.removeIf(name -> !NAME.matcher(name).matches());
        Map<String, Plug> plugs = new TreeMap<>();
        for (String name : names) {
            ResourceAddress address = new ResourceAddress(Plug.KIND.name(), guest + "/" + name);
            Optional<Plug> wanted = Optional.ofNullable(inquiry.wanted().get(address));
            Optional<Plug> former = Optional.ofNullable(inquiry.former().get(address));
            String id = Plug.DEVICE_PREFIX + name;
            Optional<Device> device = Optional.ofNullable(devices.get(id));
            if (device.isPresent()
                    && monitor.property(device.get().path(), "netdev").isEmpty()) {
                // A device of the host has no other end.
                continue;
            }
            Optional<JsonObject> end =
                    ends.of(Plug.NETDEV_PREFIX + name, wanted.or(() -> former).flatMap(Plug::netdev));
            Optional<JsonObject> properties = device.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Properties.read(
                            monitor, id, device.get(), wanted.flatMap(Plug::device), former.flatMap(Plug::device)));
            boolean fixed = device.isPresent()
                    && monitor.property(device.get().path(), "hotpluggable")
                            .filter(value -> value.isBoolean() && !value.getAsBoolean())
                            .isPresent();
            Plug plug = new Plug(
                    guest,
                    name,
                    socket,
                    end.map(JsonObject::toString),
                    properties.map(JsonObject::toString),
                    !monitor.hasObject(mark(name)),
                    false,
                    false);
            // An end that is on a hub in QEMU has no device, and was not left half done.
            boolean onHub = device.isEmpty()
                    && wanted.or(() -> former)
                            .filter(said -> said.device().isEmpty())
                            .isPresent();
            plugs.put(name, plug.placed(fixed || onHub || plug.isHanded()));
        }
        return List.copyOf(plugs.values());
    }

    /**
     * Whether its tap is not there, or is there and nobody has it open: QEMU has one that is gone. Between the look at the
     * taps and the guest's answer it may have been started.
     */
    private static boolean isDetached(Plug plug, HostContext host, StateBuilder into) throws DriverException {
        Optional<InterfaceName> tap = plug.fixed() ? Optional.empty() : plug.tap();
        return tap.isPresent()
                && !into.isHeld(tap.get())
                && into.standing(foreignLink(tap.get())).isEmpty()
                && !TapDriver.isHeldNow(tap.get(), host);
    }

    private static Plug detached(Plug plug) {
        return new Plug(
                plug.guest(), plug.nic(), plug.socket(), plug.netdev(), plug.device(), plug.up(), true, plug.fixed());
    }

    private static void add(Plug plug, StateBuilder into) {
        boolean elsewhere = plug.tap()
                .filter(tap -> into.standing(new ResourceAddress(Tap.KIND.name(), tap.text()))
                        .filter(Standing.OWNED::equals)
                        .isEmpty())
                .filter(tap -> into.standing(foreignLink(tap)).isPresent())
                .isPresent();
        if (elsewhere || !plug.isOnItsEnd()) {
            into.foreign(plug);
        } else {
            into.owned(plug);
        }
    }

    private static ResourceAddress foreignLink(InterfaceName link) {
        return new ResourceAddress(ForeignLink.KIND.name(), link.text());
    }

    static String mark(String nic) {
        return "vnetc-link-out-" + nic;
    }

    @Override
    public void move(Change<Plug> change, HostContext host) throws DriverException {
        Plug plug = change.resource();
        try (Monitor monitor = Monitor.open(plug.socket())) {
            Plugging plugging = new Plugging(monitor, plug);
            if (change.isCreate()) {
                plugging.plug();
            } else if (change.isDelete()) {
                plugging.unplug();
            } else {
                plugging.link();
            }
        } catch (QmpException e) {
            String what = change.isCreate()
                    ? "plug `%s` into `%s`"
                    : change.isDelete() ? "unplug `%s` of `%s`" : "set the link of `%s` of `%s`";
            throw new DriverException(
                    "cannot " + what.formatted(plug.nic(), plug.guest()),
                    e.getMessage(),
                    e.reason() == Reason.ABSENT || e.reason() == Reason.ENDED
                            ? "The guest has ended: start it, or leave it, and apply again."
                            : "",
                    e);
        }
    }

    /** QEMU asks for none of the rights that the host's kernel does. */
    @Override
    public Set<Requirement> requirements(List<Change<Plug>> changes) {
        return Set.of();
    }
}
