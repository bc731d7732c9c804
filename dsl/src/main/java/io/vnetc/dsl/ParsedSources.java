// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Copies;
import io.vnetc.dsl.expansion.Provenance;
import io.vnetc.dsl.expansion.Provenances;
import io.vnetc.dsl.expansion.Scope;
import io.vnetc.dsl.expression.ComposedText;
import io.vnetc.dsl.expression.ComposedTexts;
import io.vnetc.dsl.scoping.Definitions;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.source.StandardLibrary;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/**
 * The syntax trees of all files that belong together.
 *
 * <p>Where {@link #complete()} holds, every reference is bound, every setting that may stand once does so at most once,
 * and the names of one kind differ. Where it does not, the trees serve for nothing but {@link #diagnostics()}.
 */
public final class ParsedSources {
    private final Map<Source, SourceFile> files;
    private final List<SourceFile> read;
    private final Definitions definitions;
    private final ComposedTexts texts;
    private final Diagnostics diagnostics;
    private final Function<Block, ParsedSources> more;
    private final Copies copies = new Copies();
    private List<Declaration> declarations;

    ParsedSources(
            Map<Source, SourceFile> files,
            List<SourceFile> read,
            Definitions definitions,
            ComposedTexts texts,
            Diagnostics diagnostics,
            Function<Block, ParsedSources> more) {
        this.files = Collections.unmodifiableMap(files);
        this.read = List.copyOf(read);
        this.definitions = definitions;
        this.texts = texts;
        this.diagnostics = diagnostics;
        this.more = more;
        this.declarations = files.keySet().stream()
                .flatMap(source -> source.getDeclarations().stream())
                .toList();
    }

    /** Puts what came out of expansion in place of what is written. */
    void setDeclarations(List<Declaration> expanded) {
        this.declarations = List.copyOf(expanded);
    }

    /** The trees: those of the entry's files sorted by path, then of what is imported, in the order of the imports. */
    public List<Source> sources() {
        return List.copyOf(files.keySet());
    }

    /** All files that were read, also those that could not be parsed. */
    public List<SourceFile> files() {
        return read;
    }

    /** The file that a tree is of. */
    public SourceFile file(Source source) {
        return files.get(source);
    }

