// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.SocketPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A card in a guest that runs, as its QEMU has it: one that it was started with and one that was plugged in later are the
 * same. It is gone with the QEMU. Of a guest that does not run nothing is wanted: it is started with the card.
 *
 * @param guest that it is in
 * @param nic name of the card in the guest
 * @param socket on which the guest takes commands
 * @param netdev the host's end, as QEMU is told of it in JSON; absent of a card that is on nothing
 * @param device as QEMU is told of it in JSON; absent where the host's end is on a hub in QEMU
 * @param up whether the guest sees a link
 * @param detached whether what it is on at the host was taken from under it, and only plugging it in again helps
 * @param fixed whether it stays until the guest is started anew, for its bus does not let go of it or nobody could give it
 *     back; what it is on at the host may go before it
 */
public record Plug(
        String guest,
        String nic,
        SocketPath socket,
        Optional<String> netdev,
        Optional<String> device,
        boolean up,
        boolean detached,
        boolean fixed)
        implements Resource {
    public static final Kind<Plug> KIND = new PlugKind();

    /** What the identifiers of devices begin with; the name of the card follows. */
    public static final String DEVICE_PREFIX = "nic-";

    /** What the identifiers of the host's ends begin with; they begin with a letter, which a card's name need not. */
    public static final String NETDEV_PREFIX = "host-";

    private static final List<String> HANDED = List.of("fd", "fds", "vhostfd", "vhostfds", "chardev");

    /** A card that is as it should be. */
    public Plug(String guest, String nic, SocketPath socket, String netdev, String device, boolean up) {
        this(guest, nic, socket, Optional.of(netdev), Optional.of(device), up, false, false);
    }

    public String deviceId() {
        return DEVICE_PREFIX + nic;
    }

    public String netdevId() {
        return NETDEV_PREFIX + nic;
    }

    /** The tap that it is on, where it is on one. */
    public Optional<InterfaceName> tap() {
        return netdev.map(Plug::json)
                .filter(end -> "tap".equals(text(end, "type")) && end.has("ifname"))
                .map(end -> new InterfaceName(text(end, "ifname")));
    }

    /** What QEMU tells of the host's end: its type, a tap's name and how many queues there are. */
    public Optional<String> toldOfEnd() {
        return netdev.map(Plug::json)
                .map(end -> String.join(" ", text(end, "type"), text(end, "ifname"), text(end, "queues")));
    }

    /** The same on the host's end of another one. */
    public Plug onEndOf(Plug other) {
        return new Plug(guest, nic, socket, other.netdev, device, up, detached, fixed);
    }

    /** Whether its device is on the end that vnetc gives it, or on none, and not on somebody else's. */
    public boolean isOnItsEnd() {
        return device.map(Plug::json)
                .map(properties -> text(properties, "netdev"))
                .filter(end -> !end.isEmpty() && !end.equals(netdevId()))
                .isEmpty();
    }

    /** Whether QEMU is started with something that the host's end is made of, as an open file or a character device. */
    public boolean isHanded() {
        return netdev.map(Plug::json)
                .filter(end ->
                        HANDED.stream().anyMatch(end::has) || ("tap".equals(text(end, "type")) && !end.has("ifname")))
                .isPresent();
    }

    /** The same with another link state. */
    public Plug linked(boolean other) {
        return new Plug(guest, nic, socket, netdev, device, other, detached, fixed);
    }

    /** The same in another place on the bus. */
    public Plug placed(boolean other) {
        return new Plug(guest, nic, socket, netdev, device, up, detached, other);
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), guest + "/" + nic);
    }

    @Override
    public Owner owner() {
        return Owner.nic(guest, nic);
    }

    @Override
    public Optional<String> inGuest() {
        return Optional.of(guest);
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("socket", socket)
                .text("netdev", netdev)
                .text("device", device)
                .flag("link", up)
                .flagIfOn("detached", detached)
                .flagIfOn("fixed", fixed)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return detached || fixed
                ? Set.of()
                : tap().map(link -> Set.of(Claim.interfaceName(link.text()))).orElse(Set.of());
    }

    private static JsonObject json(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new MalformedStateException("`" + text + "` is no JSON object");
        }
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static final class PlugKind implements Kind<Plug> {
        @Override
        public String name() {
            return "plug";
        }

        @Override
        public Class<Plug> type() {
            return Plug.class;
        }

        @Override
        public Plug read(String name, Attributes attributes) {
            int slash = name.indexOf('/');
            if (slash <= 0 || slash == name.length() - 1) {
                throw new MalformedStateException("not a guest and a card: " + name);
            }
            Plug plug = new Plug(
                    name.substring(0, slash),
                    name.substring(slash + 1),
                    Read.value(attributes.text("socket"), SocketPath::new),
                    attributes.optionalText("netdev"),
                    attributes.optionalText("device"),
                    attributes.flag("link"),
                    attributes.optionalFlag("detached").orElse(false),
                    attributes.optionalFlag("fixed").orElse(false));
            plug.device.ifPresent(Plug::json);
            return Read.value(name, same -> {
                plug.tap();
                plug.owner();
                return plug;
            });
        }

        /** Devices have the properties that they were made with; a link can be taken out and put in. */
        @Override
        public boolean changesInPlace(Plug before, Plug after) {
            return before.linked(after.up).equals(after);
        }

        @Override
        public Effect effect(Optional<Plug> before, Optional<Plug> after) {
            if (before.isEmpty() || before.get().detached || before.get().device.isEmpty()) {
                return Effect.NONE;
            }
            if (after.isEmpty()) {
                return outage(before.get(), "its card is unplugged");
            }
            if (!changesInPlace(before.get(), after.get())) {
                return outage(before.get(), "its card is unplugged, and another one plugged in");
            }
            return before.get().up && !after.get().up ? outage(before.get(), "its link is taken out") : Effect.NONE;
        }

        private static Effect outage(Plug plug, String why) {
            return new Effect(Severity.OUTAGE, Set.of(), Set.of(plug.guest), plug.nic + ": " + why);
        }

        @Override
        public List<String> commands(Optional<Plug> before, Optional<Plug> after) {
            List<String> requests = new ArrayList<>();
            Plug any = after.or(() -> before).orElseThrow();
            if (after.isEmpty()) {
                before.flatMap(Plug::device)
                        .ifPresent(device -> requests.add(request("device_del", id(any.deviceId()))));
                before.flatMap(Plug::netdev).ifPresent(end -> requests.add(request("netdev_del", id(any.netdevId()))));
            } else if (before.isEmpty()) {
                any.netdev.ifPresent(end -> requests.add(request("netdev_add", json(end))));
                any.device.ifPresent(device -> requests.add(request("device_add", json(device))));
            }
            if (after.isPresent() && before.map(Plug::up).orElse(true) != any.up) {
                JsonObject link = new JsonObject();
                link.addProperty("name", any.deviceId());
                link.addProperty("up", any.up);
                requests.add(request("set_link", link));
            }
            return requests.stream()
                    .map(request -> "echo '{\"execute\":\"qmp_capabilities\"}" + request.replace("'", "'\\''")
                            + "' | socat -t 10 - 'UNIX-CONNECT:"
                            + any.socket.text().replace("'", "'\\''") + "'")
                    .toList();
        }

        private static JsonObject id(String id) {
            JsonObject arguments = new JsonObject();
            arguments.addProperty("id", id);
            return arguments;
        }

        private static String request(String command, JsonObject arguments) {
            JsonObject request = new JsonObject();
            request.addProperty("execute", command);
            request.add("arguments", arguments);
            return request.toString();
        }

        @Override
        public String title(Plug resource) {
            return "plug";
        }

        /** Behind all that is on the host. */
        @Override
        public int rank(Plug resource) {
            return 95;
        }
    }
}
