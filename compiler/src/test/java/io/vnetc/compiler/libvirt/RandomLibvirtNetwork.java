// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import java.util.List;
import java.util.Random;

/** Networks of all that both the language and libvirt can say. */
final class RandomLibvirtNetwork {
    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private RandomLibvirtNetwork(Random random) {
        this.random = random;
    }

    static String of(Random random) {
        return new RandomLibvirtNetwork(random).source();
    }

    private boolean maybe() {
        return random.nextInt(3) == 0;
    }

    private String some(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void say(String line) {
        text.append(line).append('\n');
    }

    private String source() {
        String mode = some("isolated", "nat", "nat", "route", "open");
        String via = !mode.equals("open") && !mode.equals("isolated") && maybe() ? " via eno1" : "";
        if (!via.isEmpty()) {
            say("host here { uplink eno1 = eno1 }");
        }
        say("network office {");
        boolean ipv6 = maybe();
        if (!mode.equals("isolated")) {
            say("forward " + mode + via + (mode.equals("nat") ? " { " + nat(ipv6) + " }" : ""));
        }
        bridge();
        if (maybe()) {
            say("domain office.example" + (maybe() ? " local" : ""));
        }
        subnet4();
        if (ipv6) {
            subnet6();
        } else if (!mode.equals("open")) {
            say("guest-ipv6 " + some("on", "off"));
        }
        if (maybe()) {
            say("route 192.0.2.0/24 via 10.1.0.77 metric " + (1 + random.nextInt(1000)));
        }
        dns();
        if (maybe()) {
            say("qos { inbound average " + rate() + (maybe() ? " burst " + (1 + random.nextInt(99)) + "KiB" : "")
                    + "  outbound average " + rate() + " }");
        }
        say("}");
        return text.toString();
    }

    private String nat(boolean ipv6) {
        int first = 1024 + random.nextInt(1000);
        return "ports " + first + ".." + (first + 1 + random.nextInt(1000))
                + (maybe() ? "  addresses 198.51.100.3..198.51.100.9" : "")
                + (ipv6 ? "  ipv6 " + some("nat", "route") : "");
    }

    private String rate() {
        return 8 * (1 + random.nextInt(10_000)) + "kbit";
    }

    private void bridge() {
        boolean stp = random.nextBoolean();
        say("bridge " + some("vbr-office", "br7", "\"in\"") + " { stp " + (stp ? "on" : "off") + "  forward-delay "
                + (stp ? 2 + random.nextInt(28) : random.nextInt(30)) + "s"
                + (maybe() ? "  mtu " + (1280 + random.nextInt(8000)) : "")
                + (maybe() ? "  mac 52:54:00:12:34:%02x".formatted(random.nextInt(256)) : "") + " }");
    }

    private void subnet4() {
        say("subnet 10.1.0.0/" + some("16", "20", "24") + " { gateway 10.1.0.1");
        if (maybe()) {
            say("local-ptr");
        }
        if (maybe()) {
            say("tftp \"/srv/tftp\"");
        }
        if (random.nextBoolean()) {
            int first = 10 + random.nextInt(20);
            say("dhcp 10.1.0." + first + " .. 10.1.0." + (first + random.nextInt(20)) + lease() + " {");
            for (int i = random.nextInt(3); i > 0; i--) {
                say("host h" + i + " { " + (maybe() ? "" : "mac 52:54:00:00:00:0" + i) + " address 10.1.0." + (100 + i)
                        + lease() + " }");
            }
            if (maybe()) {
                say("boot \"pxelinux.0\"" + (maybe() ? " server 10.1.0.9" : ""));
            }
            say("}");
        }
        say("}");
    }

    private void subnet6() {
        say("subnet fd00:1::/64 { gateway fd00:1::1 advertise");
        if (maybe()) {
            say("dhcp fd00:1::10 .. fd00:1::" + Integer.toHexString(0x20 + random.nextInt(99))
                    + some("", " lease 1d", " lease 2h"));
        }
        say("}");
    }

    private String lease() {
        return some("", "", " lease 12h", " lease infinite", " lease 90m", " lease 125s");
    }

    private void dns() {
        if (maybe()) {
            say("dns off");
            return;
        }
        say("dns {");
        List.of(
                        "forward to 9.9.9.9, 1.1.1.1",
                        "forward corp.example to 10.9.9.9 port 5353",
                        "forward www.corp.example to host",
                        "plain-names off",
                        "host 10.1.0.5 = nas, files.example",
                        "txt motd.office.example = \"hello world\"",
                        "srv _ldap._tcp.office.example = ldap.office.example port 389 priority 10 weight 5",
                        "srv _sip._udp = sip.office.example port 5060")
                .forEach(line -> {
                    if (maybe()) {
                        say(line);
                    }
                });
        say("}");
    }
}
