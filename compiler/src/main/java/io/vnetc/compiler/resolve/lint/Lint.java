// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.lint;

import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.validation.Silences;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Lease;
import io.vnetc.dsl.vnet.Silence;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.Test;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EObject;

/** All warnings about a source without errors. */
public final class Lint {
    /** What dnsmasq makes of anything shorter, and DHCP clients ask for again every minute. */
    private static final Duration SHORTEST_LEASE = Duration.ofMinutes(2);

    private final ParsedSources sources;
    private final Evaluator values;

    private Lint(ParsedSources sources) {
        this.sources = sources;
        this.values = new Evaluator(sources);
    }

    /** Takes the silences of a source into account, for all that is reported from now on. */
    public static void hearSilences(ParsedSources sources) {
        Silences silences = new Silences(sources);
        for (Declaration declaration : meant(sources)) {
            if (declaration instanceof Silence silence) {
                silences.declare(silence);
            }
            for (Iterator<EObject> each = declaration.eAllContents(); each.hasNext(); ) {
                if (each.next() instanceof Silence silence) {
                    silences.declare(silence);
                }
            }
        }
    }

    /** Reports what is legal and surely not meant, and silences that had nothing to silence. */
    public static void check(ParsedSources sources, Model model) {
        Lint lint = new Lint(sources);
        meant(sources).forEach(lint::leases);
        sources.declarations(Guest.class).forEach(lint::nics);
        new UnusedNames(sources, model).check();
        new AddressLint(sources, model).check();
        new BridgeLint(sources, model).check();
        Silences.reportNeedless(sources.diagnostics());
    }

    /** All but templates, of which each use is looked at, and tests, whose blocks are wrong on purpose. */
    private static List<Declaration> meant(ParsedSources sources) {
        return sources.declarations().stream()
                .filter(each -> !(each instanceof Template) && !(each instanceof Test))
                .toList();
    }

    private void leases(Declaration declaration) {
        for (Iterator<EObject> each = declaration.eAllContents(); each.hasNext(); ) {
            if (each.next() instanceof Lease lease && !lease.isInfinite()) {
                values.duration(lease.getTime())
                        .filter(time -> time.compareTo(SHORTEST_LEASE) < 0)
                        .ifPresent(time -> sources.diagnostics()
                                .report(Diagnostic.warning(
                                                DiagnosticCode.SHORT_LEASE,
                                                sources.rangeOf(lease),
                                                "dnsmasq gives no lease of less than two minutes")
                                        .withHint("write at least 2m")));
            }
        }
    }

    private void nics(Guest guest) {
        EList<?> nics = guest.getNics();
        if (nics.isEmpty()) {
            sources.diagnostics()
                    .report(Diagnostic.warning(
                                    DiagnosticCode.NO_NIC,
                                    sources.nameOf(guest),
                                    "the guest `" + guest.getName() + "` has no network card")
                            .withHint("add `nic eth0 { network NAME }`"));
        }
    }
}
