// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.vnetc.applier.lab.FullKernel;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests of one NAT network that VLANs keep apart, by the frames that they get. */
@FullKernel
final class VlanTest {
    private static final String SOURCE = """
            host kvm1 { uplink wan = eno1 }
            network office on kvm1 {
              forward nat via wan
              bridge vbr-office { $BRIDGE$ }
              subnet 10.62.0.0/24 { gateway .1 }
              portgroup staff   { vlan 42 }
              portgroup guests  { vlan 43 }
              portgroup routers { vlan trunk $TRUNK$ }
            }
            vm one   { nic eth0 { network office  portgroup staff    tap vt-one } }
            vm two   { nic eth0 { network office  portgroup guests   tap vt-two } }
            vm three { nic eth0 { network office  portgroup routers  tap vt-three } }
            """;

    private final ExampleHost host = ExampleHost.open();

    @AfterEach
    void close() {
        host.close();
    }

    private Source source(String bridge, String trunk) {
        return Source.of("vlans", SOURCE.replace("$BRIDGE$", bridge).replace("$TRUNK$", trunk), host.folder());
    }

    private TapFrames frames() {
        return new TapFrames(host.namespace(), "vt-one", "vt-two", "vt-three");
    }

    @Test
    void guests_of_two_vlans_hear_nothing_of_each_other_and_a_trunk_hears_both_with_their_tags() {
        NamespaceSnapshot before = host.snapshot();
        host.apply(source("", "42, 43"));

        assertThat(bridge().get("vlan_filtering").getAsInt()).isEqualTo(1);
        assertThat(frames().send("vt-one", "of42").send("vt-two", "of43").received())
                .isEqualTo(Map.of("vt-three", List.of("8100.42 of42", "8100.43 of43")));
        assertThat(frames().send("vt-three", "to42", "8100.42")
                        .send("vt-three", "to43", "8100.43")
                        .send("vt-three", "to44", "8100.44")
                        .send("vt-three", "none")
                        .send("vt-one", "hop2", "8100.43")
                        .received())
                .isEqualTo(Map.of("vt-one", List.of("to42"), "vt-two", List.of("to43")));

        host.destroy();
        host.snapshot().since(before).requireNone("apply and destroy");
    }

    @Test
    void what_a_trunk_sends_without_a_tag_is_of_its_native_vlan_which_it_gets_without_one_or_with_it() {
        host.apply(source("", "40 .. 43 native 42"));
        assertThat(frames().send("vt-one", "of42")
                        .send("vt-two", "of43")
                        .send("vt-three", "none")
                        .received())
                .isEqualTo(Map.of("vt-one", List.of("none"), "vt-three", List.of("8100.43 of43", "of42")));

        host.apply(source("", "40 .. 43 native 42 tagged"));
        assertThat(frames().send("vt-one", "of42")
                        .send("vt-three", "none")
                        .send("vt-three", "with", "8100.42")
                        .received())
                .isEqualTo(Map.of("vt-one", List.of("none", "with"), "vt-three", List.of("8100.42 of42")));
    }

    @Test
    void guests_of_each_vlan_reach_the_gateway_and_have_no_way_to_each_other_of_their_own() {
        host.apply(source("", "42, 43"));
        try (TrafficLab lab = new TrafficLab(host.namespace())) {
            TrafficLab.Guest one = lab.hold("vt-one", "52:54:00:62:00:01", "10.62.0.11/24", "fd00:62::11/64");
            TrafficLab.Guest two = lab.hold("vt-two", "52:54:00:62:00:02", "10.62.0.12/24", "fd00:62::12/64");
            one.namespace().exec("ping", "-c", "1", "-W", "10", "10.62.0.1");
            two.namespace().exec("ping", "-c", "1", "-W", "10", "10.62.0.1");
            assertThat(one.namespace()
                            .tryExec("ping", "-c", "2", "-W", "3", "10.62.0.12")
                            .exitCode())
                    .isNotZero();
        }
    }

    @Test
    void tags_of_a_provider_go_around_those_of_its_customers() {
        host.apply(source("vlan-protocol 802.1ad", "42, 43"));
        assertThat(bridge().get("vlan_protocol").getAsString()).isEqualTo("802.1ad");
        assertThat(frames().send("vt-one", "bare")
                        .send("vt-one", "cust", "8100.7")
                        .received())
                .isEqualTo(Map.of("vt-three", List.of("88a8.42 8100.7 cust", "88a8.42 bare")));
        assertThat(frames().send("vt-three", "back", "88a8.42", "8100.9")
                        .send("vt-three", "not1", "8100.43")
                        .received())
                .isEqualTo(Map.of("vt-one", List.of("8100.9 back")));

        host.apply(source("", "42, 43"));
        assertThat(bridge().get("vlan_protocol").getAsString()).isEqualTo("802.1Q");
        assertThat(frames().send("vt-one", "of42").received()).isEqualTo(Map.of("vt-three", List.of("8100.42 of42")));
    }

    @Test
    void a_step_that_fails_between_two_protocols_and_vlans_leaves_the_former() {
        Source former = source("", "40 .. 43 native 42");
        Source next = source("vlan-protocol 802.1ad", "42, 50 .. 59");
        host.apply(former);
        NamespaceSnapshot before = host.snapshot();
        Moment moment = new Moment(0, true);
        for (int step = 0; host.apply(next, moment).exit() != 0; moment = new Moment(++step, true)) {
            assertThat(moment.met()).as("a step that was to fail").isPresent();
            host.snapshot().since(before).requireNone(moment.toString());
        }
        assertThat(moment.met()).isEmpty();
    }

    private JsonObject bridge() {
        return host.namespace()
                .json("ip", "-d", "-j", "link", "show", "dev", "vbr-office")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data");
    }
}
