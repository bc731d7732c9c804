// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.compiler.state.HostFacts.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which fair queues this kernel has, as far as that can be told without loading a module, and so that the answer stays
 * the same when one is loaded later: a plan would have it as a change.
 */
final class QueueKinds {
    private static final Path DEFAULT_QUEUE = Path.of("/proc/sys/net/core/default_qdisc");
    private static final Path MODULES = Path.of("/lib/modules");

    private QueueKinds() {}

    static Set<Feature> find() {
        String usual = text(DEFAULT_QUEUE).strip();
        Path modules =
                MODULES.resolve(text(Path.of("/proc/sys/kernel/osrelease")).strip());
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        for (Feature feature : EnumSet.of(Feature.FQ_CODEL, Feature.SFQ)) {
            String kind = feature == Feature.SFQ ? "sfq" : "fq_codel";
            if (usual.equals(kind) || isModule(modules, "sch_" + kind + ".ko")) {
                found.add(feature);
            }
        }
        return found;
    }

    private static boolean isModule(Path modules, String file) {
        Path folder = modules.resolve("kernel/net/sched");
        return Stream.of("", ".xz", ".zst", ".gz").anyMatch(suffix -> Files.exists(folder.resolve(file + suffix)))
                || text(modules.resolve("modules.builtin")).contains("/" + file);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
