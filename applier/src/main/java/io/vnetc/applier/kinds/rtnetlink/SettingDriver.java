// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Kind;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Settings of links that are not ours, and IPv6's switch for all links. They have no place to write an owner on: all of them
 * show as somebody else's, and the ledger knows which are borrowed.
 */
public final class SettingDriver implements Driver<Setting> {
    @Override
    public Kind<Setting> kind() {
        return Setting.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        if (Ipv6Settings.hasForceForwarding()) {
            into.feature(Feature.FORCE_FORWARDING);
        }
        for (Seen seen : LinkView.of(observation).all()) {
            if (!seen.isOurs()) {
                observe(seen.link(), into);
            }
        }
        if (Ipv6Settings.isThere()) {
            into.foreign(new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, readAll()));
        }
    }

    private static void observe(LinkInfo link, StateBuilder into) throws DriverException {
        for (Setting.Key key : Setting.Key.values()) {
            OptionalInt value = RouteKernel.read("the settings of " + link.name(), () -> value(link, key));
            if (value.isPresent()) {
                into.foreign(new Setting(link.name(), key, value.getAsInt()));
            }
        }
    }

    private static OptionalInt value(LinkInfo link, Setting.Key key) {
        return switch (key) {
            case IPV4_FORWARDING -> link.ipv4(Ipv4Setting.FORWARDING);
            case IPV6_FORCE_FORWARDING -> link.ipv6(Ipv6Setting.FORCE_FORWARDING);
            case IPV6_ACCEPT_RA -> link.ipv6(Ipv6Setting.ACCEPT_RA);
            // Of one link it forwards nothing, and is nobody's to change.
            case IPV6_FORWARDING -> OptionalInt.empty();
        };
    }

    private static long readAll() throws DriverException {
        Sysctl setting = Sysctl.ofAll(Ipv6Setting.FORWARDING);
        try {
            return Long.parseLong(setting.read());
        } catch (IOException | NumberFormatException e) {
            throw new DriverException("cannot read " + setting.name(), String.valueOf(e.getMessage()), "", e);
        }
    }

    @Override
    public void move(Change<Setting> change, HostContext host) throws DriverException {
        if (change.isDelete()) {
            throw new IllegalArgumentException("a setting is there as long as its link: " + change.address());
        }
        Setting setting = change.after().orElseThrow();
        String value = Long.toString(setting.value());
        if (setting.link().equals(Setting.ALL)) {
            ForwardingOfAll.write(setting.value() != 0, host);
        } else {
            RouteKernel.write(sysctl(setting), value);
        }
    }

    private static Sysctl sysctl(Setting setting) {
        return switch (setting.key()) {
            case IPV4_FORWARDING -> Sysctl.of(setting.link(), Ipv4Setting.FORWARDING);
            case IPV6_FORWARDING -> Sysctl.of(setting.link(), Ipv6Setting.FORWARDING);
            case IPV6_FORCE_FORWARDING -> Sysctl.of(setting.link(), Ipv6Setting.FORCE_FORWARDING);
            case IPV6_ACCEPT_RA -> Sysctl.of(setting.link(), Ipv6Setting.ACCEPT_RA);
        };
    }
}
