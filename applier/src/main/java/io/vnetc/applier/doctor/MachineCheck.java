// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Privilege, kernel and programs. */
final class MachineCheck {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    /** Modules without which something cannot be made, and what that is. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "bridge", "bridges",
            "tun", "taps",
            "nf_conntrack_netlink", "ending connections that are no longer allowed",
            "xt_multiport", "rules for ports",
            "sch_htb", "rates",
            "cls_u32", "rates of networks and of what guests send",
            "act_mirred", "rates of what guests send",
            "ifb", "rates of what guests send"));

    private final HostContext host;

    MachineCheck(HostContext host) {
        this.host = host;
    }

    Finding privilege() {
        Requirement privilege = Requirement.netAdmin();
        return privilege.isMet(host)
                ? Finding.fine("privilege", "the network may be configured (CAP_NET_ADMIN)")
                : Finding.missing("privilege", "the network may not be configured (CAP_NET_ADMIN)", privilege.remedy());
    }

    Finding tun() {
        if (!Files.exists(TUN)) {
            return Finding.missing(
                    "taps",
                    TUN + " is not there",
                    "Load the module: modprobe tun; in a container, let it in: --device " + TUN);
        }
        return Files.isReadable(TUN) && Files.isWritable(TUN)
                ? Finding.fine("taps", TUN + " can be opened")
                : Finding.missing("taps", TUN + " may not be opened", "As root: chmod 0666 " + TUN);
    }

    List<Finding> kernel() {
        String release = read("/proc/sys/kernel/osrelease").orElse("unknown");
        KernelModules modules = KernelModules.of(release);
        List<Finding> findings = new ArrayList<>();
        MODULES.forEach((module, use) -> {
            if (modules.has(module).equals(Optional.of(false))) {
                findings.add(Finding.missing(
                        "kernel",
                        release + " has no module " + module + ", for " + use,
                        "Use a kernel that has it: Debian's linux-image-amd64"));
            }
        });
        if (findings.isEmpty()) {
            findings.add(Finding.fine("kernel", release));
        }
        if (!Files.exists(Path.of("/proc/sys/net/ipv6"))) {
            findings.add(Finding.note("IPv6", "is switched off in this kernel", "Networks with IPv6 subnets want it."));
        } else if (Files.exists(Path.of("/proc/sys/net/ipv6/conf/all/force_forwarding"))) {
            findings.add(Finding.fine("IPv6", "is forwarded per interface (force_forwarding)"));
        } else {
            findings.add(Finding.note(
                    "IPv6",
                    "is forwarded for all interfaces or none: this kernel has no force_forwarding (Linux 6.17)",
                    ""));
        }
        return findings;
    }

    Finding dnsmasq() throws DriverException {
        if (host.programs().find("dnsmasq").isEmpty()) {
            return Finding.missing("dnsmasq", "is not installed", "sudo apt-get install dnsmasq-base");
        }
        String first = host.programs()
                .run(Call.of("dnsmasq", "--version"))
                .stdout()
                .lines()
                .findFirst()
                .orElse("");
        return Finding.fine("dnsmasq", first.replaceFirst("^Dnsmasq version (\\S+).*", "version $1"));
    }

    Finding services() {
        return Files.isDirectory(SYSTEMD) && host.programs().find("systemd-run").isPresent()
                ? Finding.fine("services", "dnsmasq runs as a unit of systemd")
                : Finding.note(
                        "services",
                        "there is no systemd: dnsmasq runs under a small restarter, until the machine restarts",
                        "");
    }

    Finding bridgeFilter() {
        return read("/proc/sys/net/bridge/bridge-nf-call-iptables").equals(Optional.of("1"))
                ? Finding.note(
                        "br_netfilter",
                        "iptables sees what passes between two guests of one bridge as well",
                        "If nothing here needs that: sysctl -w net.bridge.bridge-nf-call-iptables=0")
                : Finding.fine("br_netfilter", "is off: guests of one bridge reach each other past iptables");
    }

    Finding userNamespaces() {
        if (read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").equals(Optional.of("1"))) {
            return Finding.note(
                    "vnetc try",
                    "needs root here: AppArmor keeps users from making user namespaces",
                    "sudo vnetc try, or: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        }
        if (read("/proc/sys/kernel/unprivileged_userns_clone").equals(Optional.of("0"))
                || read("/proc/sys/user/max_user_namespaces").equals(Optional.of("0"))) {
            return Finding.note(
                    "vnetc try",
                    "needs root here: users may not make user namespaces",
                    "sudo vnetc try, or: sysctl -w kernel.unprivileged_userns_clone=1");
        }
        return Finding.fine("vnetc try", "works without root");
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
