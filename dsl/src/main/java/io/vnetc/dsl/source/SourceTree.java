// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import java.io.IOException;
import java.util.List;

/**
 * The files that a source may be made of: a folder, a commit, a map. A path is relative to the top, has {@code /} between
 * its parts, neither {@code .} nor {@code ..} among them, and is empty for the top itself.
 */
public interface SourceTree {
    /**
     * Reads a file.
     *
     * @param path of the file
     * @param most where it is longer, {@code most + 1} bytes are returned
     * @throws java.nio.file.NoSuchFileException where there is none
     * @throws LeavesTreeException where the path leads out of the tree
     * @throws IOException where it is no plain file or cannot be read
     */
    byte[] read(String path, int most) throws IOException;

    /**
     * Whether there is a folder at this path.
     *
     * @throws LeavesTreeException where the path leads out of the tree
     */
    boolean isFolder(String path) throws IOException;

    /** The paths of the {@code .vnet} files right in this folder, sorted. */
    List<String> list(String folder) throws IOException;
}
