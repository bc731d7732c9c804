// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.explain.Explanation.Setting;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains what has a name: hosts, networks, guests and pools. */
public final class Explainer {
    private final ParsedSources sources;
    private final Model model;

    private Explainer(ParsedSources sources, Model model) {
        this.sources = sources;
        this.model = model;
    }

    /** The names that can be explained, in the order of the source. */
    public static List<String> names(ParsedSources sources) {
        return sources.declarations().stream()
                .flatMap(declaration -> name(declaration).stream())
                .distinct()
                .toList();
    }

    /**
     * All declarations of a name: a network and a guest may have the same. A guest of a range is explained by the
     * declaration of the range.
     *
     * @param sources of the model
     * @param model what they came to mean
     */
    public static List<Explanation> explain(ParsedSources sources, Model model, String name) {
        Explainer explainer = new Explainer(sources, model);
        return sources.declarations().stream()
                .filter(declaration -> name(declaration).filter(name::equals).isPresent())
                .map(declaration -> explainer.explain(declaration, name))
                .toList();
    }

    private static Optional<String> name(Declaration declaration) {
        if (declaration instanceof Network network) {
            return Optional.of(network.getName());
        }
        if (declaration instanceof Guest guest) {
            return Optional.of(guest.getName());
        }
        if (declaration instanceof Pool pool) {
            return Optional.of(pool.getName());
        }
        return declaration instanceof Host host ? Optional.of(host.getName()) : Optional.empty();
    }

    private Explanation explain(Declaration declaration, String name) {
        List<Setting> settings = new ArrayList<>(new SettingWalk(sources).of(declaration));
        String kind = "host";
        if (declaration instanceof Network) {
            kind = "network";
            model.networks().stream()
                    .filter(network -> network.name().equals(name))
                    .forEach(network -> settings.addAll(Unsaid.of(network, settings)));
        } else if (declaration instanceof Guest) {
            kind = "vm";
            model.guests().stream()
                    .filter(guest -> guest.name().equals(name))
                    .forEach(guest -> settings.addAll(Unsaid.of(guest, settings)));
        } else if (declaration instanceof Pool) {
            kind = "pool";
        }
        SourceRange place = sources.origin(declaration);
        return new Explanation(kind + " " + name, place.file() + ":" + place.line(), settings);
    }
}
