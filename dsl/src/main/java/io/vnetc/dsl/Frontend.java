// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.scoping.Declarations;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.source.SourceLoader;
import io.vnetc.dsl.source.SourceTree;
import io.vnetc.dsl.syntax.SourceParser;
import io.vnetc.dsl.validation.Validation;
import io.vnetc.dsl.vnet.Import;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            loader.readEntry(path).ifPresent(this::parseOnce);
        }
        while (!importsToRead.isEmpty()) {
            readImports(importsToRead.removeFirst());
        }
        imports.reportCycle(diagnostics);
        Declarations declarations = new Declarations(List.copyOf(files.keySet()));
        ParsedSources sources = new ParsedSources(files, read, declarations, diagnostics);
        // A file that could not be read or parsed would make every name in it unknown.
        if (sources.complete()) {
            parser.link(sources.sources(), declarations, files);
            Validation.check(sources);
        }
        return sources;
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
            Optional<SourceFile> target = each.getModule() == null
                    ? loader.readImport(from.path(), each.getPath(), range)
                    : loader.readModule(each.getModule(), range);
            target.ifPresent(file -> {
                imports.add(from.path(), file.path(), range);
                parseOnce(file);
            });
        }
    }

    private static SourceRange rangeOf(Import each, SourceFile file) {
        var feature =
                each.getModule() == null ? VnetPackage.Literals.IMPORT__PATH : VnetPackage.Literals.IMPORT__MODULE;
        var node = NodeModelUtils.findNodesForFeature(each, feature).get(0);
        return file.range(node.getOffset(), node.getLength());
    }
}
