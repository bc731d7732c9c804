// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The serial line that a guest takes commands on; {@code guest-init} is its other end. Each answer is one line with the
 * number of its request and its output in base64, so nothing that a command prints can be taken for an answer, and an
 * answer that comes too late is not taken for the next one.
 */
final class GuestLine {
    /** An emulated serial port may miss an interrupt on a busy machine; the next byte brings another. */
    private static final Duration NUDGE = Duration.ofSeconds(2);

    private final OutputStream toGuest;
    private final Map<String, Answer> answers = new HashMap<>();
    private boolean ended;

    private GuestLine(OutputStream toGuest) {
        this.toGuest = toGuest;
    }

    /** What the guest said to a request. */
    record Answer(int status, String text) {}

    static GuestLine of(Process qemu) {
        GuestLine line = new GuestLine(qemu.getOutputStream());
        BufferedReader fromGuest =
                new BufferedReader(new InputStreamReader(qemu.getInputStream(), StandardCharsets.US_ASCII));
        Thread reader = new Thread(() -> line.read(fromGuest), "guest " + qemu.pid());
        reader.setDaemon(true);
        reader.start();
        return line;
    }

    boolean awaitReady(Duration atMost) {
        return await("ready", atMost).isPresent();
    }

    /** Waits for the answer to a request, and sends empty lines meanwhile, which are none. */
    Optional<Answer> awaitAnswer(long number, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Optional<Answer> answer = Optional.empty();
        while (answer.isEmpty() && !isDead() && System.nanoTime() < end) {
            answer = await(Long.toString(number), NUDGE);
            if (answer.isEmpty() && !isDead()) {
                send("");
            }
        }
        return answer;
    }

    /** Whether QEMU has closed its end. */
    synchronized boolean isDead() {
        return ended;
    }

    void send(String request) {
        try {
            toGuest.write((request + "\n").getBytes(StandardCharsets.US_ASCII));
            toGuest.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guest is gone", e);
        }
    }

    private synchronized Optional<Answer> await(String number, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!answers.containsKey(number) && !ended) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                wait(left);
            }
            return Optional.ofNullable(answers.get(number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a guest", e);
        }
    }

    private void read(BufferedReader fromGuest) {
        try (fromGuest) {
            for (String text = fromGuest.readLine(); text != null; text = fromGuest.readLine()) {
                take(text);
            }
        } catch (IOException e) {
            // QEMU was ended: whoever waits is told so below.
        } finally {
            end();
        }
    }

    private synchronized void take(String text) {
        String[] words = text.strip().split(" ", 3);
        if (words.length == 3 && words[1].matches("[0-9]{1,3}")) {
            String output = words[2].equals("-")
                    ? ""
                    : new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
            answers.put(words[0], new Answer(Integer.parseInt(words[1]), output));
            notifyAll();
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