    /** The file of this path, if it was read. */
    public Optional<SourceFile> file(String path) {
        return read.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /**
     * The declarations of one kind in all files, in the order of the source, with templates put in, loops counted out and
     * conditions decided. Those of tests are not among them.
     */
    public <T extends Declaration> List<T> declarations(Class<T> kind) {
        return declarations.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All declarations, as {@link #declarations(Class)} gives those of one kind. */
    public List<Declaration> declarations() {
        return declarations;
    }

    /** The let of this name. */
    public Optional<Let> let(String name) {
        return definitions.let(name);
    }

    /** What expressions and uses can name. */
    public Definitions definitions() {
        return definitions;
    }

    /** What expansion made, and of what. */
    public Copies copies() {
        return copies;
    }

    /**
     * The same sources with the declarations of a block besides, as those of a test are: expanded and checked anew, with
     * diagnostics of their own. What this has stays as it is.
     *
     * @param block of one of these sources
     */
    public ParsedSources with(Block block) {
        return more.apply(block);
    }

    /** The text of the comment {@code /** … *}{@code /} right before an object, without what frames it. */
    public Optional<String> documentation(EObject object) {
        EObject original = copies.original(object);
        return EcoreUtil.getRootContainer(original) instanceof Source source && original != source
                ? Documentation.before(
                        NodeModelUtils.findActualNodeFor(original),
                        files.get(source).text())
                : Optional.empty();
    }

    /** Where a declaration or block comes from. */
    public Provenance provenance(EObject object) {
        return new Provenances(this).of(object);
    }

    /** Where a setting comes from: the value of this index of a feature. */
    public Provenance provenance(EObject object, EStructuralFeature feature, int index) {
        return new Provenances(this).of(object, feature, index);
    }

    /** What there is to say so far; later phases add to it. */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** Whether there is no error so far. */
    public boolean complete() {
        return !diagnostics.hasErrors();
    }

    /**
     * Where an object of a tree stands, from its first character to its last. Of what expansion made it is the place in
     * the template, with the uses that led there.
     */
    public SourceRange rangeOf(EObject object) {
        return rangeOf(object, copies.scope(object));
    }

    /** The same, of an object of the source that is looked at in a scope. */
    public SourceRange rangeOf(EObject object, Scope scope) {
        EObject original = copies.original(object);
        return range(original, NodeModelUtils.findActualNodeFor(original), scope);
    }

    /** Where the name of an object stands, or its first word where it has none: what a message about it points at. */
    public SourceRange nameOf(EObject object) {
        EStructuralFeature name = object.eClass().getEStructuralFeature("name");
        Copies.Place place = name == null
                ? new Copies.Place(copies.original(object), 0, copies.scope(object))
                : copies.place(object, name, 0);
        EObject original = place.original();
        List<INode> nodes = name == null ? List.of() : NodeModelUtils.findNodesForFeature(original, name);
        if (!nodes.isEmpty()) {
            return range(original, nodes.get(0), place.scope());
        }
        INode node = NodeModelUtils.findActualNodeFor(original);
        for (INode leaf : node.getLeafNodes()) {
            if (leaf.getLength() > 0 && leaf.getOffset() >= node.getOffset()) {
                return range(original, leaf, place.scope());
            }
        }
        return range(original, node, place.scope());
    }

    /** Where the first value of a feature stands; where it has none, the name of the object. */
    public SourceRange rangeOf(EObject object, EStructuralFeature feature) {
        return rangeOf(object, feature, 0);
    }

    /** Where the value of this index of a feature stands; where it has none, the name of the object. */
    public SourceRange rangeOf(EObject object, EStructuralFeature feature, int index) {
        if (copies.isCopy(object) && feature instanceof EReference reference && reference.isContainment()) {
            Object value = object.eGet(feature);
            Object at = !(value instanceof List<?> many) ? value : index < many.size() ? many.get(index) : null;
            return at instanceof EObject child ? rangeOf(child) : nameOf(object);
        }
        Copies.Place place = copies.place(object, feature, index);
        List<INode> nodes = NodeModelUtils.findNodesForFeature(place.original(), feature);
        return place.index() < nodes.size()
                ? range(place.original(), nodes.get(place.index()), place.scope())
                : nameOf(object);
    }

    private SourceRange range(EObject object, INode node, Scope scope) {
        EObject root = EcoreUtil.getRootContainer(object);
        SourceRange range = root instanceof Source source
                ? files.get(source).range(node.getOffset(), node.getLength())
                : texts.rangeOf(root, node).orElseThrow();
        return range.by(scope.uses());
    }

    /**
     * Where a thing is to be looked for by whom it belongs to: its place, and where that is in the standard library, the
     * place in a file of the user's own that led there.
     */
    public SourceRange origin(EObject object) {
        SourceRange range = rangeOf(object);
        return range.file().startsWith(StandardLibrary.SCHEME) && !range.uses().isEmpty()
                ? range.uses().get(range.uses().size() - 1).range()
                : range;
    }

    /** The text of a token that is the value of a feature, as it is written. */
    public String written(EObject original, EStructuralFeature feature, int index) {
        INode node = NodeModelUtils.findNodesForFeature(original, feature).get(index);
        // Not as NodeModelUtils puts it together from leaves: this is asked for every name there is.
        return EcoreUtil.getRootContainer(original) instanceof Source source
                ? files.get(source).text().substring(node.getOffset(), node.getEndOffset())
                : NodeModelUtils.getTokenText(node);
    }

    /** The parts of the string that is the value of a feature; nothing where it was found wrong. */
    public Optional<ComposedText> composed(EObject object, EStructuralFeature feature, int index) {
        Copies.Place place = copies.place(object, feature, index);
        EObject root = EcoreUtil.getRootContainer(place.original());
        if (!(root instanceof Source source)) {
            // A string within a string: it has no further one in it.
            return Optional.of(new ComposedText(List.of(
                    new ComposedText.Plain(String.valueOf(place.original().eGet(feature))))));
        }
        INode node = token(
                NodeModelUtils.findNodesForFeature(place.original(), feature).get(place.index()));
        return texts.read(place.original(), node, files.get(source));
    }

    /** The leaf that a token of one terminal is. */
    private static INode token(INode node) {
        for (INode leaf : node.getLeafNodes()) {
            if (!((ILeafNode) leaf).isHidden()) {
                return leaf;
            }
        }
        return node;
    }

    /** A token that may be a string, without its quotes and escapes. */
    public static String unquoted(String token) {
        if (!ComposedTexts.isString(token)) {
            return token;
        }
        StringBuilder text = new StringBuilder(token.length());
        for (int i = 1; i < token.length() - 1; i++) {
            i = token.charAt(i) == '\\' ? i + 1 : i;
            text.append(token.charAt(i));
        }
        return text.toString();
    }
}
