// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.lint;

import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Nic;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expansion.Provenance;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Portgroup;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.Template;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.emf.ecore.EObject;

/**
 * Names that nothing uses. A file that only declares values and templates is a library, whose users are elsewhere: only
 * what is private to it is looked at.
 */
final class UnusedNames {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final ParsedSources sources;
    private final Model model;

    UnusedNames(ParsedSources sources, Model model) {
        this.sources = sources;
        this.model = model;
    }

    void check() {
        // How often a word stands anywhere: a name that stands once is only declared. Whoever writes about it in a
        // comment
        // is believed to use it.
        Map<String, Integer> words = new HashMap<>();
        for (SourceFile file : sources.files()) {
            for (Matcher word = WORD.matcher(file.text()); word.find(); ) {
                words.merge(word.group(), 1, Integer::sum);
            }
        }
        for (Source source : sources.sources()) {
            boolean library = source.getDeclarations().stream()
                    .allMatch(declaration -> declaration instanceof Let || declaration instanceof Template);
            for (Declaration declaration : source.getDeclarations()) {
                if (declaration instanceof Let let
                        && (!library || let.isPrivate())
                        && words.getOrDefault(let.getName(), 0) < 2) {
                    report(let, "let", let.getName());
                } else if (declaration instanceof Template template
                        && (!library || template.isPrivate())
                        && words.getOrDefault(template.getName(), 0) < 2) {
                    report(template, "template", template.getName());
                }
            }
        }
        portgroups();
    }

    private void portgroups() {
        Set<String> used = new HashSet<>();
        for (Guest guest : model.guests()) {
            for (Nic nic : guest.nics()) {
                nic.portgroup().ifPresent(group -> used.add(nic.network().orElseThrow() + "." + group));
            }
        }
        for (Network network : sources.declarations(Network.class)) {
            for (Portgroup group : network.getPortgroups()) {
                // A template has what some of its users need.
                boolean own = sources.provenance(group).kind() == Provenance.Kind.WRITTEN;
                if (own && !group.isDefault() && !used.contains(network.getName() + "." + group.getName())) {
                    report(group, "portgroup", group.getName());
                }
            }
        }
    }

    private void report(EObject declared, String kind, String name) {
        sources.diagnostics()
                .report(Diagnostic.warning(
                                DiagnosticCode.UNUSED,
                                sources.nameOf(declared),
                                "nothing uses the " + kind + " `" + name + "`")
                        .withHint("remove it"));
    }
}
