// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the QEMU of a guest's host cannot do. */
final class QemuVersionCheck {
    private static final QemuVersion SOCKETS = new QemuVersion(7, 2, 0);
    private static final QemuVersion RECONNECT = new QemuVersion(8, 0, 0);
    private static final QemuVersion IGB = new QemuVersion(8, 0, 0);

    private final Resolution resolution;
    private final Map<String, QemuVersion> declared;
    private final Optional<QemuVersion> asked;

    QemuVersionCheck(Resolution resolution, List<Host> hosts, Optional<QemuVersion> asked) {
        this.resolution = resolution;
        this.asked = asked;
        this.declared = hosts.stream()
                .filter(host -> host.qemu().isPresent())
                .collect(Collectors.toMap(Host::name, host -> host.qemu().orElseThrow(), (one, same) -> one));
    }

    /**
     * What a card needs.
     *
     * @param what it is, as a message names it
     * @param since the first version that has it
     * @param instead what to write
     */
    private record Need(String what, QemuVersion since, String instead) {}

    void run(List<Guest> guests) {
        for (Guest guest : guests) {
            QemuVersion version = asked.or(() -> guest.host().flatMap(host -> Optional.ofNullable(declared.get(host))))
                    .orElse(QemuVersion.DEFAULT);
            for (Nic nic : guest.nics()) {
                needs(nic).stream()
                        .filter(need -> version.isBefore(need.since()))
                        .forEach(need -> report(guest, nic, version, need));
            }
        }
    }

    private static List<Need> needs(Nic nic) {
        List<Need> needs = new ArrayList<>();
        if (nic.attachment() instanceof Attachment.Stream stream
                && stream.reconnect().isPresent()) {
            needs.add(new Need(
                    "a stream that reconnects, and without that neither guest could start again",
                    RECONNECT,
                    "write `over udp` or `over unix`"));
        }
        if (nic.attachment() instanceof Attachment.Stream
                || nic.attachment() instanceof Attachment.Datagram
                || nic.attachment() instanceof Attachment.Passt) {
            needs.add(new Need("the backends `stream` and `dgram`", SOCKETS, "use a network"));
        }
        if (nic.card().model() == CardModel.IGB) {
            needs.add(new Need("the card igb", IGB, "write `device e1000e`"));
        }
        return needs;
    }

    private void report(Guest guest, Nic nic, QemuVersion version, Need need) {
        resolution.error(
                DiagnosticCode.QEMU_VERSION,
                place(guest, nic),
                "`" + guest.name() + "." + nic.name() + "` needs QEMU " + need.since() + " for " + need.what()
                        + "; the host has " + version,
                need.instead() + "; or, if the host has a newer one, write `qemu " + need.since()
                        + "` in its `host` block");
    }

    private SourceRange place(Guest guest, Nic nic) {
        return resolution.sources().declarations(io.vnetc.dsl.vnet.Guest.class).stream()
                .filter(written -> guest.name().startsWith(written.getName()))
                .flatMap(written -> written.getNics().stream())
                .filter(written -> written.getName().equals(nic.name())
                        && resolution.origin(written).equals(nic.origin()))
                .findFirst()
                .map(resolution::name)
                .orElseThrow();
    }
}
