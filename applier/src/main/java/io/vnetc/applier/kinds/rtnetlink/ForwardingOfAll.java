// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.StateDirectory;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * IPv6's {@code conf.all.forwarding}, without which kernels before Linux 6.17 forward nothing. The kernel writes its value
 * over that of every link and over what new links begin with, and switching it off takes {@code force_forwarding} away as
 * well (net/ipv6/addrconf.c): so all of these are read before, and put back. They are kept in a file meanwhile, for whoever
 * comes after a kill.
 */
final class ForwardingOfAll {
    private static final Path LINKS = Path.of("/proc/sys/net/ipv6/conf");
    private static final String FILE = "ipv6-forwarding";
    private static final Set<String> KEYS = Set.of(Ipv6Setting.FORWARDING.key(), Ipv6Setting.FORCE_FORWARDING.key());

    private final Sysctl all = Sysctl.ofAll(Ipv6Setting.FORWARDING);
    private final HostContext host;
    private final String value;
    private final String what;

    private ForwardingOfAll(boolean on, HostContext host) {
        this.host = host;
        this.value = on ? "1" : "0";
        this.what = "cannot set " + all.name() + " to " + value;
    }

    static void write(boolean on, HostContext host) throws DriverException {
        ForwardingOfAll forwarding = new ForwardingOfAll(on, host);
        try {
            forwarding.write();
        } catch (IOException e) {
            throw RouteKernel.refused(forwarding.what, e);
        }
    }

    private void write() throws IOException, DriverException {
        StateDirectory run = StateDirectory.prepare(host.paths().run());
        Map<Sysctl, String> former = unfinished(run);
        if (former.isEmpty()) {
            former = read();
        }
        Map<Sysctl, String> values = former;
        run.write(FILE, text(values));
        Ipv6Settings.keepingRoutersOfOthers(host, () -> {
            RouteKernel.write(all, value);
            putBack(values);
        });
        verify(values);
        run.delete(FILE);
    }

    /** The first line of the file: in which life of which namespace the switch is being set to what. */
    private String title(String to) throws DriverException {
        return to + " " + host.identity();
    }

    private String text(Map<Sysctl, String> values) throws DriverException {
        StringBuilder text = new StringBuilder(title(value)).append('\n');
        values.forEach((setting, former) ->
                text.append(former).append(' ').append(setting.path()).append('\n'));
        return text.toString();
    }

    /** What was to be put back by one that was killed after it had set the switch; nothing where there was none. */
    private Map<Sysctl, String> unfinished(StateDirectory run) throws IOException, DriverException {
        List<String> lines = run.read(FILE).orElse("").lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(title(all.read()))) {
            return Map.of();
        }
        Map<Sysctl, String> values = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 2);
            values.put(new Sysctl(Path.of(words[1])), words[0]);
        }
        return values;
    }

    private static Map<Sysctl, String> read() throws IOException {
        Map<Sysctl, String> values = new LinkedHashMap<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(LINKS)) {
            for (Path link : links) {
                for (String key : KEYS) {
                    Sysctl setting = new Sysctl(
                            Path.of("ipv6/conf").resolve(link.getFileName()).resolve(key));
                    if (!link.endsWith("all") && setting.exists()) {
                        values.put(setting, setting.read());
                    }
                }
            }
        }
        return values;
    }

    private static void putBack(Map<Sysctl, String> former) throws DriverException {
        for (Map.Entry<Sysctl, String> entry : former.entrySet()) {
            Sysctl setting = entry.getKey();
            try {
                if (!setting.read().equals(entry.getValue())) {
                    setting.write(entry.getValue());
                }
            } catch (IOException e) {
                if (setting.exists()) {
                    throw RouteKernel.refused("cannot give " + setting.name() + " its value back", e);
                }
            }
        }
    }

    private void verify(Map<Sysctl, String> former) throws IOException, DriverException {
        for (Map.Entry<Sysctl, String> entry : former.entrySet()) {
            Sysctl setting = entry.getKey();
            if (setting.exists() && !setting.read().equals(entry.getValue())) {
                throw new DriverException(
                        what,
                        "it has changed " + setting.name() + " from " + entry.getValue() + " to " + setting.read(),
                        "Set it back by hand: sysctl -w " + setting.name() + "=" + entry.getValue());
            }
        }
    }
}
