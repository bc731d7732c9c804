// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes down every change of a link or an address in a namespace as the kernel tells of it, by {@code ip monitor}. */
final class LinkMonitor implements AutoCloseable {
    private static final String MARK = "monitor-mark";

    private final NetworkNamespace namespace;
    private final Path file;
    private final Process process;

    private LinkMonitor(NetworkNamespace namespace, Path file, Process process) {
        this.namespace = namespace;
        this.file = file;
        this.process = process;
    }

    /** Starts it; it listens when this returns. */
    static LinkMonitor start(NetworkNamespace namespace, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("monitor.txt");
        Files.createFile(file);
        Process process = namespace.start("sh", "-c", "exec ip -d -o monitor link address >\"$0\"", file.toString());
        LinkMonitor monitor = new LinkMonitor(namespace, file, process);
        monitor.flush();
        return monitor;
    }

    /** What was told so far, an event a line. */
    List<String> events() throws IOException, InterruptedException {
        flush();
        return Files.readAllLines(file).stream()
                .filter(line -> !line.contains(MARK))
                .toList();
    }

    /** Events come in order: when that of a mark is there, so are all before it. */
    private void flush() throws IOException, InterruptedException {
        long size = Files.size(file);
        for (int attempt = 0; attempt < 500; attempt++) {
            if (attempt % 50 == 0) {
                namespace.exec("ip", "link", "add", MARK, "type", "bridge");
                namespace.exec("ip", "link", "delete", MARK);
            }
            String written = Files.readString(file);
            if (written.substring((int) Math.min(size, written.length())).contains("Deleted")
                    && written.stripTrailing()
                            .lines()
                            .reduce("", (one, last) -> last)
                            .contains(MARK)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("ip monitor tells nothing");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
