// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import com.google.gson.JsonObject;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.GuestForward;
import io.vnetc.compiler.model.GuestPort;
import io.vnetc.compiler.model.PropertySet;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** QEMU's own network: the NetdevUserOptions of its qapi/net.json. */
final class UserNetworkJson {
    private UserNetworkJson() {}

    /** Adds to a netdev what was set. */
    static JsonObject of(JsonObject netdev, Attachment.User user) {
        PropertySet set = user.properties();
        set.flag("ipv4").ifPresent(on -> netdev.addProperty("ipv4", on));
        set.flag("ipv6").ifPresent(on -> netdev.addProperty("ipv6", on));
        set.flag("restrict").ifPresent(on -> netdev.addProperty("restrict", on));
        set.network("network", IpFamily.IPV4).ifPresent(network -> netdev.addProperty("net", network.toString()));
        set.network("network", IpFamily.IPV6).ifPresent(network -> {
            netdev.addProperty("ipv6-prefix", network.base().toString());
            netdev.addProperty("ipv6-prefixlen", network.length());
        });
        address(netdev, set, "host", "host");
        address(netdev, set, "dns", "dns");
        address(netdev, set, "dhcp-start", "dhcpstart");
        text(netdev, set, "hostname", "hostname");
        text(netdev, set, "domain", "domainname");
        List<String> search = set.texts("search").toList();
        if (!search.isEmpty()) {
            netdev.add("dnssearch", NetdevJson.strings(search));
        }
        text(netdev, set, "tftp", "tftp");
        text(netdev, set, "tftp-server-name", "tftp-server-name");
        text(netdev, set, "boot-file", "bootfile");
        text(netdev, set, "smb", "smb");
        address(netdev, set, "smb-server", "smbserver");
        List<String> published = user.published().stream()
                .flatMap(port -> published(port).stream())
                .toList();
        if (!published.isEmpty()) {
            netdev.add("hostfwd", NetdevJson.strings(published));
        }
        List<String> forwards =
                user.forwards().stream().map(UserNetworkJson::forward).toList();
        if (!forwards.isEmpty()) {
            netdev.add("guestfwd", NetdevJson.strings(forwards));
        }
        return netdev;
    }

    private static void text(JsonObject netdev, PropertySet set, String name, String option) {
        set.texts(name).findFirst().ifPresent(text -> netdev.addProperty(option, text));
    }

    private static void address(JsonObject netdev, PropertySet set, String name, String option) {
        set.address(name, IpFamily.IPV4).ifPresent(address -> netdev.addProperty(option, address.toString()));
        set.address(name, IpFamily.IPV6).ifPresent(address -> netdev.addProperty("ipv6-" + option, address.toString()));
    }

    /** {@code tcp:127.0.0.1:2222-10.0.2.15:22}, each port by itself. */
    private static List<String> published(GuestPort port) {
        List<String> each = new ArrayList<>();
        for (int offset = 0; offset <= port.ports().last() - port.ports().first(); offset++) {
            each.add(port.protocol().name().toLowerCase(Locale.ROOT) + ":"
                    + port.on().map(Object::toString).orElse("") + ":"
                    + (port.ports().first() + offset) + "-"
                    + port.target().map(Object::toString).orElse("") + ":" + (port.targetPort() + offset));
        }
        return each;
    }

    private static String forward(GuestForward forward) {
        String behind = forward.behind() instanceof GuestForward.Behind.Program program
                ? "cmd:" + program.command()
                : server((GuestForward.Behind.Server) forward.behind());
        return "tcp:" + forward.address() + ":" + forward.port() + "-" + behind;
    }

    private static String server(GuestForward.Behind.Server server) {
        String host = server.address().family() == IpFamily.IPV6
                ? "[" + server.address() + "]"
                : server.address().toString();
        return "tcp:" + host + ":" + server.port();
    }
}
