// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkDeletion;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TunAttributes;
import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.applier.testing.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapTest {
    private final NetworkNamespace host = NetworkNamespace.create();
    private RouteSocket socket;

    @BeforeEach
    void open() {
        socket = host.call(RouteSocket::open);
    }

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    @Test
    void aTapStaysWithItsOwnerAndGroup() throws Exception {
        Tap tap = Tap.named("tap0").ownedBy(1234).ofGroup(5678);
        host.run(tap::create);

        JsonObject data = data("tap0");
        assertThat(data.get("type").getAsString()).isEqualTo("tap");
        assertThat(data.get("persist").getAsBoolean()).isTrue();
        assertThat(data.get("pi").getAsBoolean()).isFalse();
        assertThat(data.get("vnet_hdr").getAsBoolean()).isTrue();
        assertThat(data.get("multi_queue").getAsBoolean()).isFalse();
        assertThat(data.get("user").getAsString()).isEqualTo("1234");
        assertThat(data.get("group").getAsString()).isEqualTo("5678");

        LinkInfo read = socket.link("tap0").orElseThrow();
        assertThat(read.kind()).isEqualTo("tun");
        assertThat(read.isUp()).isFalse();
        assertThat(read.tun(TunAttributes.OWNER)).contains(1234L);
        assertThat(read.tun(TunAttributes.GROUP)).contains(5678L);
        assertThat(read.tun(TunAttributes.PERSIST)).contains(1L);

        host.run(Tap.named("tap0").ownedBy(4321)::changeOwners);
        assertThat(socket.link("tap0").orElseThrow().tun(TunAttributes.OWNER)).contains(4321L);

        host.run(tap::deleteUnheld);
        assertThat(socket.link("tap0")).isEmpty();
    }

    @Test
    void aTapWithQueuesIsOpenedSeveralTimes() throws Exception {
        Tap tap = Tap.named("tap0").withQueues();
        host.run(tap::create);
        assertThat(data("tap0").get("multi_queue").getAsBoolean()).isTrue();
        try (Descriptor first = host.call(tap::open);
                Descriptor second = host.call(tap::open)) {
            assertThat(first.isOpen() && second.isOpen()).isTrue();
            assertThat(socket.link("tap0").orElseThrow().tun(TunAttributes.NUM_QUEUES))
                    .contains(2L);
        }
    }

    @Test
    void upWithCarrierMeansThatAProcessHoldsIt() throws Exception {
        Tap tap = Tap.named("tap0");
        host.run(tap::create);
        socket.apply(LinkChange.change("tap0").up(true));
        assertThat(socket.link("tap0").orElseThrow().hasCarrier()).isFalse();
        try (Descriptor held = host.call(tap::open)) {
            assertThat(held.isOpen()).isTrue();
            assertThat(socket.link("tap0").orElseThrow().hasCarrier()).isTrue();
        }
        assertThat(socket.link("tap0").orElseThrow().hasCarrier()).isFalse();
    }

    @Test
    void aNameThatIsTakenIsAnErrorAndNothingIsTouched() throws Exception {
        socket.apply(LinkChange.createBridge("br0"));
        host.run(Tap.named("tap0").ownedBy(1)::create);
        assertThatThrownBy(() -> host.run(Tap.named("br0")::create))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                .hasMessage(
                        "cannot create tap br0: EBUSY (Device or resource busy): a link of that name is there already");
        assertThatThrownBy(() -> host.run(Tap.named("tap0").ownedBy(2)::create)).hasMessageContaining("EBUSY");
        assertThat(socket.link("tap0").orElseThrow().tun(TunAttributes.OWNER)).contains(1L);
    }

    @Test
    void aTapThatAProcessHoldsIsNeitherChangedNorDeletedButByNetlink() throws Exception {
        Tap tap = Tap.named("tap0");
        host.run(tap::create);
        try (Descriptor held = host.call(tap::open)) {
            assertThatThrownBy(() -> host.run(tap::deleteUnheld))
                    .hasMessage("cannot delete tap tap0: EBUSY (Device or resource busy): a process holds it");
            assertThatThrownBy(() -> host.run(tap.ownedBy(1)::changeOwners)).hasMessageContaining("a process holds it");
            assertThat(held.isOpen()).isTrue();
            socket.apply(LinkDeletion.of("tap0"));
            assertThat(socket.link("tap0")).isEmpty();
        }
    }

    @Test
    void anotherNumberOfQueuesIsAnError() throws Exception {
        host.run(Tap.named("one")::create);
        host.run(Tap.named("many").withQueues()::create);
        assertThatThrownBy(() -> host.call(Tap.named("one").withQueues()::open))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("it is no tap, or one with one queue");
        assertThatThrownBy(() -> host.call(Tap.named("many")::open)).hasMessageContaining("one with several queues");
    }

    @Test
    void aNameThatIsATemplateToTheKernelIsRefused() {
        assertThatThrownBy(() -> Tap.named("tap%d")).isInstanceOf(IllegalArgumentException.class);
    }

    private JsonObject data(String name) {
        return host.json("ip", "-j", "-d", "link", "show", "dev", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("linkinfo")
                .getAsJsonObject("info_data");
    }
}
