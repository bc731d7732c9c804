// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ping every 10 ms, and which of them are not answered. */
final class PingWatch implements AutoCloseable {
    private static final int PAUSE_MILLISECONDS = 10;
    /** For answers that are on their way, and what is away for a moment to come back. */
    private static final long LINGER_MILLISECONDS = 1_500;

    private static final Pattern ANSWER = Pattern.compile("bytes from .* icmp_seq=(\\d+) ");

    private final Process ping;
    private final Path output;

    private PingWatch(Process ping, Path output) {
        this.ping = ping;
        this.output = output;
    }

    /**
     * What became of them.
     *
     * @param sent up to the last that was answered
     * @param lost of these
     * @param longestMilliseconds without an answer
     */
    record Count(long sent, long lost, long longestMilliseconds) {}

    /** Begins, and returns when the first is answered. */
    static PingWatch start(NetworkNamespace from, String address) throws IOException, InterruptedException {
        Path output = Files.createTempFile("vnet-ping", "");
        Process ping = new ProcessBuilder(
                        "ip", "netns", "exec", from.name(), "ping", "-n", "-i", "0.01", "-W", "10", address)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        PingWatch watch = new PingWatch(ping, output);
        for (int tries = 0; watch.answered().size() < 10; tries++) {
            if (tries == 500) {
                watch.close();
                throw new AssertionError(address + " answers no ping");
            }
            Thread.sleep(20);
        }
        return watch;
    }

    /** Ends, and counts. */
    Count end() throws IOException, InterruptedException {
        Thread.sleep(LINGER_MILLISECONDS);
        new ProcessBuilder("kill", "-INT", Long.toString(ping.pid())).start().waitFor();
        if (!ping.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("ping does not end");
        }
        SortedSet<Long> answered = answered();
        long longest = 0;
        long last = answered.first();
        for (long each : answered) {
            longest = Math.max(longest, each - last - 1);
            last = each;
        }
        long sent = answered.last() - answered.first() + 1;
        return new Count(sent, sent - answered.size(), longest * PAUSE_MILLISECONDS);
    }

    private SortedSet<Long> answered() throws IOException {
        SortedSet<Long> answered = new TreeSet<>();
        List<String> lines = Files.readAllLines(output);
        for (String line : lines) {
            Matcher answer = ANSWER.matcher(line);
            if (answer.find()) {
                answered.add(Long.parseLong(answer.group(1)));
            }
        }
        return answered;
    }

    @Override
    public void close() throws IOException {
        ping.destroyForcibly();
        Files.deleteIfExists(output);
    }
}
