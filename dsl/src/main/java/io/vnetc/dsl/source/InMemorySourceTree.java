// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree of files that are held in memory. */
public final class InMemorySourceTree implements SourceTree {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /** Adds a file, or replaces it. */
    public InMemorySourceTree with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file, or replaces it. */
    public InMemorySourceTree with(String path, byte[] content) {
        files.put(path, content.clone());
        return this;
    }

    @Override
    public byte[] read(String path, int most) throws NoSuchFileException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return Arrays.copyOf(content, Math.min(content.length, most + 1));
    }

    @Override
    public boolean isFolder(String path) {
        return path.isEmpty() || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return files.keySet().stream()
                .filter(path -> path.startsWith(prefix) && path.endsWith(".vnet"))
                .filter(path -> path.indexOf('/', prefix.length()) < 0)
                .toList();
    }
}
