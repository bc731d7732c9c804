// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Hosts;
import io.vnetc.compiler.plan.RandomNetworks;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.SocketPath;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {
    private static final String SCHEMA = "state-1.schema.json";

    private final StateJson json = new StateJson(Kinds.TABLE);

    @Test
    void aHostIsReadAsItWasWrittenAndObeysItsSchema() {
        for (long seed = 0; seed < 20; seed++) {
            ObservedHost host = Hosts.after(
                    RandomNetworks.wish(new Random(seed)), RandomNetworks.bareHost(), "vt-vm1-eth0", "vt-vm0-eth0");
            String text = json.write(host);
            assertThat(json.readObserved(text)).as("seed %d", seed).isEqualTo(host);
            assertThat(json.write(json.readObserved(text))).as("seed %d", seed).isEqualTo(text);
            assertThat(Schemas.errors(SCHEMA, text)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aWishIsReadAsItWasWrittenWithThePlacesInItsSource() {
        HostState wish = RandomNetworks.wish(new Random(3));
        String text = json.write(wish);
        assertThat(json.readState(text)).isEqualTo(wish);
        assertThat(text).contains("\"file\": \"lab.vnet\"");
        assertThat(Schemas.errors(SCHEMA, text)).isEmpty();
        assertThatThrownBy(() -> json.readObserved(text))
                .isInstanceOf(MalformedStateException.class)
                .hasMessageContaining("host");
    }

    @Test
    void whatIsKnownOfTheHostItselfIsKept() {
        InterfaceName tap = new InterfaceName("vnet0");
        HostFacts facts = new HostFacts(
                "kvm1\u001b", "6.18", Set.of(tap), new TreeMap<>(Map.of(tap, "qemu \"x\" (pid 7)")), Set.of());
        ObservedHost host = new ObservedHost(HostState.EMPTY, facts);
        assertThat(json.readObserved(json.write(host))).isEqualTo(host);
    }

    @Test
    void whatFirewalldSaysOfItselfIsKept() {
        Firewalld firewalld = new Firewalld(
                "public", new TreeSet<>(Set.of("public", "libvirt")), new TreeMap<>(Map.of("virbr+", "libvirt")));
        HostFacts facts = new HostFacts("kvm1", "6.18", Set.of(), new TreeMap<>(), Set.of(), Optional.of(firewalld));
        String text = json.write(new ObservedHost(HostState.EMPTY, facts));
        assertThat(json.readObserved(text).facts()).isEqualTo(facts);
        assertThat(Schemas.errors(SCHEMA, text)).isEmpty();
    }

    @Test
    void whatGuestsThatRunSayIsKept() {
        SocketPath socket = new SocketPath("/run/qemu/web.qmp");
        HostFacts facts = new HostFacts(
                "kvm1",
                "6.18",
                Set.of(),
                new TreeMap<>(),
                Set.of(),
                Optional.empty(),
                new TreeMap<>(Map.of(
                        "web", new RunningGuest(socket, Optional.empty(), 7),
                        "mute", new RunningGuest(socket, Optional.of("it gave no answer within 5 s"), 0))));
        String text = json.write(new ObservedHost(HostState.EMPTY, facts));
        assertThat(json.readObserved(text).facts()).isEqualTo(facts);
        assertThat(Schemas.errors(SCHEMA, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\":\"bridge/x\",\"standing\":\"owned\",\"attributes\":{}}",
                "{\"address\":\"bridge/x\",\"standing\":\"owned\",\"attributes\":[]}",
                "{\"address\":\"/\",\"standing\":\"owned\",\"attributes\":{}}",
                "{\"address\":\"setting/eno1/ipv4.forwarding\",\"standing\":\"owned\",\"attributes\":{\"value\":\"1\"}}",
                "{\"address\":\"setting/eno1/ipv4.forwarding\",\"standing\":\"stolen\",\"attributes\":{\"value\":1}}",
                "{\"address\":\"setting/eno1/ipv4.forwarding\",\"standing\":\"owned\",\"attributes\":{\"value\":1,\"x\":1}}",
                "{\"address\":\"setting/eno1/ipv4.forwarding\",\"standing\":\"owned\",\"attributes\":{\"value\":1},\"x\":1}",
                "{\"address\":\"setting/eno1\",\"standing\":\"owned\",\"attributes\":{\"value\":1}}",
                "{\"address\":\"address/vbr-x/10.1.2.3/99\",\"standing\":\"owned\",\"attributes\":{\"owner\":\"network/x\"}}",
                "{\"address\":\"address/vbr-x/010.1.2.3/24\",\"standing\":\"owned\",\"attributes\":{\"owner\":\"network/x\"}}",
                "{\"address\":\"iptables/v4/filter\",\"standing\":\"owned\",\"attributes\":{\"jumps\":[],\"chains\":{\"INPUT\":[]}}}",
                "{\"address\":\"iptables/v4/filter\",\"standing\":\"owned\",\"attributes\":{\"jumps\":[],\"chains\":{\"VNET-X\":[\"-j X\\n\"]}}}",
                "{\"address\":\"iptables/v4/filter\",\"standing\":\"owned\",\"attributes\":{\"jumps\":[[]],\"chains\":{}}}"
            })
    void aResourceThatIsNoneIsRefused(String resource) {
        assertThatThrownBy(() -> json.readState(document(resource))).isInstanceOf(MalformedStateException.class);
    }

    @Test
    void aResourceThatIsThereTwiceIsRefused() {
        String setting =
                "{\"address\":\"setting/eno1/ipv4.forwarding\",\"standing\":\"owned\",\"attributes\":{\"value\":1}}";
        assertThat(json.readState(document(setting)).entries()).hasSize(1);
        assertThatThrownBy(() -> json.readState(document(setting + "," + setting)))
                .isInstanceOf(MalformedStateException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void theSchemaRefusesWhatItDoesNotDescribe() {
        assertThat(Schemas.errors(SCHEMA, document("{\"address\":\"bridge/x\",\"standing\":\"owned\"}")))
                .isNotEmpty();
        assertThat(Schemas.errors(SCHEMA, document("{\"address\":\"x\",\"standing\":\"owned\",\"attributes\":{}}")))
                .isNotEmpty();
        assertThat(Schemas.errors(
                        SCHEMA, document("{\"address\":\"a/b\",\"standing\":\"owned\",\"attributes\":{\"m\":1.5}}")))
                .isNotEmpty();
        assertThat(Schemas.errors(
                        SCHEMA, document("{\"address\":\"a/b\",\"standing\":\"owned\",\"attributes\":{\"m\":1}}")))
                .isEmpty();
    }

    private static String document(String resources) {
        return "{\"format_version\":\"1.0\",\"kind\":\"state\",\"resources\":[" + resources + "]}";
    }
}
