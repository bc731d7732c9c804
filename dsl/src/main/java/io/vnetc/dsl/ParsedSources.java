// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.scoping.Declarations;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
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
    private final Declarations declarations;
    private final Diagnostics diagnostics;

    ParsedSources(
            Map<Source, SourceFile> files, List<SourceFile> read, Declarations declarations, Diagnostics diagnostics) {
        this.files = Collections.unmodifiableMap(files);
        this.read = List.copyOf(read);
        this.declarations = declarations;
        this.diagnostics = diagnostics;
    }

    /** The trees: those of the entry's files sorted by path, then of what is imported, in the order of the imports. */
    public List<Source> sources() {
        return List.copyOf(files.keySet());
    }

    /** All files that were read, also those that could not be parsed. */
    public List<SourceFile> files() {
        return read;
    }

    /** The file of this path, if it was read. */
    public Optional<SourceFile> file(String path) {
        return read.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The declarations of one kind in all files, in the order of the source. */
    public <T extends Declaration> List<T> declarations(Class<T> kind) {
        return files.keySet().stream()
                .flatMap(source -> source.getDeclarations().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The let of this name. */
    public Optional<Let> let(String name) {
        return declarations.let(name);
    }

    /** The names of all lets. */
    public Iterable<String> letNames() {
        return declarations.letNames();
    }

    /** What there is to say so far; later phases add to it. */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** Whether there is no error so far. */
    public boolean complete() {
        return !diagnostics.hasErrors();
    }

    /** Where an object of a tree stands, from its first character to its last. */
    public SourceRange rangeOf(EObject object) {
        return range(object, NodeModelUtils.findActualNodeFor(object));
    }

    /** Where the name of an object stands, or its first word where it has none: what a message about it points at. */
    public SourceRange nameOf(EObject object) {
        EStructuralFeature name = object.eClass().getEStructuralFeature("name");
        List<INode> nodes = name == null ? List.of() : NodeModelUtils.findNodesForFeature(object, name);
        if (!nodes.isEmpty()) {
            return range(object, nodes.get(0));
        }
        INode node = NodeModelUtils.findActualNodeFor(object);
        for (INode leaf : node.getLeafNodes()) {
            if (leaf.getLength() > 0 && leaf.getOffset() >= node.getOffset()) {
                return range(object, leaf);
            }
        }
        return range(object, node);
    }

    /** Where the first value of a feature stands; where it has none, the name of the object. */
    public SourceRange rangeOf(EObject object, EStructuralFeature feature) {
        return rangeOf(object, feature, 0);
    }

    /** Where the value of this index of a feature stands; where it has none, the name of the object. */
    public SourceRange rangeOf(EObject object, EStructuralFeature feature, int index) {
        List<INode> nodes = NodeModelUtils.findNodesForFeature(object, feature);
        return index < nodes.size() ? range(object, nodes.get(index)) : nameOf(object);
    }

    private SourceRange range(EObject object, INode node) {
        SourceFile file = files.get((Source) EcoreUtil.getRootContainer(object));
        return file.range(node.getOffset(), node.getLength());
    }
}
