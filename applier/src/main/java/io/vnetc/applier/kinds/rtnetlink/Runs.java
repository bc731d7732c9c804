// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.state.Resource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a driver does with changes of one sort that follow each other: they are made, changed or deleted together.
 *
 * @param make makes the {@code after} of each
 * @param change takes each to its {@code after}, in place
 * @param delete takes the {@code before} of each away
 */
record Runs<R extends Resource>(Batch<R> make, Batch<R> change, Batch<R> delete) {
    /** Takes several changes, and tells of each as soon as it is made. */
    @FunctionalInterface
    interface Batch<R extends Resource> {
        void move(List<Change<R>> changes, HostContext host, Consumer<Change<R>> done) throws DriverException;
    }

    void move(List<Change<R>> changes, HostContext host, Consumer<Change<R>> done) throws DriverException {
        for (int from = 0; from < changes.size(); ) {
            Batch<R> batch = batch(changes.get(from));
            int to = from + 1;
            while (to < changes.size() && batch(changes.get(to)) == batch) {
                to++;
            }
            batch.move(changes.subList(from, to), host, done);
            from = to;
        }
    }

    private Batch<R> batch(Change<R> one) {
        return one.isCreate() ? make : one.isDelete() ? delete : change;
    }
}
