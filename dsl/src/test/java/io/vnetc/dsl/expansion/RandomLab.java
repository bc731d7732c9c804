// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The same random networks and guests twice: with templates, loops and conditions, and written out by hand. */
final class RandomLab {
    private final Random random;
    private final StringBuilder templates = new StringBuilder();
    private final StringBuilder written = new StringBuilder();
    private final StringBuilder byHand = new StringBuilder();
    private final List<String> networks = new ArrayList<>();

    RandomLab(Random random) {
        this.random = random;
        templates.append("let base = 10.0.0.0/8\n");
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            declaration(i);
        }
    }

    String written() {
        // Templates may stand before and after what uses them.
        return random.nextBoolean() ? templates.toString() + written : written.toString() + templates;
    }

    String byHand() {
        return byHand.toString();
    }

    private void declaration(int number) {
        switch (random.nextInt(4)) {
            case 0 -> network(number);
            case 1 -> loop(number);
            case 2 -> guests(number);
            default -> condition(number);
        }
    }

    /** A network from a template, with some of its settings given, some left, some put in its place. */
    private void network(int number) {
        int mtu = 1280 + random.nextInt(8000);
        boolean given = random.nextBoolean();
        boolean override = random.nextBoolean();
        boolean more = random.nextBoolean();
        int vlan = 1 + random.nextInt(4000);
        templates.append(
                "template network lan" + number + "(network net, number size = " + mtu + ", list names = []) {\n"
                        + "  bridge { stp off  mtu size }\n"
                        + "  subnet net { gateway .1  dhcp net.range(10, 20) { for i, name in names { host \"${name}\" { address"
                        + " net.host(100 + i) } } } }\n"
                        + "  portgroup staff { vlan " + vlan + " }\n}\n");
        String name = "n" + number;
        int other = mtu + 1;
        written.append("network " + name + " from lan" + number + "(base.subnet(24, " + number + ")"
                + (given ? ", names = [\"a\", \"b\"], size = " + other : "") + ") {\n"
                + (override ? "  bridge { stp on }\n  portgroup staff { vlan 7 }\n" : "")
                + (more ? "  portgroup more { isolated }\n" : "") + "}\n");
        byHand.append("network " + name + " {\n  bridge { stp " + (override ? "on" : "off") + "  mtu "
                + (given ? other : mtu) + " }\n  subnet 10.0." + number + ".0/24 { gateway .1  dhcp 10.0." + number
                + ".10 .. 10.0." + number + ".20"
                + (given
                        ? " { host a { address 10.0." + number + ".100 } host b { address 10.0." + number + ".101 } }"
                        : "")
                + " }\n  portgroup staff { vlan " + (override ? 7 : vlan) + " }\n"
                + (more ? "  portgroup more { isolated }\n" : "") + "}\n");
        networks.add(name);
    }

    private void loop(int number) {
        int first = random.nextInt(5);
        int count = random.nextInt(4);
        written.append("for i in " + first + ".." + (first + Math.max(count - 1, 0)) + " {\n"
                + "  let net = base.subnet(24, 1000 * " + number + " + i)\n"
                + "  network \"m" + number + "-${i * 2}\" { subnet net { if i % 2 == 0 { gateway net.host(1) } else {"
                + " gateway net.last-host() } } }\n}\n");
        for (int i = first; i <= first + Math.max(count - 1, 0); i++) {
            int index = 1000 * number + i;
            String net = "10." + (index >> 8) + "." + (index & 255);
            byHand.append("network m" + number + "-" + i * 2 + " { subnet " + net + ".0/24 { gateway " + net
                    + (i % 2 == 0 ? ".1" : ".254") + " } }\n");
            networks.add("m" + number + "-" + i * 2);
        }
    }

    /** By way of two templates, one in the other; the network may be declared later. */
    private void guests(int number) {
        if (networks.isEmpty()) {
            network(number + 100);
        }
        String network = networks.get(random.nextInt(networks.size()));
        int queues = 1 + random.nextInt(8);
        templates.append("template nic card" + number
                + "(name net, number q) { network \"${net}\"  if q > 2 { queues q } }\n"
                + "template pair" + number + "(name prefix, number q = 1) {\n"
                + "  for side in [\"left\", \"right\"] { vm \"${prefix}-${side}\" { nic eth0 from card" + number + "(\""
                + network + "\", q) } }\n}\n");
        written.append("use pair" + number + "(\"g" + number + "\", q = " + queues + ")\n");
        for (String side : List.of("left", "right")) {
            byHand.append("vm g" + number + "-" + side + " { nic eth0 { network " + network
                    + (queues > 2 ? "  queues " + queues : "") + " } }\n");
        }
    }

    private void condition(int number) {
        int left = random.nextInt(10);
        int right = random.nextInt(10);
        String rate = (1 + random.nextInt(90)) + "mbit";
        templates.append("template qos q" + number + "(rate most) { inbound average most  outbound average most }\n");
        written.append("if " + left + " < " + right + " or not (" + left + " != " + right + ") { network c" + number
                + " { qos from q" + number + "(" + rate + ") } } else { vm c" + number + " { } }\n");
        byHand.append(
                left <= right
                        ? "network c" + number + " { qos { inbound average " + rate + "  outbound average " + rate
                                + " } }\n"
                        : "vm c" + number + " { }\n");
    }
}
