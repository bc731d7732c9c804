// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import java.io.IOException;

/** The host's route socket, and what the kernel says in the words that drivers use. */
final class RouteKernel {
    private static final int ESRCH = 3;
    private static final int EACCES = 13;
    private static final int EROFS = 30;
    private static final int EAFNOSUPPORT = 97;
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;

    private RouteKernel() {}

    /** Reads something of the kernel. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws NetlinkException;
    }

    static RouteSocket socket(HostContext host) throws DriverException {
        return host.connection(RouteSocket.class, () -> {
            try {
                return RouteSocket.open();
            } catch (NetlinkException e) {
                throw refused("cannot reach the kernel's network configuration", e);
            }
        });
    }

    /** What {@code reading} reads; a message that is not as it should be fails it as a refusal does. */
    static <T> T read(String what, Reading<T> reading) throws DriverException {
        try {
            return reading.read();
        } catch (NetlinkException e) {
            throw refused("cannot read " + what, e);
        } catch (MessageFormatException e) {
            throw new DriverException("cannot read " + what, e.getMessage(), "", e);
        }
    }

    static void write(Sysctl setting, String value) throws DriverException {
        try {
            setting.write(value);
        } catch (IOException e) {
            throw refused("cannot set " + setting.name() + " to " + value, e);
        }
    }

    static DriverException refused(String what, NetlinkException e) {
        String words = e.getMessage().replace("cannot " + e.operation() + ": ", "");
        return new DriverException(what, words, remedy(e.errno()), e);
    }

    static DriverException refused(String what, SystemCallException e) {
        return new DriverException(what, e.getMessage(), remedy(e.errno()), e);
    }

    /** A file of {@code /proc/sys/net} that could not be written. */
    static DriverException refused(String what, IOException e) {
        String words = String.valueOf(e.getMessage());
        String remedy = words.contains("Read-only file system")
                ? remedy(new Errno(EROFS))
                : words.contains("denied") || words.contains("not permitted") ? remedy(Errno.EPERM) : "";
        return new DriverException(what, words, remedy, e);
    }

    private static String remedy(Errno errno) {
        return switch (errno.number()) {
            case 1, EACCES -> Requirement.netAdmin().remedy();
            case 16 -> "Look who has it with `ip -d link show`.";
            case 17 ->
                "Something else has that name or that place; look at it with `ip -d link show` or `ip route show`.";
            case 19, ESRCH -> "Somebody else took it away meanwhile; run it again.";
            case EROFS -> "Mount /proc/sys for writing; a container needs --privileged for that.";
            case 95 ->
                "This kernel was built without it, or its module is not there: see `modprobe bridge` and `modprobe tun`.";
            case EAFNOSUPPORT ->
                "This kernel runs without IPv6 (ipv6.disable=1); switch it on, or take the IPv6 subnets out.";
            case ENETDOWN, ENETUNREACH ->
                "The link has to be up, and to have an address in the network of the gateway.";
            default -> "";
        };
    }
}
