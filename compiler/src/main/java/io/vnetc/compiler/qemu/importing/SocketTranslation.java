// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.Findings;
import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Statement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.model.SocketPlace;
import io.vnetc.dsl.value.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Frames in sockets: {@code stream} and {@code dgram}, and the older {@code socket}, whose bytes are the same. */
final class SocketTranslation {
    private static final QemuVersion RECONNECT = new QemuVersion(8, 0, 0);
    private static final QemuVersion RECONNECT_MILLISECONDS = new QemuVersion(9, 2, 0);
    private static final String LOCAL_NAME = "localhost";
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
    private static final IpAddress ANY = IpAddress.parse("0.0.0.0");
    private static final long MILLISECONDS = 1000;

    private final Findings findings;
    private final Values values;
    private final NeededVersion version;

    SocketTranslation(Findings findings, NeededVersion version) {
        this.findings = findings;
        this.values = new Values(findings);
        this.version = version;
    }

    /** The older form: which of its kinds it is its settings say. */
    Plugged legacy(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> group = settings.take("mcast");
        Optional<Settings.Setting> datagrams = settings.take("udp");
        Optional<Settings.Setting> listening = settings.take("listen");
        Optional<Settings.Setting> connecting = settings.take("connect");
        Optional<Settings.Setting> local = settings.take("localaddr");
        Optional<Attachment> attachment = Optional.empty();
        if (group.isPresent()) {
            Optional<SocketPlace> from = local.flatMap(each ->
                    values.address(nic, settings.from(each), each.value()).map(address -> place(address, 0)));
            attachment = hostAndPort(settings, group.get(), nic, ANY)
                    .filter(place -> local.isEmpty() || from.isPresent())
                    .map(place -> new Attachment.Datagram(from, place));
        } else if (datagrams.isPresent()) {
            Optional<SocketPlace> from = local.flatMap(each -> hostAndPort(settings, each, nic, ANY));
            attachment = hostAndPort(settings, datagrams.get(), nic, LOOPBACK)
                    .filter(place -> from.isPresent())
                    .map(place -> new Attachment.Datagram(from, place));
        } else if (listening.isPresent()) {
            attachment = hostAndPort(settings, listening.get(), nic, ANY)
                    .map(place -> new Attachment.Stream(place, true, Optional.empty()));
        } else if (connecting.isPresent()) {
            attachment = hostAndPort(settings, connecting.get(), nic, LOOPBACK)
                    .map(place -> new Attachment.Stream(place, false, Optional.empty()));
        } else if (settings.peek("fd").isEmpty()) {
            findings.noEqual(nic, settings.from(), "it leads nowhere", "write `listen`, `connect`, `mcast` or `udp`");
        }
        return say(settings, attachment, nic);
    }

    Plugged stream(Settings settings, Statement.Block nic) {
        Optional<SocketPlace> place = place(settings, "addr", nic);
        boolean server = settings.take("server")
                .flatMap(setting -> values.flag(nic, settings, setting))
                .orElse(false);
        Optional<Duration> reconnect = reconnect(settings, nic);
        return say(settings, place.map(where -> new Attachment.Stream(where, server, reconnect)), nic);
    }

    Plugged datagram(Settings settings, Statement.Block nic) {
        boolean hasLocal = settings.peek("local.type").isPresent();
        Optional<SocketPlace> local = hasLocal ? place(settings, "local", nic) : Optional.empty();
        if (settings.peek("remote.type").isEmpty()) {
            findings.noEqual(
                    nic,
                    settings.from(),
                    "it says no place that frames go to",
                    "write `remote.type` and the rest of it");
            return say(settings, Optional.empty(), nic);
        }
        Optional<SocketPlace> remote = place(settings, "remote", nic);
        return say(
                settings,
                remote.filter(place -> !hasLocal || local.isPresent())
                        .map(place -> new Attachment.Datagram(
                                isGroup(place) ? local.map(SocketTranslation::portless) : local, place)),
                nic);
    }

    /** Seconds, or milliseconds of newer ones; 0 is never. */
    private Optional<Duration> reconnect(Settings settings, Statement.Block nic) {
        Optional<Settings.Setting> seconds = settings.take("reconnect");
        Optional<Settings.Setting> milliseconds = settings.take("reconnect-ms");
        Optional<Duration> time = seconds.flatMap(setting -> values.number(nic, settings, setting))
                .map(Duration::ofSeconds)
                .or(() -> milliseconds
                        .flatMap(setting -> values.number(nic, settings, setting))
                        .map(Duration::ofMillis))
                .filter(each -> !each.isZero());
        if (time.isPresent()) {
            version.atLeast(milliseconds.isPresent() ? RECONNECT_MILLISECONDS : RECONNECT);
        }
        if (time.filter(each -> each.toMillis() % MILLISECONDS != 0).isPresent()) {
            findings.noEqual(
                    nic,
                    settings.from(milliseconds.orElseThrow()),
                    "it is no whole number of seconds",
                    "write 1000 or more");
            return Optional.empty();
        }
        return time;
    }

