// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work on the host beside the front end: it runs in a thread of its own, in the caller's network namespace. */
final class HostTask<T> {
    private final FutureTask<T> task;

    private HostTask(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    static <T> HostTask<T> start(Callable<T> work) {
        HostTask<T> started = new HostTask<>(work);
        Thread thread = new Thread(started.task, "vnetc-host");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    /** Its result, or what it threw. */
    T join() throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /** Waits for its end, whatever that is. */
    void await() {
        try {
            join();
        } catch (Exception e) {
            // The caller has an error of its own to tell.
            return;
        }
    }
}
