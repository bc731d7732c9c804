// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.render.plan.ConflictText;
import io.vnetc.compiler.state.HostState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one host is wanted to be.
 *
 * @param host its name in the source
 * @param desired its state
 * @param notices for a person to read
 */
record Wanted(String host, HostState desired, List<String> notices) {
    /** Nothing: all that is owned is given back. */
    static Wanted nothing(String host) {
        return new Wanted(host, HostState.EMPTY, List.of());
    }

    /** The plan, with the notices of both; or the end of the command, when there can be none. */
    Plan plan(Session session, Planning planning) {
        if (planning instanceof Planning.Refused refused) {
            throw refusal(session, refused.conflicts());
        }
        Plan plan = ((Planning.Ready) planning).plan();
        return new Plan(
                plan.host(),
                plan.steps(),
                Stream.concat(notices.stream(), plan.notices().stream())
                        .distinct()
                        .toList(),
                plan.base());
    }

    /** Says what is in the way. */
    static CommandException refusal(Session session, List<Conflict> conflicts) {
        session.progress().close();
        session.io().err().print(ConflictText.render(conflicts));
        return new CommandException(
                exit(conflicts.stream().map(Conflict::reason).collect(Collectors.toSet())),
                (conflicts.size() == 1 ? "this is" : "these are") + " in the way; nothing was touched");
    }

    private static ExitCode exit(Set<Conflict.Reason> reasons) {
        if (reasons.contains(Conflict.Reason.FOREIGN)
                || reasons.contains(Conflict.Reason.PROTECTED)
                || reasons.contains(Conflict.Reason.HELD)) {
            return ExitCode.REFUSED;
        }
        return reasons.contains(Conflict.Reason.LACKING) ? ExitCode.LACKING : ExitCode.ERROR;
    }
}