    /** A SocketAddress of QEMU's qapi/sockets.json. */
    private Optional<SocketPlace> place(Settings settings, String end, Statement.Block nic) {
        Optional<Settings.Setting> type = settings.take(end + ".type");
        Optional<Settings.Setting> path = settings.take(end + ".path");
        Optional<Settings.Setting> host = settings.take(end + ".host");
        Optional<Settings.Setting> port = settings.take(end + ".port");
        for (String usual : List.of(".abstract", ".to", ".numeric", ".keep-alive", ".mptcp")) {
            settings.peek(end + usual)
                    .filter(setting -> setting.flag().equals(Optional.of(false)))
                    .ifPresent(same -> settings.take(end + usual));
        }
        String kind = type.map(Settings.Setting::value).orElse("");
        From from = type.map(settings::from).orElseGet(settings::from);
        if (kind.equals("unix") && path.isPresent()) {
            return values.path(nic, settings.from(path.get()), path.get().value())
                    .map(written -> new SocketPlace.File(path.get().value()));
        }
        if (kind.equals("inet") && host.isPresent() && port.isPresent()) {
            Optional<IpAddress> address =
                    address(settings.from(host.get()), host.get().value(), nic, ANY);
            Optional<Integer> number =
                    values.port(nic, settings.from(port.get()), port.get().value());
            return address.flatMap(where -> number.map(which -> place(where, which)));
        }
        findings.noEqual(
                nic,
                from,
                kind.equals("inet") || kind.equals("unix")
                        ? "it is not complete"
                        : "the language has sockets of a network and of the file system",
                "write `" + end + ".type=inet` with host and port, or `unix` with a path");
        settings.takeAll(end + ".str");
        return Optional.empty();
    }

    private Optional<SocketPlace> hostAndPort(
            Settings settings, Settings.Setting setting, Statement.Block nic, IpAddress otherwise) {
        From from = settings.from(setting);
        int colon = setting.value().lastIndexOf(':');
        if (colon < 0) {
            findings.noEqual(nic, from, "it is not `ADDRESS:PORT`", "write it so");
            return Optional.empty();
        }
        Optional<IpAddress> address = address(from, setting.value().substring(0, colon), nic, otherwise);
        Optional<Integer> port = values.port(nic, from, setting.value().substring(colon + 1));
        return address.flatMap(where -> port.map(which -> place(where, which)));
    }

    private Optional<IpAddress> address(From from, String host, Statement.Block nic, IpAddress otherwise) {
        if (host.isEmpty()) {
            return Optional.of(otherwise);
        }
        return host.equals(LOCAL_NAME) ? Optional.of(LOOPBACK) : values.address(nic, from, host);
    }

    private static SocketPlace place(IpAddress address, int port) {
        return new SocketPlace.Internet(address, port);
    }

    static boolean isGroup(SocketPlace place) {
        return place instanceof SocketPlace.Internet internet
                && internet.address().isMulticast();
    }

    /** Of one that listens to a group the port is the group's. */
    private static SocketPlace portless(SocketPlace place) {
        return place instanceof SocketPlace.Internet internet ? place(internet.address(), 0) : place;
    }

    private Plugged say(Settings settings, Optional<Attachment> attachment, Statement.Block nic) {
        if (attachment.isEmpty()) {
            settings.takeAll("fd")
                    .forEach(given -> findings.noEqual(
                            nic,
                            settings.from(given),
                            "what a descriptor is open to only who starts QEMU knows",
                            "write where the socket is"));
            nic.say(settings.from(), "unplugged");
            return Plugged.PLAIN;
        }
        From from = settings.from();
        Statement.Block block =
                new Statement.Block(attachment.get() instanceof Attachment.Stream ? "stream" : "dgram", from, true);
        if (attachment.get() instanceof Attachment.Stream stream) {
            if (stream.server()) {
                block.say(from, "server on");
            }
            place(block, from, stream.place(), List.of("address", "port", "socket"));
            stream.reconnect().ifPresent(time -> block.say(from, "reconnect " + time.toSeconds() + "s"));
        } else if (attachment.get() instanceof Attachment.Datagram datagram) {
            datagram.local()
                    .ifPresent(place -> place(block, from, place, List.of("local", "local-port", "local-socket")));
            place(block, from, datagram.remote(), List.of("remote", "remote-port", "remote-socket"));
        }
        nic.add(block);
        return Plugged.socket(new Plugged.Socket(attachment.get(), nic, block, from));
    }

    /**
     * Says where it is.
     *
     * @param words for the address, the port and the path
     */
    private void place(Statement.Block block, From from, SocketPlace place, List<String> words) {
        if (place instanceof SocketPlace.File file) {
            values.text(block, from, file.path()).ifPresent(path -> block.say(from, words.get(2) + " " + path));
        } else if (place instanceof SocketPlace.Internet internet) {
            block.say(from, words.get(0) + " " + internet.address());
            if (internet.port() > 0) {
                block.say(from, words.get(1) + " " + internet.port());
            }
        }
    }
}
