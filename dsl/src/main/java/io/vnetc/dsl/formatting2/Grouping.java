// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.formatting2.Entry.Block;
import io.vnetc.dsl.formatting2.Entry.Part;
import io.vnetc.dsl.formatting2.Entry.Single;
import io.vnetc.dsl.formatting2.Piece.Role;
import java.util.ArrayList;
import java.util.List;

/** Pieces to entries and blocks. */
final class Grouping {
    private final List<Piece> pieces;
    private int next;

    private Grouping(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** The entries of a whole file. */
    static List<Entry> of(List<Piece> pieces) {
        return new Grouping(pieces).entries(List.of());
    }

    /**
     * Reads up to the brace that closes this block, or the end of the file.
     *
     * @param opening takes the comments on the line of the opening brace
     */
    private List<Entry> entries(List<Piece> opening) {
        List<Entry> entries = new ArrayList<>();
        while (next < pieces.size() && pieces.get(next).role() != Role.BLOCK_END) {
            Piece piece = pieces.get(next);
            List<Piece> line = entries.isEmpty()
                    ? opening
                    : entries.get(entries.size() - 1).trailing();
            if (piece.isComment() && isTrailing(next) && (next > 0 || !entries.isEmpty())) {
                line.add(piece);
                next++;
                continue;
            }
            boolean blank = next > 0 && piece.line() > pieces.get(next - 1).endLine() + 1;
            List<Part> parts = piece.isComment() ? List.of(new Single(pieces.get(next++))) : setting();
            entries.add(new Entry(blank, parts, new ArrayList<>()));
        }
        return entries;
    }

    /** On the line of what is before it, with nothing after it there. */
    private boolean isTrailing(int index) {
        if (index == 0 || pieces.get(index).line() != pieces.get(index - 1).endLine()) {
            return false;
        }
        for (int after = index + 1; after < pieces.size(); after++) {
            if (pieces.get(after).line() != pieces.get(after - 1).endLine()) {
                return true;
            }
            if (!pieces.get(after).isComment()) {
                return false;
            }
        }
        return true;
    }

    private List<Part> setting() {
        List<Part> parts = new ArrayList<>();
        do {
            Piece piece = pieces.get(next++);
            parts.add(piece.role() == Role.BLOCK ? block(piece) : new Single(piece));
        } while (goesOn());
        return parts;
    }

    /** Whether the next word belongs to the same setting; comments before it do too then. */
    private boolean goesOn() {
        for (int after = next; after < pieces.size(); after++) {
            Piece piece = pieces.get(after);
            if (!piece.isComment()) {
                return piece.role() != Role.BEGIN && piece.role() != Role.BLOCK_END;
            }
        }
        return false;
    }

    private Block block(Piece open) {
        List<Piece> opening = new ArrayList<>();
        List<Entry> entries = entries(opening);
        Piece close = pieces.get(next++);
        return new Block(open.line() == close.line(), opening, entries);
    }
}
