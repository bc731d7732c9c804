// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.GuestPort;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Permission.Protocol;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;

/** passt(1), as it is started for one card. */
final class PasstProgram {
    private PasstProgram() {}

    static List<String> of(Attachment.Passt passt, int mtu) {
        List<String> words = new ArrayList<>(List.of("passt", "--one-off", "--socket", passt.socket()));
        if (mtu != QemuArguments.ETHERNET_MTU) {
            words.addAll(List.of("--mtu", Integer.toString(mtu)));
        }
        for (PropertyKind kind : BackendProperties.PASST) {
            for (OptionValue value : passt.properties().values().getOrDefault(kind.name(), List.of())) {
                words.add(kind.property());
                words.add(word(value));
            }
        }
        for (GuestPort port : passt.published()) {
            words.add(port.protocol() == Protocol.TCP ? "--tcp-ports" : "--udp-ports");
            words.add(published(port));
        }
        return words;
    }

    private static String word(OptionValue value) {
        if (value instanceof OptionValue.Address address) {
            return address.address().toString();
        }
        if (value instanceof OptionValue.Whole whole) {
            return Long.toString(whole.number());
        }
        return value instanceof OptionValue.Name name
                ? name.name().text()
                : value instanceof OptionValue.Text text ? text.text() : "";
    }

    /** {@code 127.0.0.1%eth0/2222:22,~2230}. */
    private static String published(GuestPort port) {
        String where = port.on()
                        .map(address -> address.family() == IpFamily.IPV6 ? "[" + address + "]" : address.toString())
                        .orElse("")
                + port.via().map(link -> "%" + link).orElse("");
        StringBuilder text = new StringBuilder(where.isEmpty() ? "" : where + "/").append(range(port.ports()));
        if (port.targetPort() != port.ports().first()) {
            int last = port.targetPort() + port.ports().last() - port.ports().first();
            text.append(':').append(range(new PortRange(port.targetPort(), last)));
        }
        port.excluded().forEach(excluded -> text.append(",~").append(range(excluded)));
        return text.toString();
    }

    private static String range(PortRange ports) {
        return ports.first() == ports.last() ? Integer.toString(ports.first()) : ports.first() + "-" + ports.last();
    }
}
