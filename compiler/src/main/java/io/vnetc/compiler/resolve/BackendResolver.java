// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.GuestPort;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.PciAddress;
import io.vnetc.dsl.vnet.Backend;
import io.vnetc.dsl.vnet.BackendKind;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Nic;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;

/** What QEMU joins a NIC to that is no network of the host's. */
final class BackendResolver {
    /** The folder of what runs beside guests. */
    private static final String RUN_FOLDER = "/run/vnet/";

    private final Resolution resolution;
    private final PropertyResolver properties;
    private final UserNetworkResolver userNetworks;

    BackendResolver(Resolution resolution) {
        this.resolution = resolution;
        this.properties = new PropertyResolver(resolution);
        this.userNetworks = new UserNetworkResolver(resolution);
    }

    /** All that a NIC is plugged into and that is no hub. */
    static List<Backend> of(Nic nic) {
        return nic.getBackends().stream()
                .filter(backend -> backend.getKind() != BackendKind.HUB)
                .toList();
    }

    /** The hub that a NIC is plugged into. */
    Optional<Attachment.Hub> hub(Guest guest, Nic nic) {
        Optional<String> name = hubName(nic);
        // Numbers are QEMU's, and nobody's business: the order of the source gives them.
        List<String> names = guest.getNics().stream()
                .flatMap(each -> hubName(each).stream())
                .distinct()
                .toList();
        return name.map(each -> new Attachment.Hub(each, names.indexOf(each)));
    }

    private static Optional<String> hubName(Nic nic) {
        return nic.getBackends().stream()
                .filter(backend -> backend.getKind() == BackendKind.HUB)
                .map(Backend::getTarget)
                .findFirst();
    }

    /** Reads one; empty where it is wrong, which is reported. */
    Optional<Attachment> resolve(Guest guest, Nic nic, Backend backend) {
        PropertySet set =
                properties.resolve(backend.getProperties(), kinds(backend.getKind()), "`" + backend.getKind() + "`");
        boolean translates = backend.getKind() == BackendKind.USER || backend.getKind() == BackendKind.PASST;
        if (!translates && !backend.getPublications().isEmpty()) {
            notHere(backend, backend.getPublications().get(0), "publish");
        }
        if (backend.getKind() != BackendKind.USER && !backend.getForwards().isEmpty()) {
            notHere(backend, backend.getForwards().get(0), "forward");
        }
        Optional<Attachment> attachment = read(guest, nic, backend, set);
        if (guest.getRange() != null) {
            attachment
                    .filter(BackendResolver::isForOne)
                    .ifPresent(
                            shared -> resolution.error(
                                    DiagnosticCode.SETTING_NOT_HERE,
                                    resolution.place(backend),
                                    "each guest of a range would have the same socket, port or device",
                                    "declare the guests one by one, or in a loop: for number in 1..3 { vm \"node${number}\" { … } }"));
        }
        return attachment;
    }

    private static boolean isForOne(Attachment attachment) {
        return attachment instanceof Attachment.Stream
                || (attachment instanceof Attachment.Datagram datagram
                        && datagram.local().isPresent()
                        && !isGroup(datagram.remote()))
                || (attachment instanceof Attachment.QemuTap tap && tap.name().isPresent())
                || attachment instanceof Attachment.VhostUser
                || attachment instanceof Attachment.Vdpa
                || attachment instanceof Attachment.Passthrough
                || attachment instanceof Attachment.Passt
                || (attachment instanceof Attachment.User user
                        && !user.published().isEmpty());
    }

    private static List<PropertyKind> kinds(BackendKind kind) {
        return switch (kind) {
            case USER -> BackendProperties.USER;
            case PASST -> BackendProperties.PASST;
            case STREAM -> BackendProperties.STREAM;
            case DATAGRAM -> BackendProperties.DATAGRAM;
            case VHOST_USER -> BackendProperties.VHOST_USER;
            case BRIDGE_HELPER -> BackendProperties.BRIDGE_HELPER;
            case QEMU_TAP -> BackendProperties.QEMU_TAP;
            case UNPLUGGED, VDPA, HUB, PCI, USB -> List.of();
        };
    }

    private Optional<Attachment> read(Guest guest, Nic nic, Backend backend, PropertySet set) {
        return switch (backend.getKind()) {
            case USER -> Optional.of(userNetworks.user(backend, set));
            case PASST -> Optional.of(passt(guest, nic, backend, set));
            case STREAM -> stream(backend, set);
            case DATAGRAM -> datagram(backend, set);
            case UNPLUGGED -> Optional.of(new Attachment.Unplugged());
            case QEMU_TAP -> qemuTap(backend, set);
            case VHOST_USER ->
                socket(backend, backend.getTarget())
                        .map(path -> new Attachment.VhostUser(
                                path, set.flag("server").orElse(false), set.time("reconnect")));
            case VDPA -> path(backend).map(Attachment.Vdpa::new);
            case BRIDGE_HELPER ->
                target(backend, InterfaceName::new)
                        .map(bridge -> new Attachment.HelperBridge(bridge, set.text("helper")));
            case PCI ->
                target(backend, PciAddress::parse)
                        .map(address -> new Attachment.Passthrough(new HostDevice.Pci(address)));
            case USB -> target(backend, HostDevice::usb).map(Attachment.Passthrough::new);
            case HUB -> Optional.empty();
        };
    }

