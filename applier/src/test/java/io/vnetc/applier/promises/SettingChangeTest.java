// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.tun.Tap;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each setting of a live network is changed in turn. The guests' taps stay what they are and where they are, and of what
 * goes through the network nothing is lost where the plan says that nobody notices.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SettingChangeTest {
    /** Not a setting of a network that lives, with the reason. */
    private static final Set<String> NO_SETTINGS = Set.of(
            // The names of things: another name is another thing, or `moved from`, which has its own test.
            "Network.name",
            "Network.host",
            "Guest.name",
            "Nic.guest",
            "Nic.name",
            "Nic.network",
            "Nic.attachment",
            "Tap.name",
            "Macvtap.name",
            "Bridge.name",
            "Host.name",
            "Portgroup.name",
            "DnsmasqSetting.name",
            "Lifecycle.identity",
            // The whole that settings are in.
            "Model.hosts",
            "Model.networks",
            "Model.guests",
            "Model.pools",
            "Guest.nics",
            "Network.bridge",
            "Bridge.switching",
            "Network.dns",
            "Dhcp.answer",
            // Of QEMU's arguments alone, or of which host a guest is on.
            "Nic.card",
            "Guest.host",
            "Host.qemu",
            "Model.cables",
            // Where its QEMU is asked: RunningGuestOnKernelTest.
            "Guest.qmp",
            // Made again while nobody holds it, or refused: HeldTapTest and LifecycleTest.
            "Nic.queues",
            "Nic.user",
            "Nic.group",
            // Needs what this kernel or machine lacks: VLAN filtering, firewalld, systemd-resolved, a switch.
            "PortSettings.vlan",
            "Switching.vlanProtocol",
            "Vlan.tagged",
            "Vlan.untagged",
            "Vlan.keepsTag",
            "PortSettings.virtualport",
            "Virtualport.type",
            "Virtualport.parameters",
            "PortSettings.trustFilters",
            "Bridge.zone",
            "Domain.registered",
            "Dhcp.relays",
            // Ways to be plugged in without a bridge of ours alone: UplinksOnKernelTest changes them.
            "Macvtap.mode",
            "Macvtap.via",
            "ManagedBridge.port",
            "ManagedBridge.via",
            // Of uplinks that the host has addresses on: AddressedUplinkTest.
            "ManagedBridge.ownMac",
            "Macvtap.lower",
            // A network of devices that guests are given whole has nothing on the host that could be changed.
            "Hostdev.pool",
            // Links of the host's own, and what is borrowed of others: HostLinksOnKernelTest changes them.
            "Host.links",
            "HostLink.name",
            "HostLink.type",
            "HostLink.options",
            "HostLink.lower",
            "HostLink.peer",
            "HostLink.members",
            "HostLink.primary",
            "HostLink.mac",
            "HostLink.peerMac",
            "HostLink.mtu",
            "HostLink.addresses",
            "HostLink.routes",
            "Uplink.mtu",
            "Uplink.mac",
            // The source has a resolver, so that its settings can be changed.
            "Dns.enabled",
            // Enforced against the sum of a network; QosRateTest changes it under load.
            "Limit.floor",
            // Ends in a rule that is refused until the kernel's way of it is settled.
            "Permission.rate");

    /** What the host has nothing of. */
    private static final Set<String> QEMU_BACKENDS = Set.of(
            "User", "QemuTap", "Passt", "Stream", "Datagram", "VhostUser", "Vdpa", "HelperBridge", "Hub", "Unplugged");

    private ExampleHost host;
    private NetworkNamespace guest;

    @BeforeAll
    void aLiveNetwork() {
        host = ExampleHost.open();
        guest = NetworkNamespace.create();
    }

    @AfterAll
    void gone() {
        try (ExampleHost closed = host;
                NetworkNamespace alsoClosed = guest) {
            closed.destroy(StepFault.NONE);
        }
    }

    @Test
    void everyComponentOfTheModelIsChangedSomewhere() {
        Set<String> changed = SettingChange.all().stream()
                .flatMap(change -> change.components().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new TreeSet<>();
        components(Model.class, all, new HashSet<>());

        assertThat(all).contains("Bridge.mtu", "Nic.qos", "Limit.peak");
        assertThat(all.stream().filter(name -> !changed.contains(name) && !NO_SETTINGS.contains(name)))
                .as("changed nowhere")
                .isEmpty();
        assertThat(Stream.concat(changed.stream(), NO_SETTINGS.stream()).filter(name -> !all.contains(name)))
                .as("no component of the model")
                .isEmpty();
    }

    static List<SettingChange> changes() {
        return SettingChange.all();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void tapsStayAndNothingIsLostThatThePlanDoesNotSay(SettingChange change) throws Exception {
        Source before = Source.of("live", change.source(false), host.folder());
        host.apply(before, StepFault.NONE).requireExit(0, "before");
        host.requireNothingToDo(before);
        plugIn();
        try (Descriptor web = host.namespace().call(() -> tap("vt-web"));
                Descriptor mail = host.namespace().call(() -> tap("vt-mail"))) {
            String taps = taps();
            Source after = Source.of("live", change.source(true), host.folder());
            boolean silent = noticesNothing(after);

            PacketFlood.Count count;
            try (PacketFlood flood = PacketFlood.start(guest, host.site(), ExampleHost.SITE)) {
                host.apply(after, StepFault.NONE).requireExit(0, "after");
                count = flood.end();
            }

            host.requireNothingToDo(after);
            assertThat(taps()).isEqualTo(taps);
            if (silent) {
                assertThat(count.lost()).as("lost of " + count.sent()).isZero();
            }
        } finally {
            unplug();
        }
    }

    private static Descriptor tap(String name) throws Exception {
        return Tap.named(name).open();
    }

    /** Name, index and bridge of each. */
    private String taps() {
        return Stream.of("vt-web", "vt-mail")
                .map(tap -> host.namespace().exec("ip", "-o", "link", "show", "dev", tap))
                .map(line -> line.replaceAll("^(\\d+): ([^:]+):.* master (\\S+) .*", "$1 $2 in $3")
                        .strip())
                .collect(Collectors.joining("; "));
    }

    private boolean noticesNothing(Source after) {
        JsonObject plan = JsonParser.parseString(host.run(
                                StepFault.NONE,
                                List.of(
                                        "plan",
                                        "--host",
                                        "kvm1",
                                        "--format",
                                        "json",
                                        after.path().toString()))
                        .requireExit(0, "plan")
                        .out())
                .getAsJsonObject();
        for (JsonElement step : plan.getAsJsonArray("steps")) {
            if (!step.getAsJsonObject()
                    .getAsJsonObject("impact")
                    .get("severity")
                    .getAsString()
                    .equals("none")) {
                return false;
            }
        }
        return true;
    }

    private void plugIn() {
        guest.cable("eth0", host.namespace(), "guest-port");
        ExampleHost.shell(guest, "ip address add 10.60.0.2/24 dev eth0", "ip route add default via 10.60.0.1");
        ExampleHost.shell(
                host.namespace(),
                "ip link set guest-port master vbr-live",
                // A port of a bridge with the spanning tree listens first.
                "for i in $(seq 100); do bridge -d link show dev guest-port | grep -q forwarding && break; sleep 0.1; done");
        guest.exec("ping", "-c", "1", "-W", "5", "10.60.0.1");
    }

    private void unplug() {
        ExampleHost.shell(host.namespace(), "ip link del guest-port 2>/dev/null || true");
    }

    private static void components(Class<?> type, Set<String> found, Set<Class<?>> seen) {
        if (type.isPrimitive() || !Guest.class.getPackage().equals(type.getPackage()) || !seen.add(type)) {
            return;
        }
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(each -> components(each, found, seen));
        }
        if (type.isRecord() && !isNoPartOfANetwork(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!component.getName().equals("origin")) {
                    found.add(type.getSimpleName() + "." + component.getName());
                }
                types(component.getGenericType()).forEach(each -> components(each, found, seen));
            }
        }
    }

    /** Places in the source, sides of a rule, devices that are given to guests whole, and what is inside of QEMU. */
    private static boolean isNoPartOfANetwork(Class<?> type) {
        return List.of("Origin", "Owner", "Function", "Passthrough", "Card", "Cable", "QemuVersion")
                        .contains(type.getSimpleName())
                || QEMU_BACKENDS.contains(type.getSimpleName())
                || type.getName().contains("Pool")
                || type.getName().contains("Endpoint")
                || type.getName().contains("OptionValue");
    }

    private static Stream<Class<?>> types(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).flatMap(SettingChangeTest::types);
        }
        return type instanceof Class<?> single ? Stream.of(single) : Stream.empty();
    }
}
