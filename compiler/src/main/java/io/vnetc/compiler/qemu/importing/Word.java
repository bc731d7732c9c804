// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A word of a command line, after the shell. */
final class Word {
    private final String text;
    private final SourceFile file;
    private final int[] offsets;
    private final List<Integer> expansions;

    /**
     * A word.
     *
     * @param text what QEMU gets
     * @param file that it stands in
     * @param offsets in the file of each char of the text, and of what is after the last one
     * @param expansions offsets in the text at which the shell puts something in that is not known
     */
    Word(String text, SourceFile file, int[] offsets, List<Integer> expansions) {
        this.text = text;
        this.file = file;
        this.offsets = offsets.clone();
        this.expansions = List.copyOf(expansions);
    }

    /** One that stands in the file as it is. */
    static Word plain(SourceFile file, int start, String text) {
        int[] offsets = new int[text.length() + 1];
        Arrays.setAll(offsets, i -> start + i);
        return new Word(text, file, offsets, List.of());
    }

    /** What QEMU gets. */
    String text() {
        return text;
    }

    SourceRange place() {
        return place(0, text.length());
    }

    /** Where in the file a part of the text stands. */
    SourceRange place(int from, int to) {
        int first = offsets[from];
        return file.range(first, Math.max(0, offsets[Math.max(from, to)] - first));
    }

    /** Where the shell puts something in. */
    Optional<SourceRange> expansion() {
        return expansions.stream().findFirst().map(at -> place(at, Math.min(text.length(), at + 1)));
    }
}
