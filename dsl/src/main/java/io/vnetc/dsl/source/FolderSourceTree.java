// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files below a folder. Nothing outside it is read: where a path or a symbolic link leads out, that is a
 * {@link LeavesTreeException}.
 */
public final class FolderSourceTree implements SourceTree {
    private final Path top;

    private FolderSourceTree(Path top) {
        this.top = top;
    }

    /** The tree whose top is this folder. */
    public static FolderSourceTree of(Path folder) throws IOException {
        return new FolderSourceTree(folder.toRealPath());
    }

    /**
     * The tree that a file or folder belongs to: its Git work tree, or where it is in none, the folder itself.
     *
     * @throws NoSuchFileException where there is neither file nor folder
     */
    public static FolderSourceTree around(Path entry) throws IOException {
        Path real = entry.toRealPath();
        Path folder = Files.isDirectory(real) ? real : real.getParent();
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Files.exists(above.resolve(".git"))) {
                return new FolderSourceTree(above);
            }
        }
        return new FolderSourceTree(folder);
    }

    /** The top, without symbolic links. */
    public Path top() {
        return top;
    }

    /**
     * The path within the tree of a file or folder of the file system.
     *
     * @throws LeavesTreeException where it is outside
     */
    public String pathOf(Path entry) throws IOException {
        Path real = entry.toRealPath();
        if (!real.startsWith(top)) {
            throw new LeavesTreeException(entry.toString());
        }
        return top.relativize(real).toString().replace(entry.getFileSystem().getSeparator(), "/");
    }

    private Path inside(String path) throws IOException {
        Path real;
        try {
            real = top.resolve(path).toRealPath();
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(path);
        }
        if (!real.startsWith(top)) {
            throw new LeavesTreeException(path);
        }
        return real;
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        Path file = inside(path);
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(path, null, "not a plain file");
        }
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(most + 1);
        }
    }

    @Override
    public boolean isFolder(String path) throws IOException {
        try {
            return Files.isDirectory(inside(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(inside(folder))) {
            return entries.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".vnet") && !name.startsWith("."))
                    .map(name -> folder.isEmpty() ? name : folder + "/" + name)
                    .sorted()
                    .toList();
        }
    }
}
