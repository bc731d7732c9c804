// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Declarations of networks and guests that do not clash, each a text of its own. */
final class RandomSource {
    private final Random random;
    private final List<String> networks = new ArrayList<>();

    RandomSource(Random random) {
        this.random = random;
    }

    List<String> declarations() {
        List<String> declarations = new ArrayList<>();
        boolean uplinks = random.nextBoolean();
        if (uplinks) {
            declarations.add("host kvm1 { uplink lan = eno1  uplink wan = eno2 }");
        }
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String name = name("net", i);
            networks.add(name);
            declarations.add(network(name, i, uplinks));
        }
        int guests = random.nextInt(8);
        for (int i = 0; i < guests; i++) {
            declarations.add(guest(name("guest", i)));
        }
        return declarations;
    }

    /** Short, or too long for an interface. */
    private String name(String prefix, int number) {
        return prefix + (random.nextBoolean() ? "" : "-of-the-laboratory-") + "x".repeat(random.nextInt(3)) + "n"
                + number;
    }

    private String network(String name, int number, boolean uplinks) {
        List<String> settings = new ArrayList<>();
        String via = uplinks ? pick("", " via lan", " via wan, lan") : "";
        settings.add(pick("", "forward nat" + via, "forward route" + via, "forward open"));
        settings.add(pick("", "bridge { stp on }", "bridge { mtu 9000  forward-delay 50ms }"));
        settings.add("subnet 10." + number + ".0.0/24 { "
                + shuffled(
                        "gateway .1",
                        pick("", "dhcp .100 .. .199 lease 12h { host a { address .9 }  host b { address .8 } }"),
                        pick("", "dhcp .50 .. .59"))
                + " }");
        settings.add(pick("", "subnet fd00:" + number + "::/64 { gateway ::1  advertise }"));
        settings.add(pick("", "dns { host 10.0.0.7 = seven  host 10.0.0.6 = six  txt b = \"2\"  txt a = \"1\" }"));
        settings.add(pick("", "route 172.16." + number + ".0/24 via 10." + number + ".0.2"));
        Collections.shuffle(settings, random);
        return "network " + name + " { " + String.join(" ", settings) + " }";
    }

    private String guest(String name) {
        StringBuilder text = new StringBuilder("vm " + name + pick("", "", "[1..3]") + " {");
        int cards = random.nextInt(4);
        for (int i = 0; i < cards; i++) {
            String network = networks.get(random.nextInt(networks.size()));
            text.append(" nic eth")
                    .append(i)
                    .append(" { network ")
                    .append(network)
                    .append(" }");
        }
        return text.append(" }").toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String shuffled(String... parts) {
        List<String> list = new ArrayList<>(List.of(parts));
        Collections.shuffle(list, random);
        return String.join(" ", list);
    }
}
