// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.kinds.Drivers;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.state.HostFacts.Feature;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Forwarding is of single links, and a host that lives on router advertisements goes on living on them. */
final class ForwardingTest {
    private static final Source ROUTED = Source.example("routed-dual-stack");
    private static final Pattern FORWARDING = Pattern.compile("net/ipv4/conf/([^/]+)/forwarding");
    private static final int PATIENCE = 200;

    @Test
    void is_set_on_the_links_that_need_it_only() {
        try (ExampleHost host = ExampleHost.open()) {
            NamespaceSnapshot before = host.snapshot();
            assertThat(forwarding(before)).isEmpty();

            host.apply(Source.example("isolated"));
            assertThat(forwarding(host.snapshot())).isEmpty();
            host.apply(ROUTED);
            assertThat(forwarding(host.snapshot())).containsExactlyInAnyOrder("eno1", "eno2", "vbr-servers", "vbr-dmz");
            host.apply(Source.example("home-lab"));
            assertThat(forwarding(host.snapshot())).containsExactlyInAnyOrder("eno1", "vbr-home");

            assertThat(host.snapshot().section("sysctl")).containsEntry("net/ipv4/ip_forward", "0");
            host.destroy();
            host.snapshot().since(before).requireNone("destroy");
        }
    }

    @Test
    void leaves_a_default_route_that_was_learned_alone() throws Exception {
        try (ExampleHost host = ExampleHost.open()) {
            liveOnAdvertisements(host);
            NamespaceSnapshot before = host.snapshot();

            host.apply(ROUTED);

            assertThat(host.snapshot().section("sysctl"))
                    .containsEntry("net/ipv6/conf/all/forwarding", "0")
                    .containsEntry("net/ipv6/conf/eno1/force_forwarding", "1")
                    .containsEntry("net/ipv6/conf/eno1/accept_ra", "1");
            assertThat(learned(host)).as("the learned default route").isTrue();
            learnAgain(host);
            host.requireNothingToDo(ROUTED);
            host.destroy();
            host.snapshot().since(before).requireNone("destroy");
        }
    }

    @Test
    void leaves_it_alone_also_on_a_kernel_with_one_switch_for_all_links() throws Exception {
        try (ExampleHost host = ExampleHost.open()) {
            host.use(OlderKernel.without(Feature.FORCE_FORWARDING, Drivers.all()));
            liveOnAdvertisements(host);
            NamespaceSnapshot before = host.snapshot();

            StepWatch watch = new StepWatch(host::snapshot);
            host.apply(ROUTED, watch).requireExit(0, "apply");

            watch.forEach(seen -> {
                assertThat(seen.after().section("route6"))
                        .as("%s", seen.step().address())
                        .containsKeys(before.section("route6").keySet().toArray(String[]::new));
                seen.after()
                        .since(seen.before())
                        .outside(Footprint.of(seen.step()))
                        .requireNone("the step " + seen.step().address() + ", beyond its footprint,");
            });
            assertThat(host.snapshot().section("sysctl"))
                    .containsEntry("net/ipv6/conf/all/forwarding", "1")
                    .containsEntry("net/ipv6/conf/eno1/accept_ra", "2");
            learnAgain(host);
            host.requireNothingToDo(ROUTED);
            host.destroy();
            host.snapshot().since(before).requireNone("destroy");
        }
    }

    private static Set<String> forwarding(NamespaceSnapshot snapshot) {
        Set<String> links = new TreeSet<>();
        snapshot.section("sysctl").forEach((key, value) -> {
            Matcher matcher = FORWARDING.matcher(key);
            if (matcher.matches() && value.equals("1")) {
                links.add(matcher.group(1));
            }
        });
        return links;
    }

    /** Takes what the host knows of IPv6 by hand, and has the site advertise it. */
    private static void liveOnAdvertisements(ExampleHost host) throws InterruptedException {
        ExampleHost.shell(
                host.namespace(), "ip -6 route delete default", "ip address delete 2001:db8:ffff:1::2/64 dev eno1");
        learn(host);
    }

    /** What was learned is forgotten, and the site advertises itself once more. */
    private static void learnAgain(ExampleHost host) throws InterruptedException {
        host.site().exec("sh", "-c", "kill $(cat '" + host.folder().resolve("radvd.pid") + "')");
        host.namespace().exec("ip", "-6", "route", "delete", "default", "proto", "ra");
        learn(host);
    }

    private static void learn(ExampleHost host) throws InterruptedException {
        host.site()
                .exec(
                        "dnsmasq",
                        "--conf-file=/dev/null",
                        "--pid-file=" + host.folder().resolve("radvd.pid"),
                        "--user=root",
                        "--port=0",
                        "--interface=wan",
                        "--enable-ra",
                        "--dhcp-leasefile=/dev/null",
                        "--dhcp-range=2001:db8:ffff:1::,ra-only,64,1h");
        for (int i = 0; i < PATIENCE && !learned(host); i++) {
            Thread.sleep(100);
        }
        assertThat(learned(host)).as("a default route comes by advertisement").isTrue();
    }

    private static boolean learned(ExampleHost host) {
        return host.namespace()
                .exec("ip", "-6", "route", "show", "default", "dev", "eno1", "proto", "ra")
                .contains("via fe80:");
    }
}
