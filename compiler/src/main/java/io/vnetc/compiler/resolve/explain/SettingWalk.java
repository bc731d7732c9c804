// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import io.vnetc.compiler.resolve.explain.Explanation.Setting;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Provenance;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.validation.SettingCounts;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Lease;
import io.vnetc.dsl.vnet.Toggle;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;

/** All settings that a declaration says, by the grammar itself: a new one is explained as soon as it is in it. */
final class SettingWalk {
    /** The words of blocks that may stand more than once. */
    private static final Map<EClass, String> WORDS = Map.ofEntries(
            Map.entry(Literals.UPLINK, "uplink"),
            Map.entry(Literals.SUBNET, "subnet"),
            Map.entry(Literals.DHCP, "dhcp"),
            Map.entry(Literals.RESERVATION, "host"),
            Map.entry(Literals.DHCP_OPTION, "option"),
            Map.entry(Literals.STATIC_ROUTE, "route"),
            Map.entry(Literals.DNS_FORWARDER, "forward"),
            Map.entry(Literals.DNS_HOST, "host"),
            Map.entry(Literals.DNS_TEXT, "txt"),
            Map.entry(Literals.DNS_SERVICE, "srv"),
            Map.entry(Literals.DNS_ALIAS, "cname"),
            Map.entry(Literals.DNS_POINTER, "ptr"),
            Map.entry(Literals.PORTGROUP, "portgroup"),
            Map.entry(Literals.PUBLICATION, "publish"),
            Map.entry(Literals.PERMISSION, "rule"),
            Map.entry(Literals.NIC, "nic"),
            Map.entry(Literals.METADATA, "metadata"));

    /** What is no setting: uses of templates are told as where a value comes from. */
    private static final Set<String> NO_SETTINGS = Set.of("base", "expansions", "braced", "silences");

    private final ParsedSources sources;
    private final Evaluator values;
    private final List<Setting> settings = new ArrayList<>();

    SettingWalk(ParsedSources sources) {
        this.sources = sources;
        this.values = new Evaluator(sources);
    }

    List<Setting> of(EObject declaration) {
        walk(declaration, "");
        return settings;
    }

    private void walk(EObject object, String path) {
        for (EStructuralFeature feature : object.eClass().getEAllStructuralFeatures()) {
            boolean isName = feature.getName().equals("name") && hasName(object);
            // The mode of a forward is always said; the first of its words is no different from saying nothing to EMF.
            boolean isSaid = object.eIsSet(feature) || feature == Literals.FORWARD__MODE;
            if (!isName && isSaid && !NO_SETTINGS.contains(feature.getName())) {
                Object value = object.eGet(feature);
                List<?> all = value instanceof List<?> many ? many : List.of(value);
                for (int i = 0; i < all.size(); i++) {
                    setting(object, feature, i, all.get(i), path);
                }
            }
        }
    }

    private void setting(EObject object, EStructuralFeature feature, int index, Object value, String path) {
        String here = (path + " " + word(feature, value)).strip();
        if (value instanceof Expression expression) {
            add(object, feature, index, here, ValueText.of(values, expression));
        } else if (value instanceof Toggle toggle) {
            add(object, feature, index, here, toggle.getState().getLiteral());
        } else if (value instanceof Lease lease) {
            if (lease.isInfinite()) {
                add(object, feature, index, here, "infinite");
            } else {
                add(lease, Literals.LEASE__TIME, 0, here, ValueText.of(values, lease.getTime()));
            }
        } else if (value instanceof EObject child && ((EReference) feature).isContainment()) {
            walk(child, here + identity(child));
        } else {
            add(object, feature, index, here, value instanceof EObject named ? name(named) : value.toString());
        }
    }

    private void add(EObject object, EStructuralFeature feature, int index, String path, String value) {
        settings.add(new Setting(path, value, words(sources.provenance(object, feature, index))));
    }

    private static String word(EStructuralFeature feature, Object value) {
        String known = SettingCounts.word(feature);
        if (!known.isEmpty()) {
            return known;
        }
        String block = value instanceof EObject object ? WORDS.getOrDefault(object.eClass(), "") : "";
        return block.isEmpty() ? feature.getName().toLowerCase(Locale.ROOT) : block;
    }

    /** What tells a block from others of its kind. */
    private String identity(EObject block) {
        if (hasName(block)) {
            return " " + name(block);
        }
        EStructuralFeature network = block.eClass().getEStructuralFeature("network");
        return network != null && block.eGet(network) instanceof Expression expression
                ? " " + ValueText.of(values, expression)
                : "";
    }

    private static boolean hasName(EObject object) {
        EStructuralFeature name = object.eClass().getEStructuralFeature("name");
        return name != null && object.eGet(name) != null && (object.eContainer() == null || isBlock(object));
    }

    private static boolean isBlock(EObject object) {
        return object.eClass() != Literals.BRIDGE && object.eClass() != Literals.DOMAIN;
    }

    private static String name(EObject object) {
        EStructuralFeature name = object.eClass().getEStructuralFeature("name");
        return name == null ? "" : String.valueOf(object.eGet(name));
    }

    private static String words(Provenance provenance) {
        String place = shown(provenance.place());
        String template = provenance.ways().stream()
                .flatMap(way -> way.template().stream())
                .findFirst()
                .map(name -> "template " + name + ", ")
                .orElse("");
        return switch (provenance.kind()) {
            case WRITTEN -> place;
            case OVERRIDE ->
                place
                        + provenance
                                .replaced()
                                .map(former -> ", in place of " + shown(former))
                                .orElse("");
            case TEMPLATE -> template + place;
            case ARGUMENT -> "argument " + provenance.parameter().orElse("") + ", " + place;
            case DEFAULT -> "default of " + provenance.parameter().orElse("") + ", " + place;
        };
    }

    private static String shown(SourceRange range) {
        return range.file() + ":" + range.line();
    }
}
