// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

/**
 * The place in the source that something came from.
 *
 * @param file path relative to the source tree
 * @param line from 1
 * @param column from 1, in code points
 */
public record Origin(String file, int line, int column) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line}, as editors and terminals make it a link. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
