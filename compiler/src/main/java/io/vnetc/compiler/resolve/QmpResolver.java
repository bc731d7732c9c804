// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.resolve.Placement.Scope;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.SocketPath;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The QMP sockets of guests: one each, for QEMU takes one at a time who speaks to it. */
final class QmpResolver {
    private final Resolution resolution;
    private final Map<Optional<Scope>, List<Placed<SocketPath>>> byHost = new HashMap<>();

    QmpResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * The sockets of the guests of a declaration, by name; of a range each has its own name where the path has the one that
     * they have in common.
     *
     * @param host that they are on, where that is known
     */
    Map<String, SocketPath> resolve(Guest guest, Optional<Scope> host, List<String> names) {
        Map<String, SocketPath> sockets = new HashMap<>();
        try {
            Optional<SocketPath> path = only(guest.getQmp()).map(SocketPath::new);
            if (path.isPresent() && guest.getRange() == null) {
                sockets.put(guest.getName(), path.get());
            } else if (path.isPresent() && isOfEach(guest, path.get())) {
                names.forEach(name -> sockets.put(name, ofEach(guest, path.get(), name)));
            }
        } catch (LiteralException e) {
            resolution.error(
                    DiagnosticCode.QMP_SOCKET,
                    place(guest),
                    e.getMessage(),
                    e.hint().orElse(""));
        }
        List<Placed<SocketPath>> others = byHost.computeIfAbsent(host, absent -> new ArrayList<>());
        sockets.forEach((name, path) -> others.add(new Placed<>(path, name, () -> place(guest))));
        return sockets;
    }

    private boolean isOfEach(Guest guest, SocketPath path) {
        if (word(guest.getName()).matcher(path.name()).find()) {
            return true;
        }
        resolution.error(
                DiagnosticCode.QMP_SOCKET,
                place(guest),
                "each guest of the range would have the same socket",
                "give the file the name that they have in common, and each gets its own: qmp \"/run/qemu/"
                        + guest.getName() + ".qmp\"");
        return false;
    }

    private static SocketPath ofEach(Guest guest, SocketPath path, String name) {
        return path.sibling(word(guest.getName()).matcher(path.name()).replaceFirst(name));
    }

    /** The name by itself, not as a part of another word. */
    private static Pattern word(String name) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(name) + "(?![A-Za-z0-9])");
    }

    /** Reports sockets that two guests of a host have. */
    void check() {
        byHost.values()
                .forEach(sockets -> Twice.among(
                        sockets,
                        (first, second) -> resolution.report(Diagnostic.error(
                                        DiagnosticCode.QMP_SOCKET,
                                        second.place(),
                                        "`" + second.value() + "` is the socket of the guest `" + first.owner()
                                                + "` as well")
                                .withHint("each guest has a socket of its own")
                                .withRelated(first.place(), "the other one"))));
    }

    private SourceRange place(Guest guest) {
        return resolution.place(guest, VnetPackage.Literals.GUEST__QMP);
    }
}
