// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.dsl.value.IpFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The port of DHCP servers, not held by one that does not share it. Every dnsmasq that serves links of its own holds it, on
 * all addresses, and lets others hold it too (SO_REUSEPORT of socket(7)): only trying tells, so this holds it for a moment.
 *
 * @param family whose DHCP it is
 */
record FreeDhcpPort(IpFamily family) implements Requirement {
    private int port() {
        return family == IpFamily.IPV4 ? 67 : 547;
    }

    @Override
    public String what() {
        return "the DHCP port " + port() + ", which another server holds for itself";
    }

    @Override
    public String remedy() {
        return "Find it with `ss -lnpu sport = " + port()
                + "`, and let it serve its own links only (dnsmasq: bind-dynamic), or give the" + " network no `dhcp`.";
    }

    @Override
    public boolean isMet(HostContext host) {
        try (DatagramChannel channel = DatagramChannel.open(
                family == IpFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                    .bind(new InetSocketAddress(port()));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
