// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings of IPv6, which netlink shows and does not take: they are written to {@code /proc/sys/net/ipv6/conf}. */
final class Ipv6Settings {
    /** {@code IPV6_MIN_MTU}: a link with a smaller MTU has no IPv6, and forgets its settings. */
    static final int MIN_MTU = 1280;

    /** What the kernel can do; it is looked up once, as it is asked of every link. */
    private static final boolean IS_THERE = Sysctl.ofAll(Ipv6Setting.FORWARDING).exists();

    private static final boolean HAS_FORCE_FORWARDING =
            Sysctl.ofAll(Ipv6Setting.FORCE_FORWARDING).exists();

    private static final int UNLESS_FORWARDING = 1;
    private static final int ALWAYS = 2;

    private Ipv6Settings() {}

    /** Work that writes settings. */
    @FunctionalInterface
    interface Writing {
        void run() throws DriverException;
    }

    /** Whether this kernel speaks IPv6. */
    static boolean isThere() {
        return IS_THERE;
    }

    /** Whether it can forward from one link alone (Linux 6.17). */
    static boolean hasForceForwarding() {
        return HAS_FORCE_FORWARDING;
    }

    static void write(String link, Ipv6Setting setting, int value) throws DriverException {
        RouteKernel.write(Sysctl.of(link, setting), Integer.toString(value));
    }

    static void write(String link, Ipv6Setting setting, boolean on) throws DriverException {
        write(link, setting, on ? 1 : 0);
    }

    /** Takes no address, route or parameter from a router's advertisement: guests could send one. */
    static void ignoreRouters(String link) throws DriverException {
        write(link, Ipv6Setting.ACCEPT_RA, false);
        write(link, Ipv6Setting.AUTOCONF, false);
    }

    /** What a new link has to begin with. */
    record Inherited(String disableIpv6, String forwarding, String forceForwarding) {
        static Inherited read() throws DriverException {
            return new Inherited(
                    read(Ipv6Setting.DISABLE_IPV6), read(Ipv6Setting.FORWARDING), read(Ipv6Setting.FORCE_FORWARDING));
        }

        private static String read(Ipv6Setting setting) throws DriverException {
            Sysctl inherited = new Sysctl(Path.of("ipv6/conf/default", setting.key()));
            try {
                return inherited.exists() ? inherited.read() : "";
            } catch (IOException e) {
                throw RouteKernel.refused("cannot read " + inherited.name(), e);
            }
        }
    }

    /** Sets up a link that was just made, of which {@code inherited} is known. */
    static void writeFirst(String link, Inherited inherited, boolean ipv6, boolean forwarding) throws DriverException {
        ignoreRouters(link);
        if (!inherited.disableIpv6.equals(text(!ipv6))) {
            write(link, Ipv6Setting.DISABLE_IPV6, !ipv6);
        }
        if (!inherited.forwarding.equals(text(forwarding))) {
            write(link, Ipv6Setting.FORWARDING, forwarding);
        }
        if (!inherited.forceForwarding.isEmpty() && !inherited.forceForwarding.equals(text(forwarding))) {
            write(link, Ipv6Setting.FORCE_FORWARDING, forwarding);
        }
    }

    private static String text(boolean on) {
        return on ? "1" : "0";
    }

    /**
     * Makes a link one of a router, or of a host. A router says of itself in its neighbour advertisements that it is one; a
     * guest that hears otherwise drops its default route (RFC 4861, 7.2.5). Switching it on belongs into
     * {@link #keepingRoutersOfOthers}.
     */
    static void writeForwarding(String link, boolean on) throws DriverException {
        write(link, Ipv6Setting.FORWARDING, on);
        if (hasForceForwarding()) {
            write(link, Ipv6Setting.FORCE_FORWARDING, on);
        }
    }

    /**
     * Has {@code forwarding} switched on somewhere. The kernel drops all routes then that any link of the namespace had from
     * a router, unless it takes them even where it forwards (rt6_purge_dflt_routers() in net/ipv6/route.c): so that is
     * what the links of others are told for this moment.
     */
    static void keepingRoutersOfOthers(HostContext host, Writing writing) throws DriverException {
        List<String> listening = listening(host);
        try {
            for (String link : listening) {
                writeIfThere(link, ALWAYS);
            }
            writing.run();
        } finally {
            for (String link : listening) {
                writeIfThere(link, UNLESS_FORWARDING);
            }
        }
    }

    private static List<String> listening(HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        return RouteKernel.read("the links", () -> {
            List<String> names = new ArrayList<>();
            for (LinkInfo link : socket.links().all()) {
                if (link.hasCarrier()
                        && link.ipv6(Ipv6Setting.ACCEPT_RA).orElse(0) == UNLESS_FORWARDING
                        && link.ipv6(Ipv6Setting.FORWARDING).orElse(1) == 0) {
                    names.add(link.name());
                }
            }
            return names;
        });
    }

    private static void writeIfThere(String link, int value) throws DriverException {
        Sysctl setting = Sysctl.of(link, Ipv6Setting.ACCEPT_RA);
        try {
            setting.write(Integer.toString(value));
        } catch (IOException e) {
            if (setting.exists()) {
                throw RouteKernel.refused("cannot set " + setting.name() + " to " + value, e);
            }
        }
    }
}
