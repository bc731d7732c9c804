// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns the signals that end the process (INT, TERM, HUP) into a request to stop, for as long as this is open. The process
 * then ends when it is closed, with 128 and the signal's number.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** @param notice what to tell whoever pressed Ctrl-C */
    Interruption(Runnable notice) {
        hook = new Thread(
                () -> {
                    requested = true;
                    notice.run();
                    awaitEnd();
                },
                "vnetc-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitEnd() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    @Override
    public void close() {
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending already; the hook lets it.
                return;
            }
        }
    }
}
