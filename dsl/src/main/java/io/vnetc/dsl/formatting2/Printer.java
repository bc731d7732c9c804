// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.formatting2.Entry.Block;
import io.vnetc.dsl.formatting2.Entry.Part;
import io.vnetc.dsl.formatting2.Entry.Single;
import io.vnetc.dsl.formatting2.Piece.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries to text. Two spaces a level; one setting a line, but a setting whose blocks were each written on one line stays
 * on one while it fits into {@value #WIDTH} columns; at most one empty line between entries, and one around a declaration
 * of several lines.
 */
final class Printer {
    static final int WIDTH = 100;
    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();

    private Printer() {}

    static String print(List<Entry> entries) {
        Printer printer = new Printer();
        printer.declarations(entries);
        return printer.out.toString();
    }

    private void declarations(List<Entry> entries) {
        List<String> texts = new ArrayList<>();
        for (Entry entry : entries) {
            Printer printer = new Printer();
            printer.entry(entry, 0);
            texts.add(printer.out.toString());
        }
        boolean apart = false;
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0 && (apart || entries.get(i).blankBefore() || isApart(entries, texts, i))) {
                out.append('\n');
            }
            out.append(texts.get(i));
            apart = isApart(entries.get(i), texts.get(i))
                    || (isImport(entries, i) && i + 1 < entries.size() && !isImport(entries, i + 1));
        }
    }

    /** Whether what begins here, a declaration or the comments right before it, has an empty line before it. */
    private static boolean isApart(List<Entry> entries, List<String> texts, int begin) {
        int at = begin;
        while (at + 1 < entries.size()
                && entries.get(at).isComment()
                && !entries.get(at + 1).blankBefore()) {
            at++;
        }
        boolean onlyComments = begin > 0
                && entries.get(begin - 1).isComment()
                && !entries.get(begin).blankBefore();
        return !onlyComments && isApart(entries.get(at), texts.get(at));
    }

    private static boolean isApart(Entry entry, String text) {
        return !entry.isComment() && text.indexOf('\n') < text.length() - 1;
    }

    /** Comments before an import are of it. */
    private static boolean isImport(List<Entry> entries, int index) {
        int at = index;
        while (at + 1 < entries.size()
                && entries.get(at).isComment()
                && !entries.get(at + 1).blankBefore()) {
            at++;
        }
        return entries.get(at).beginsWith("import");
    }

    private void entries(List<Entry> entries, int indent) {
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0 && entries.get(i).blankBefore()) {
                out.append('\n');
            }
            entry(entries.get(i), indent);
        }
    }

    private void entry(Entry entry, int indent) {
        indent(indent);
        if (entry.isComment()) {
            out.append(Comments.at(((Single) entry.parts().get(0)).piece(), indent));
            trailing(entry.trailing());
            out.append('\n');
            return;
        }
        Optional<String> flat = Flat.of(entry.parts()).filter(line -> indent + line.length() <= WIDTH);
        if (flat.isPresent()) {
            out.append(flat.get());
        } else {
            parts(entry.parts(), indent);
        }
        trailing(entry.trailing());
        out.append('\n');
    }

    private void indent(int columns) {
        out.append(" ".repeat(columns));
    }

    private void trailing(List<Piece> comments) {
        for (Piece comment : comments) {
            out.append("  ");
            out.append(Comments.at(comment, column()));
        }
    }

    private int column() {
        return out.length() - (out.lastIndexOf("\n") + 1);
    }

    private void parts(List<Part> parts, int indent) {
        boolean begins = true;
        List<Piece> words = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Single single) {
                words.add(single.piece());
            } else if (part instanceof Block block) {
                new Filling(words, indent).print(out, begins);
                begins = false;
                words.clear();
                block(block, indent);
            }
        }
        new Filling(words, indent).print(out, begins);
    }

    private void block(Block block, int indent) {
        startBlock(indent);
        out.append('{');
        if (block.entries().isEmpty() && block.opening().isEmpty()) {
            out.append(" }");
            return;
        }
        trailing(block.opening());
        out.append('\n');
        entries(block.entries(), indent + STEP);
        indent(indent);
        out.append('}');
    }

    /** The brace stands on the line of what is before it, but after a comment that ends its line. */
    private void startBlock(int indent) {
        if (out.charAt(out.length() - 1) == '\n') {
            indent(indent);
        } else {
            out.append(' ');
        }
    }

    /** The text of parts on one line, if they can stand on one. */
    private static final class Flat {
        private final StringBuilder line = new StringBuilder();
        private Optional<Piece> last = Optional.empty();

        static Optional<String> of(List<Part> parts) {
            Flat flat = new Flat();
            return flat.add(parts) ? Optional.of(flat.line.toString()) : Optional.empty();
        }

        private boolean add(List<Part> parts) {
            for (Part part : parts) {
                if (part instanceof Single single) {
                    if (single.piece().endsLine()) {
                        return false;
                    }
                    line.append(Spacing.between(last, single.piece()));
                    line.append(Comments.at(single.piece(), line.length()));
                    last = Optional.of(single.piece());
                } else if (part instanceof Block block && !add(block)) {
                    return false;
                }
            }
            return true;
        }

        private boolean add(Block block) {
            boolean empty = block.entries().isEmpty() && block.opening().isEmpty();
            if (!empty && (!block.oneLine() || !block.opening().isEmpty())) {
                return false;
            }
            line.append(line.isEmpty() ? "{" : " {");
            String space = " ";
            for (Entry entry : block.entries()) {
                line.append(space);
                last = Optional.empty();
                if (!entry.trailing().isEmpty() || !add(entry.parts())) {
                    return false;
                }
                space = entry.isComment() ? " " : "  ";
            }
            line.append(" }");
            last = Optional.of(new Piece("}", 0, 0, 0, 0, Role.BLOCK_END));
            return true;
        }
    }
}
