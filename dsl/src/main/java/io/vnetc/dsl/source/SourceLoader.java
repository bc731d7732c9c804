// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the files that a source is made of: those of the entry first, then what is imported. A file is read once, however
 * often it is imported, and at most a thousand are read.
 */
public final class SourceLoader {
    static final int MOST_FILES = 1_000;

    private final SourceTree tree;
    private final Diagnostics diagnostics;
    private final Map<String, Optional<SourceFile>> read = new HashMap<>();

    public SourceLoader(SourceTree tree, Diagnostics diagnostics) {
        this.tree = tree;
        this.diagnostics = diagnostics;
    }

    /** The paths of the entry's files: itself, or all {@code .vnet} files right in the folder, sorted. */
    public List<String> entryPaths(String entry) {
        try {
            if (!tree.isFolder(entry)) {
                return List.of(entry);
            }
            List<String> paths = tree.list(entry);
            if (paths.isEmpty()) {
                report(
                        place(entry),
                        DiagnosticCode.NO_SOURCES,
                        "there is no .vnet file in this folder",
                        "name the folder that has them, or a file");
            }
            return paths;
        } catch (IOException e) {
            report(place(entry), DiagnosticCode.FILE_UNREADABLE, "cannot be read: " + reason(e), "");
            return List.of();
        }
    }

    /** Reads a file of the entry; nothing where that was reported. */
    public Optional<SourceFile> readEntry(String path) {
        return read(path, place(path), path);
    }

    /**
     * Reads what another file imports with {@code import "written"}: a file, or all {@code .vnet} files right in a folder.
     *
     * @param from the path of that other file
     * @param range of the import
     */
    public List<SourceFile> readImport(String from, String written, SourceRange range) {
        if (from.startsWith(StandardLibrary.SCHEME)) {
            report(
                    range,
                    DiagnosticCode.IMPORT_LEAVES_TREE,
                    "a module of the standard library imports modules only",
                    "");
            return List.of();
        }
        Optional<String> path = resolve(from, written);
        if (path.isEmpty()) {
            if (isFile(written)) {
                leaves(range, written);
            } else {
                noFile(range, written);
            }
            return List.of();
        }
        return isFile(written)
                ? read(path.get(), range, written).stream().toList()
                : readFolder(path.get(), range, written);
    }

    private static boolean isFile(String written) {
        return written.endsWith(".vnet");
    }

    private List<SourceFile> readFolder(String path, SourceRange range, String written) {
        try {
            if (!tree.isFolder(path)) {
                noFile(range, written);
                return List.of();
            }
            List<String> paths = tree.list(path);
            if (paths.isEmpty()) {
                report(
                        range,
                        DiagnosticCode.NO_SOURCES,
                        "there is no .vnet file in the folder `" + written + "`",
                        "a folder's own files are read, not those of folders in it");
            }
            return paths.stream()
                    .flatMap(each -> read(each, range, each).stream())
                    .toList();
        } catch (LeavesTreeException e) {
            leaves(range, written);
        } catch (IOException e) {
            report(range, DiagnosticCode.FILE_UNREADABLE, "`" + written + "` cannot be read: " + reason(e), "");
        }
        return List.of();
    }

    private void noFile(SourceRange range, String written) {
        report(
                range,
                DiagnosticCode.FILE_NOT_FOUND,
                "`" + written + "` is no .vnet file, and no folder",
                "name the file with its ending, as in \"racks/common.vnet\", or a folder");
    }

    /** Reads a module that a file imports with {@code import std.nat}. */
    public Optional<SourceFile> readModule(String module, SourceRange range) {
        Optional<byte[]> content = StandardLibrary.read(module);
        if (content.isEmpty()) {
            report(
                    range,
                    DiagnosticCode.UNKNOWN_MODULE,
                    "the standard library has no module `" + module + "`",
                    "it has: " + String.join(", ", StandardLibrary.modules())
                            + "; a file of yours is imported with quotes around its path");
            return Optional.empty();
        }
        String path = StandardLibrary.path(module);
        return read.computeIfAbsent(path, unread -> SourceDecoder.decode(path, content.get(), diagnostics));
    }

    /** The path that is meant, or nothing where it leads out of the tree. */
    static Optional<String> resolve(String from, String written) {
        if (written.startsWith("/") || written.contains("\\")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>(List.of(from.split("/")));
        parts.removeLast();
        for (String part : written.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    private Optional<SourceFile> read(String path, SourceRange wantedAt, String written) {
        Optional<SourceFile> known = read.get(path);
        if (known != null) {
            return known;
        }
        Optional<SourceFile> file = read.size() < MOST_FILES ? readFirst(path, wantedAt, written) : tooMany(wantedAt);
        read.put(path, file);
        return file;
    }

    private Optional<SourceFile> tooMany(SourceRange wantedAt) {
        report(
                wantedAt,
                DiagnosticCode.TOO_MANY_FILES,
                "more than 1,000 files are read",
                "put several networks into one file");
        return Optional.empty();
    }

    private Optional<SourceFile> readFirst(String path, SourceRange wantedAt, String written) {
        try {
            return SourceDecoder.decode(path, tree.read(path, SourceDecoder.MOST_BYTES), diagnostics);
        } catch (NoSuchFileException e) {
            String message = path.equals(written)
                    ? "there is no file `" + path + "`"
                    : "there is no file `" + path + "`, which `" + written + "` means here";
            report(
                    wantedAt,
                    DiagnosticCode.FILE_NOT_FOUND,
                    message,
                    path.equals(written) ? "" : "the path counts from the folder of the importing file");
        } catch (LeavesTreeException e) {
            leaves(wantedAt, written);
        } catch (IOException e) {
            report(wantedAt, DiagnosticCode.FILE_UNREADABLE, "`" + path + "` cannot be read: " + reason(e), "");
        }
        return Optional.empty();
    }

    private void leaves(SourceRange range, String written) {
        report(
                range,
                DiagnosticCode.IMPORT_LEAVES_TREE,
                "`" + written + "` leads out of the repository",
                "only files of the same repository can be imported, by a relative path");
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static SourceRange place(String path) {
        return SourceRange.at(path.isEmpty() ? "." : path, 1, 1);
    }

    private void report(SourceRange range, DiagnosticCode code, String message, String hint) {
        Diagnostic diagnostic = Diagnostic.error(code, range, message);
        diagnostics.report(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint));
    }
}
