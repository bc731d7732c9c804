// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Binder;
import io.vnetc.dsl.expansion.Expander;
import io.vnetc.dsl.expression.ComposedTexts;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.scoping.Definitions;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.source.SourceLoader;
import io.vnetc.dsl.source.SourceTree;
import io.vnetc.dsl.syntax.SourceParser;
import io.vnetc.dsl.validation.Survey;
import io.vnetc.dsl.validation.Validation;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Import;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** Reads, parses, binds and checks the files that an entry is made of. */
public final class Frontend {
    private final Diagnostics diagnostics = new Diagnostics();
    private final SourceLoader loader;
    private final SourceParser parser;
    private final Map<String, Optional<Source>> parsed = new HashMap<>();
    private final Map<Source, SourceFile> files = new LinkedHashMap<>();
    private final List<SourceFile> read = new ArrayList<>();
    private final Deque<Source> importsToRead = new ArrayDeque<>();
    private final ImportGraph imports = new ImportGraph();
    private final Set<String> entries = new HashSet<>();

    private Frontend(SourceTree tree) {
        this.loader = new SourceLoader(tree, diagnostics);
        this.parser = new SourceParser(diagnostics);
    }

    /**
     * Parses a file, or all {@code .vnet} files right in a folder, and what they import. Whatever is wrong is in the
     * result's diagnostics.
     *
     * @param tree what may be read
     * @param entry path of the file or folder in the tree; the tree's top is {@code ""} or {@code "."}
     */
    public static ParsedSources parse(SourceTree tree, String entry) {
        return new Frontend(tree).run(entry.equals(".") ? "" : entry);
    }

    private ParsedSources run(String entry) {
        for (String path : loader.entryPaths(entry)) {
            entries.add(path);
            loader.readEntry(path).ifPresent(this::parseOnce);
        }
        while (!importsToRead.isEmpty()) {
            readImports(importsToRead.removeFirst());
        }
        imports.reportCycle(diagnostics);
        return compile(diagnostics, Optional.empty());
    }

    /** Puts it all together, with the declarations of a test's block where one is given. */
    private ParsedSources compile(Diagnostics into, Optional<Block> block) {
        ComposedTexts texts = new ComposedTexts(parser, into);
        Map<Source, String> paths = new LinkedHashMap<>();
        files.forEach((source, file) -> paths.put(source, file.path()));
        Definitions definitions = new Definitions(paths, this::sees, texts::holderOf);
        ParsedSources sources = new ParsedSources(
                files, read, definitions, texts, into, also -> compile(new Diagnostics(), Optional.of(also)));
        // A file that could not be read or parsed would make every name in it unknown.
        if (sources.complete()) {
            expand(sources, block);
        }
        return sources;
    }

    private static void expand(ParsedSources sources, Optional<Block> block) {
        Survey survey = new Survey(sources);
        if (survey.run(block.stream().toList())) {
            Evaluator evaluator = new Evaluator(sources);
            Expander expander = new Expander(sources, evaluator, survey::isToExpand);
            // Names in a tree that others have bound are bound anew in a copy of it.
            Predicate<EObject> copied = block.isPresent() ? each -> true : survey::isToExpand;
            List<Declaration> expanded = new ArrayList<>(expander.expand(sources.declarations(), copied));
            block.ifPresent(also -> expanded.addAll(expander.expand(also)));
            sources.setDeclarations(expanded);
            if (expander.isFull()) {
                return;
            }
            if (!expander.isIncomplete()) {
                new Binder(sources, evaluator).bind();
            }
        }
        Validation.check(sources);
    }

    private boolean sees(String from, String to) {
        return entries.contains(from) || imports.reaches(from, to);
    }

    private Optional<Source> parseOnce(SourceFile file) {
        Optional<Source> known = parsed.get(file.path());
        if (known != null) {
            return known;
        }
        read.add(file);
        Optional<Source> source = parser.parse(file);
        parsed.put(file.path(), source);
        source.ifPresent(tree -> {
            files.put(tree, file);
            importsToRead.addLast(tree);
        });
        return source;
    }

    private void readImports(Source source) {
        SourceFile from = files.get(source);
        for (Import each : source.getImports()) {
            SourceRange range = rangeOf(each, from);
            List<SourceFile> targets = each.getModule() == null
                    ? loader.readImport(from.path(), each.getPath(), range)
                    : loader.readModule(each.getModule(), range).stream().toList();
            for (SourceFile file : targets) {
                imports.add(from.path(), file.path(), range);
                parseOnce(file);
            }
            imports.together(targets.stream().map(SourceFile::path).toList());
        }
    }

    private static SourceRange rangeOf(Import each, SourceFile file) {
        var feature =
                each.getModule() == null ? VnetPackage.Literals.IMPORT__PATH : VnetPackage.Literals.IMPORT__MODULE;
        var node = NodeModelUtils.findNodesForFeature(each, feature).get(0);
        return file.range(node.getOffset(), node.getLength());
    }
}
