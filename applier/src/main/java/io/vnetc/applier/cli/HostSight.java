// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.NextStart;
import io.vnetc.compiler.state.ObservedHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps that every command takes that looks at the host. */
final class HostSight {
    private HostSight() {}

    /** The host as it is, for a command that changes nothing. */
    static ObservedHost look(HostAccess access) throws IOException, DriverException {
        requirePrivilege(access);
        return access.observe();
    }

    /** The same, with guests asked for what a source wants of them. */
    static ObservedHost look(HostAccess access, SourceInquiry inquiry) throws IOException, DriverException {
        requirePrivilege(access);
        return access.observe(inquiry.beside(access.applied()));
    }

    /** Rules and files can be read by root only; a view without them would be a wrong one. */
    static void requirePrivilege(HostAccess access) {
        Requirement privilege = Requirement.netAdmin();
        if (!privilege.isMet(access.context())) {
            throw lacking(List.of(privilege));
        }
    }

    /** The end of a command on a machine that lacks something. */
    static CommandException lacking(List<Requirement> missing) {
        return new CommandException(
                ExitCode.LACKING,
                "this host lacks "
                        + missing.stream().map(Requirement::what).collect(Collectors.joining(", "))
                        + "; nothing was touched",
                missing.stream().map(Requirement::remedy).distinct().collect(Collectors.joining("\n        ")));
    }

    /** What the source wants of this host. */
    static Wanted wanted(
            Session session,
            Model model,
            Optional<String> asked,
            ObservedHost observed,
            HostAccess access,
            Allowances allowances)
            throws DriverException {
        String host = Source.host(model, asked, observed.facts().hostName());
        return wanted(
                session,
                host,
                Lowering.lower(
                        model,
                        host,
                        HostSurroundings.of(
                                observed,
                                model,
                                session.surroundings().paths(),
                                access.context().programs())),
                observed,
                allowances);
    }

    /** What was lowered, less what guests that run take at their next start only. */
    static Wanted wanted(Session session, String host, Lowered lowered, ObservedHost observed, Allowances allowances) {
        Wanted wanted = wanted(session, host, lowered);
        NextStart next = NextStart.of(wanted.desired(), observed, allowances);
        return new Wanted(
                host,
                next.desired(),
                Stream.concat(wanted.notices().stream(), next.notices().stream())
                        .toList());
    }

    /** What was lowered, if the host can have it. */
    static Wanted wanted(Session session, String host, Lowered lowered) {
        if (!lowered.conflicts().isEmpty()) {
            throw Wanted.refusal(session, lowered.conflicts());
        }
        return new Wanted(host, lowered.desired(), lowered.notices());
    }

    static void warnOfInterruption(Session session, HostAccess access) throws IOException, DriverException {
        if (access.isInterrupted()) {
            session.messages()
                    .warning("an apply is under way, or was interrupted: `vnetc recover` takes back what it left");
        }
    }
}