    private Optional<Attachment> qemuTap(Backend backend, PropertySet set) {
        Optional<String> written = set.text("name");
        Optional<InterfaceName> name = written.flatMap(text -> read(backend, text, InterfaceName::new));
        return written.isPresent() && name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attachment.QemuTap(name, set.text("script"), set.text("down-script")));
    }

    private Attachment passt(Guest guest, Nic nic, Backend backend, PropertySet set) {
        List<GuestPort> ports = userNetworks.ports(backend);
        String socket =
                set.text("socket").orElseGet(() -> RUN_FOLDER + guest.getName() + "." + nic.getName() + ".passt");
        socket(backend, socket);
        return new Attachment.Passt(socket, set.without("socket"), ports);
    }

    private Optional<Attachment> stream(Backend backend, PropertySet set) {
        boolean server = set.flag("server").orElse(false);
        Optional<SocketPlace> place = place(backend, set, "address", "port", "socket");
        if (place.isEmpty()) {
            wrong(backend, "a stream has another end", "write `address` and `port`, or `socket`");
        }
        if (server && set.has("reconnect")) {
            wrong(backend, "what waits for the other end never reconnects", "remove `reconnect`, or `server`");
        }
        return place.map(where -> new Attachment.Stream(where, server, set.time("reconnect")));
    }

    private Optional<Attachment> datagram(Backend backend, PropertySet set) {
        Optional<SocketPlace> local = place(backend, set, "local", "local-port", "local-socket");
        Optional<SocketPlace> remote = place(backend, set, "remote", "remote-port", "remote-socket");
        if (remote.isEmpty()) {
            wrong(backend, "datagrams go somewhere", "write `remote` and `remote-port`, or `remote-socket`");
            return Optional.empty();
        }
        if (local.isEmpty() && !isGroup(remote.get())) {
            wrong(backend, "datagrams come from somewhere", "write `local` and `local-port`, or `local-socket`");
            return Optional.empty();
        }
        if (local.isPresent() && local.get() instanceof SocketPlace.File != remote.get() instanceof SocketPlace.File) {
            wrong(backend, "a socket of the file system and one of a network never meet", "write both alike");
            return Optional.empty();
        }
        return Optional.of(new Attachment.Datagram(local, remote.get()));
    }

    /** Whether datagrams go to all who listen there. */
    static boolean isGroup(SocketPlace place) {
        return place instanceof SocketPlace.Internet internet
                && internet.address().isMulticast();
    }

    /** Of a group the local end has no port of its own. */
    private Optional<SocketPlace> place(Backend backend, PropertySet set, String address, String port, String socket) {
        Optional<IpAddress> host = set.address(address);
        Optional<Integer> number = set.number(port).map(Math::toIntExact);
        Optional<String> path = set.text(socket);
        if (path.isPresent() && (host.isPresent() || number.isPresent())) {
            wrong(backend, "an end is on a network or in the file system", "remove `" + socket + "`, or the address");
        }
        if (host.filter(each -> each.family() == IpFamily.IPV6).isPresent()
                && backend.getKind() == BackendKind.DATAGRAM) {
            wrong(backend, "QEMU sends datagrams over IPv4 only", "write IPv4 addresses, or `stream`");
        }
        if (path.isPresent()) {
            return socket(backend, path.get()).map(SocketPlace.File::new);
        }
        return host.map(each -> new SocketPlace.Internet(each, number.orElse(0)));
    }

    private Optional<String> socket(Backend backend, String text) {
        return SocketPaths.read(resolution, backend, text);
    }

    private Optional<String> path(Backend backend) {
        String path = backend.getTarget();
        if (!path.startsWith("/") || !OptionValue.Text.isText(path)) {
            wrong(
                    backend,
                    "`" + backend.getKind() + "` wants the path of a file",
                    "write it from the root on, in quotes, as in \"/dev/vhost-vdpa-0\"");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private <T> Optional<T> target(Backend backend, Function<String, T> reading) {
        return read(backend, backend.getTarget(), reading);
    }

    private <T> Optional<T> read(Backend backend, String text, Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(text));
        } catch (LiteralException e) {
            resolution.error(
                    DiagnosticCode.NAME_FORM,
                    backend.getTarget() == null
                            ? resolution.place(backend)
                            : resolution.place(backend, Literals.BACKEND__TARGET),
                    e.getMessage(),
                    e.hint().orElse("write another one"));
            return Optional.empty();
        }
    }

    private void notHere(Backend backend, EObject what, String word) {
        resolution.error(
                DiagnosticCode.SETTING_NOT_HERE,
                resolution.place(what),
                "`" + word + "` is of " + (word.equals("forward") ? "`user`" : "`user` and `passt`") + ", and this is `"
                        + backend.getKind() + "`",
                "remove it");
    }

    private void wrong(Backend backend, String message, String hint) {
        resolution.error(DiagnosticCode.BACKEND, resolution.place(backend), message, hint);
    }
}
