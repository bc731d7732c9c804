// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A source of one to four networks with their guests that the {@link ExampleHost} can be made to be. Each network follows
 * from a seed of its own, so that a small change of the source is a small change of what is wanted.
 *
 * @param networks the seeds
 * @param places which subnets each network has, and which bridge name; two that swap theirs swap what they hold
 */
record RandomSource(List<Long> networks, List<Integer> places) {
    private static final int MOST = 4;

    static RandomSource next(Random random) {
        int count = 1 + random.nextInt(MOST);
        return new RandomSource(
                random.longs(count).boxed().toList(),
                IntStream.range(0, count).boxed().toList());
    }

    /** Another one, mostly almost the same. */
    RandomSource mutation(Random random) {
        List<Long> seeds = new ArrayList<>(networks);
        List<Integer> swapped = new ArrayList<>(places);
        int one = random.nextInt(seeds.size());
        switch (random.nextInt(5)) {
            case 0, 1 -> seeds.set(one, random.nextLong());
            case 2 -> {
                int other = random.nextInt(seeds.size());
                swapped.set(one, places.get(other));
                swapped.set(other, places.get(one));
            }
            case 3 -> {
                if (seeds.size() < MOST) {
                    seeds.add(random.nextLong());
                    swapped.add(seeds.size() - 1);
                } else {
                    seeds.remove(MOST - 1);
                    swapped.remove(Integer.valueOf(MOST - 1));
                }
            }
            default -> {
                return next(random);
            }
        }
        // A place beyond the number of networks is one that nobody has.
        return new RandomSource(seeds, swapped);
    }

    String text() {
        return "host kvm1 { uplink wan = eno1  uplink lan = eno2 }\n"
                + IntStream.range(0, networks.size())
                        .mapToObj(i -> new Writer(i, places.get(i), new Random(networks.get(i))).text())
                        .collect(Collectors.joining());
    }

    /** Writes one network and its guests. */
    private static final class Writer {
        private final int number;
        private final int place;
        private final Random random;
        private final List<String> lines = new ArrayList<>();

        Writer(int number, int place, Random random) {
            this.number = number;
            this.place = place;
            this.random = random;
        }

        String text() {
            // One can be on the bridge of the host, and then has guests only.
            boolean foreignBridge = number == 0 && random.nextInt(4) == 0;
            int mtu = foreignBridge ? 1500 : pick(1280, 1400, 1500, 9000);
            if (foreignBridge) {
                lines.add("forward bridge bridge br0");
            } else {
                network(mtu);
            }
            String network = "network net" + number + " on kvm1 {\n  " + String.join("\n  ", lines) + "\n}\n";
            return network
                    + IntStream.range(0, random.nextInt(3))
                            .mapToObj(guest -> guest(guest, foreignBridge ? 1500 : mtu))
                            .collect(Collectors.joining());
        }

        private void network(int mtu) {
            String via = word("", " via wan", " via lan", " via lan, wan");
            lines.add(word("", "forward nat" + via, "forward nat" + via, "forward route" + via, "forward open"));
            lines.add("bridge " + word("", "brx-" + place) + " { mtu " + mtu
                    + word("", " stp on forward-delay 2s", " stp off", " mac 52:54:00:aa:00:0" + place) + " }");
            boolean subnets = random.nextInt(5) > 0;
            if (subnets) {
                subnets();
            }
        }

        private void subnets() {
            String four = "10." + (20 + place) + ".0.";
            lines.add("subnet " + four + "0/24 { gateway .1 "
                    + word(
                            "",
                            "dhcp .100 .. .199 lease 12h",
                            "dhcp .50 .. .59 { host a { mac 52:54:00:bb:00:01 address .9 } }",
                            "dhcp .50 .. .59 { host b { mac 52:54:00:bb:00:02 address .8 } host c { mac 52:54:00:bb:00:03 address .7 } }")
                    + " }");
            lines.add(word("", "", "subnet 10." + (30 + place) + ".0.0/22 { gateway .1 }"));
            lines.add(word(
                    "",
                    "subnet 2001:db8:" + place + "::/64 { gateway ::1 }",
                    "subnet 2001:db8:" + place + "::/64 { gateway ::1  advertise }",
                    "subnet 2001:db8:" + place + "::/64 { gateway ::1  advertise  dhcp ::100 .. ::1ff lease 1h }"));
            lines.add(word("", "domain net" + number + ".example", "domain net" + number + ".example local"));
            lines.add(word(
                    "",
                    "dns off",
                    "dns { host " + four + "7 = seven, sieben  txt motd = \"hello\" }",
                    "dns { forward to 9.9.9.9  forward corp.example to 192.0.2.53 }"));
            lines.add(word("", "route 10." + (50 + place) + ".0.0/16 via " + four + "2" + word("", " metric 7")));
        }

        private String guest(int guest, int mtu) {
            return "vm guest%d-%d { nic eth0 { network net%d %s %s %s } }%n"
                    .formatted(
                            number,
                            guest,
                            number,
                            word("", "queues 4"),
                            word("", "mtu " + Math.max(1280, mtu - 100)),
                            word("", "owner nobody", "group nogroup", "mac 52:54:00:cc:0" + number + ":0" + guest));
        }

        private String word(String... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private int pick(int... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
