// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import io.vnetc.dsl.vnet.Binding;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Loop;
import io.vnetc.dsl.vnet.Parameter;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;

/**
 * What expressions and uses can name: lets and templates of all files, and the parameters, variables and lets around a
 * place. The innermost is found first; that it hides no other is checked elsewhere.
 */
public final class Definitions {
    private final Map<Source, String> paths = new LinkedHashMap<>();
    private final Map<String, List<Let>> lets = new LinkedHashMap<>();
    private final Map<String, List<Template>> templates = new LinkedHashMap<>();
    private final Visibility visibility;
    private final Function<EObject, Optional<EObject>> holders;
    private final Map<Call, Binding> receivers = new HashMap<>();

    /** Which files' names a file sees. */
    public interface Visibility {
        /** Whether the file at one path sees what the file at another declares for all to see. */
        boolean sees(String from, String to);
    }

    /**
     * The definitions of these files, by their paths.
     *
     * @param holders of the root of an expression in a string, the object that has the string
     */
    public Definitions(Map<Source, String> files, Visibility visibility, Function<EObject, Optional<EObject>> holders) {
        this.visibility = visibility;
        this.holders = holders;
        this.paths.putAll(files);
        for (Source source : files.keySet()) {
            for (Declaration declaration : source.getDeclarations()) {
                if (declaration instanceof Let let) {
                    lets.computeIfAbsent(let.getName(), none -> new ArrayList<>())
                            .add(let);
                } else if (declaration instanceof Template template) {
                    templates
                            .computeIfAbsent(template.getName(), none -> new ArrayList<>())
                            .add(template);
                }
            }
        }
    }

    /** What a name in an expression means. */
    public Optional<Binding> binding(EObject context, String name) {
        EObject inner = context;
        EObject around = container(context);
        while (around != null) {
            for (Binding binding : bindings(around, inner)) {
                if (binding.getName().equals(name)) {
                    return Optional.of(binding);
                }
            }
            inner = around;
            around = container(around);
        }
        return visible(lets.getOrDefault(name, List.of()), inner).map(Binding.class::cast);
    }

    /** The template of this name. */
    public Optional<Template> template(EObject context, String name) {
        return visible(templates.getOrDefault(name, List.of()), root(context));
    }

    /** What an object binds for what is within {@code inner}, which is one of the objects that it holds. */
    private static List<? extends Binding> bindings(EObject around, EObject inner) {
        if (around instanceof Loop loop) {
            return inner == loop.getValues() ? List.of() : loop.getVariables();
        }
        if (around instanceof Template template) {
            int before = inner instanceof Parameter ? template.getParameters().indexOf(inner) : -1;
            return before < 0
                    ? template.getParameters()
                    : template.getParameters().subList(0, before);
        }
        return around instanceof Block block ? lets(block) : List.of();
    }

    private static List<Let> lets(Block block) {
        List<Let> found = new ArrayList<>();
        for (Declaration declaration : block.getDeclarations()) {
            if (declaration instanceof Let let) {
                found.add(let);
            }
        }
        return found;
    }

    private EObject container(EObject object) {
        return object.eContainer() != null
                ? object.eContainer()
                : holders.apply(object).orElse(null);
    }

    private EObject root(EObject object) {
        EObject root = object;
        for (EObject up = container(root); up != null; up = container(up)) {
            root = up;
        }
        return root;
    }

    private <T extends Declaration> Optional<T> visible(List<T> named, EObject source) {
        Optional<T> own =
                named.stream().filter(each -> each.eContainer() == source).findFirst();
        return own.isPresent()
                ? own
                : named.stream().filter(each -> isVisible(each, source)).findFirst();
    }

    private boolean isVisible(Declaration declaration, EObject source) {
        return declaration.eContainer() == source
                || (!isPrivate(declaration) && visibility.sees(paths.get(source), paths.get(declaration.eContainer())));
    }

    private static boolean isPrivate(Declaration declaration) {
        return declaration instanceof Let let
                ? let.isPrivate()
                : declaration instanceof Template template && template.isPrivate();
    }

    /** Lets or templates of this name that exist and cannot be seen from a place. */
    public Optional<? extends Declaration> hidden(boolean isTemplate, String name) {
        List<? extends Declaration> named = isTemplate ? templates.get(name) : lets.get(name);
        return named == null ? Optional.empty() : named.stream().findFirst();
    }

    /** Whether what is hidden is so because it is private. */
    public static boolean isHiddenAsPrivate(Declaration declaration) {
        return isPrivate(declaration);
    }

    /** The names that expressions at a place can have. */
    public Set<String> bindingNames(EObject context) {
        Set<String> names = new LinkedHashSet<>();
        EObject inner = context;
        for (EObject around = container(context); around != null; around = container(around)) {
            bindings(around, inner).forEach(binding -> names.add(binding.getName()));
            inner = around;
        }
        names.addAll(visibleNames(lets, inner));
        return names;
    }

    /** The names of the templates that a place sees. */
    public Set<String> templateNames(EObject context) {
        return visibleNames(templates, root(context));
    }

    private Set<String> visibleNames(Map<String, ? extends List<? extends Declaration>> byName, EObject source) {
        Set<String> names = new LinkedHashSet<>();
        byName.forEach((name, all) -> {
            if (all.stream().anyMatch(each -> isVisible(each, source))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Lets and templates that clash: of one name, and one sees the other. */
    public List<Clash> clashes() {
        List<Clash> clashes = new ArrayList<>();
        lets.values().forEach(named -> clashes("let", named, clashes));
        templates.values().forEach(named -> clashes("template", named, clashes));
        return clashes;
    }

    /**
     * Two definitions of one name.
     *
     * @param kind a word for what they are
     */
    public record Clash(String kind, Declaration first, Declaration second) {}

    private void clashes(String kind, List<? extends Declaration> named, List<Clash> into) {
        for (int i = 1; i < named.size(); i++) {
            Declaration second = named.get(i);
            for (Declaration first : named.subList(0, i)) {
                boolean bothPublic = !isPrivate(first) && !isPrivate(second);
                if (bothPublic || isVisible(first, second.eContainer()) || isVisible(second, first.eContainer())) {
                    into.add(new Clash(kind, first, second));
                    break;
                }
            }
        }
    }

    /** The let of this name that all see, or else one that its file alone sees. */
    public Optional<Let> let(String name) {
        List<Let> named = lets.getOrDefault(name, List.of());
        return named.stream()
                .filter(let -> !let.isPrivate())
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /** Says what the name before the dot of a call means. */
    public void setReceiver(Call call, Binding binding) {
        receivers.put(call, binding);
    }

    /** What the name before the dot of a call of the source means. */
    public Optional<Binding> receiver(Call call) {
        return Optional.ofNullable(receivers.get(call));
    }

    /** A word for what a binding is. */
    public static String kind(Binding binding) {
        return binding instanceof Let ? "let" : binding instanceof Variable ? "variable" : "parameter";
    }
}
