// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import io.vnetc.applier.host.HostContext;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One kind of resource on a real host. All calls come from one thread, that of the host's network namespace.
 *
 * @param <R> the record of the kind
 */
public interface Driver<R extends Resource> {
    /** The kind that it drives. */
    Kind<R> kind();

    /**
     * Adds all resources of the kind that are there, own ones and foreign ones. It changes nothing, starts no process that
     * does, and reads what others read as well from {@link Observation#share}.
     *
     * @throws DriverException when something is there that cannot be read: a partial view is never added
     */
    void observe(Observation observation, StateBuilder into) throws DriverException;

    /**
     * Takes one resource from {@code before} to {@code after}. What is there is {@code before}: the engine has just looked.
     * When it fails it leaves {@code before} again as well as it can; the engine looks then, and undoes the rest.
     */
    void move(Change<R> change, HostContext host) throws DriverException;

    /**
     * Takes consecutive changes of the kind, for drivers that are faster with many at once. The order is kept.
     *
     * @param done told of each change as soon as it is made; when this throws, a change that was not told of may be made,
     *     half made or not made
     */
    default void moveAll(List<Change<R>> changes, HostContext host, Consumer<Change<R>> done) throws DriverException {
        for (Change<R> change : changes) {
            move(change, host);
            done.accept(change);
        }
    }

    /** What these changes want of the machine; it is checked before the first step of a plan. */
    default Set<Requirement> requirements(List<Change<R>> changes) {
        return changes.isEmpty() ? Set.of() : Set.of(Requirement.netAdmin());
    }
}
