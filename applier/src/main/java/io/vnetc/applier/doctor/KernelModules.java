// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Which modules a kernel has, built in or on disk, without loading one. */
final class KernelModules {
    /** Options of the kernel's configuration, for kernels that show that and have no folder of modules. */
    private static final Map<String, String> OPTIONS = Map.of(
            "bridge", "CONFIG_BRIDGE",
            "tun", "CONFIG_TUN",
            "nf_conntrack_netlink", "CONFIG_NF_CT_NETLINK",
            "xt_multiport", "CONFIG_NETFILTER_XT_MATCH_MULTIPORT",
            "sch_htb", "CONFIG_NET_SCH_HTB",
            "cls_u32", "CONFIG_NET_CLS_U32",
            "act_mirred", "CONFIG_NET_ACT_MIRRED",
            "ifb", "CONFIG_IFB");

    private final boolean isKnown;
    private final Set<String> names;

    private KernelModules(boolean isKnown, Set<String> names) {
        this.isKnown = isKnown;
        this.names = names;
    }

    static KernelModules of(String release) {
        Path folder = Path.of("/lib/modules").resolve(release);
        Set<String> names = new TreeSet<>();
        boolean builtIn = addFiles(folder.resolve("modules.builtin"), names);
        boolean loadable = addFiles(folder.resolve("modules.dep"), names);
        boolean configured = addConfiguration(Path.of("/proc/config.gz"), names);
        return new KernelModules((builtIn && loadable) || configured, names);
    }

    /** Whether there is such a module; absent where that cannot be told. */
    Optional<Boolean> has(String module) {
        if (names.contains(module) || Files.exists(Path.of("/sys/module").resolve(module))) {
            return Optional.of(true);
        }
        return isKnown ? Optional.of(false) : Optional.empty();
    }

    /** Lines as {@code kernel/net/bridge/bridge.ko.xz: …}; names have {@code _} and {@code -} for the same. */
    private static boolean addFiles(Path list, Set<String> names) {
        try {
            for (String line : Files.readAllLines(list)) {
                String path = line.replaceFirst(":.*", "");
                names.add(path.substring(path.lastIndexOf('/') + 1)
                        .replaceFirst("\\.ko.*", "")
                        .replace('-', '_'));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean addConfiguration(Path file, Set<String> names) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            Set<String> set = new TreeSet<>(lines.lines().toList());
            OPTIONS.forEach((module, option) -> {
                if (set.contains(option + "=y") || set.contains(option + "=m")) {
                    names.add(module);
                }
            });
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
