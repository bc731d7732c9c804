// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.SETTINGS;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.lab.SnapshotDifference;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Standing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingDriverTest {
    private final DriverLab lab = new DriverLab();

    @BeforeEach
    void makeUplink() {
        lab.space.exec("ip", "link", "add", "eno1", "type", "bridge");
        lab.space.exec("ip", "link", "set", "eno1", "up");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void theSettingsOfForeignLinksAreSeenAndThoseOfOursAreNot() {
        lab.make(BRIDGES, bridge("vbr-a"));

        List<Setting> seen = lab.observe().state().entries().values().stream()
                .filter(entry -> entry.resource() instanceof Setting)
                .peek(entry -> assertThat(entry.standing()).isEqualTo(Standing.FOREIGN))
                .map(entry -> (Setting) entry.resource())
                .toList();

        assertThat(seen)
                .contains(
                        new Setting("eno1", Setting.Key.IPV4_FORWARDING, 0),
                        new Setting("eno1", Setting.Key.IPV6_ACCEPT_RA, 1),
                        new Setting("eno1", Setting.Key.IPV6_FORCE_FORWARDING, 0),
                        new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 0))
                .noneMatch(setting -> setting.link().equals("vbr-a"));
        assertThat(lab.observe().facts().features()).contains(Feature.FORCE_FORWARDING);
    }

    @Test
    void aSettingIsChangedAndGivenBack() {
        NamespaceSnapshot before = lab.snapshot();
        for (Setting former : List.of(
                new Setting("eno1", Setting.Key.IPV4_FORWARDING, 0),
                new Setting("eno1", Setting.Key.IPV6_ACCEPT_RA, 1),
                new Setting("eno1", Setting.Key.IPV6_FORCE_FORWARDING, 0))) {
            Setting borrowed = new Setting("eno1", former.key(), 1 + former.value());

            lab.change(SETTINGS, former, borrowed);
            assertThat(lab.observe(borrowed.address())).contains(Entry.observed(borrowed, Standing.FOREIGN));
            SnapshotDifference footprint = lab.snapshot().since(before);
            assertThat(footprint.items())
                    .singleElement()
                    .asString()
                    .endsWith("eno1/" + former.key().file());

            lab.change(SETTINGS, borrowed, former);
            lab.snapshot().since(before).requireNone("borrowing " + former.key());
        }
    }

    @Test
    void forwardingOfAllLinksLeavesThatOfEachAsItIs() {
        lab.make(BRIDGES, bridge("vbr-a"));
        lab.space.exec("ip", "link", "add", "eno2", "type", "bridge");
        lab.space.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/eno2/forwarding");
        NamespaceSnapshot before = lab.snapshot();
        Setting off = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 0);
        Setting on = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 1);

        lab.change(SETTINGS, off, on);
        assertThat(lab.observe(on.address())).contains(Entry.observed(on, Standing.FOREIGN));
        assertThat(lab.snapshot().since(before).items()).containsExactly("sysctl net/ipv6/conf/all/forwarding");

        lab.change(SETTINGS, on, off);
        lab.snapshot().since(before).requireNone("forwarding of all links, on and off");
        assertThat(lab.owned()).containsExactly(bridge("vbr-a"));
    }

    @Test
    void whatAKilledRunDidNotPutBackIsPutBackWhenItIsTakenBack() {
        lab.make(BRIDGES, bridge("vbr-a"));
        Setting off = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 0);
        Setting on = new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 1);
        NamespaceSnapshot before = lab.snapshot();
        lab.reopen();
        lab.provide(lab.space.call(() -> new RouteSocket(WatchedTransport.open(new KilledAtFirstReading()))));
        assertThatThrownBy(() -> lab.change(SETTINGS, off, on)).isInstanceOf(WatchedTransport.Killed.class);
        // The next that it would have done, and no more:
        lab.space.exec("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
        assertThat(lab.snapshot().since(before).items()).hasSizeGreaterThan(3);

        lab.reopen();
        lab.change(SETTINGS, on, off);

        lab.snapshot().since(before).requireNone("a kill in the middle, and a taking back");
        assertThat(lab.run()).isEmptyDirectory();
    }

    private static final class KilledAtFirstReading implements WatchedTransport.Watcher {
        @Override
        public void changed(int number, String operation) {
            throw new AssertionError("it was to read first, and did " + operation);
        }

        @Override
        public void reading() {
            throw new WatchedTransport.Killed();
        }
    }

    @Test
    void aLinkThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> lab.change(
                        SETTINGS,
                        new Setting("eno9", Setting.Key.IPV4_FORWARDING, 0),
                        new Setting("eno9", Setting.Key.IPV4_FORWARDING, 1)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("net.ipv4.conf.eno9.forwarding")
                .hasMessageContaining("no such link");
    }
}
