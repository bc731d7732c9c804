// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.host.Paths;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a command reaches the world through.
 *
 * @param io streams and environment
 * @param paths of the instance
 * @param namespace of the instance, where it has a name
 * @param trial whether this runs in a namespace that is thrown away
 * @param host opens the host for the thread that works on it; not called by commands that look at none
 * @param fault where a test has an apply fail
 */
public record Surroundings(
        Io io,
        Paths paths,
        Optional<String> namespace,
        boolean trial,
        Function<Paths, HostAccess> host,
        StepFault fault) {}
