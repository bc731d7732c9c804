// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConntrackSocketTest {
    private static final FlowTuple TCP =
            new FlowTuple(IpAddress.parse("10.0.0.5"), IpAddress.parse("192.0.2.1"), 6, 4000, 443);

    @Test
    void flowsOfBothFamiliesAreListedAndEnded() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                ConntrackSocket socket = host.call(ConntrackSocket::open)) {
            assertThat(socket.flows()).isEmpty();
            host.exec(
                    "conntrack",
                    "-I",
                    "-p",
                    "tcp",
                    "-s",
                    "10.0.0.5",
                    "-d",
                    "192.0.2.1",
                    "--sport",
                    "4000",
                    "--dport",
                    "443",
                    "--state",
                    "ESTABLISHED",
                    "-t",
                    "1000",
                    "-q",
                    "203.0.113.9",
                    "-r",
                    "192.0.2.1",
                    "--reply-port-src",
                    "443",
                    "--reply-port-dst",
                    "4000",
                    "-m",
                    "7");
            host.exec(
                    "conntrack",
                    "-I",
                    "-p",
                    "udp",
                    "-s",
                    "fd00::5",
                    "-d",
                    "fd00::1",
                    "--sport",
                    "53",
                    "--dport",
                    "54",
                    "-t",
                    "1000");
            host.exec(
                    "conntrack",
                    "-I",
                    "-p",
                    "icmp",
                    "-s",
                    "10.0.0.5",
                    "-d",
                    "10.0.0.6",
                    "--icmp-type",
                    "8",
                    "--icmp-code",
                    "0",
                    "--icmp-id",
                    "77",
                    "-t",
                    "1000");

            List<FlowInfo> flows = socket.flows();
            assertThat(flows).hasSize(3);
            FlowInfo tcp = find(flows, 6);
            assertThat(tcp.original()).isEqualTo(TCP);
            assertThat(tcp.original()).hasToString("protocol 6 [10.0.0.5]:4000 to [192.0.2.1]:443");
            assertThat(tcp.reply())
                    .isEqualTo(
                            new FlowTuple(IpAddress.parse("192.0.2.1"), IpAddress.parse("203.0.113.9"), 6, 443, 4000));
            assertThat(tcp.mark()).isEqualTo(7);
            FlowInfo udp = find(flows, 17);
            assertThat(udp.original())
                    .isEqualTo(new FlowTuple(IpAddress.parse("fd00::5"), IpAddress.parse("fd00::1"), 17, 53, 54));

            assertThat(socket.end(List.of(find(flows, 1), udp))).isEqualTo(2);
            assertThat(host.exec("conntrack", "-L")).contains("dport=443").doesNotContain("icmp");
            assertThat(host.exec("conntrack", "-L", "-f", "ipv6")).isEmpty();
            assertThat(socket.end(TCP)).isTrue();
            assertThat(socket.end(TCP)).isFalse();
            assertThat(socket.flows()).isEmpty();
            assertThat(socket.end(flows)).isZero();
        }
    }

    private static FlowInfo find(List<FlowInfo> flows, int protocol) {
        return flows.stream()
                .filter(flow -> flow.original().protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }
}
