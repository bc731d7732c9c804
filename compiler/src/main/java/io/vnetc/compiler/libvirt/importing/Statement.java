// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A piece of the output, which knows what in the input it says. Two are the same only if they are one. */
public abstract sealed class Statement {
    /** A comment of one line. */
    public static final class Comment extends Statement {
        private final String text;

        public Comment(String text) {
            this.text = text;
        }
    }

    /** A setting. */
    public static final class Line extends Statement {
        private final String text;
        private final From from;

        public Line(String text, From from) {
            this.text = text;
            this.from = from;
        }
    }

    /** A setting with settings in it. */
    public static final class Block extends Statement {
        private final String head;
        private final From from;
        private final boolean braced;
        private final List<Statement> body = new ArrayList<>();

        /** A block that may do without braces where nothing is in it. */
        public Block(String head, From from) {
            this(head, from, false);
        }

        public Block(String head, From from, boolean braced) {
            this.head = head;
            this.from = from;
            this.braced = braced;
        }

        public Block say(From what, String text) {
            body.add(new Line(text, what));
            return this;
        }

        public void comment(String text) {
            body.add(new Comment(text));
        }

        public void add(Statement statement) {
            body.add(statement);
        }

        /** Adds a block; where it stays empty its head alone says all. */
        public Block open(From what, String text) {
            Block block = new Block(text, what);
            body.add(block);
            return block;
        }

        /** The first block right in it whose head is so. */
        Optional<Block> find(Predicate<String> wanted) {
            return body.stream()
                    .filter(Block.class::isInstance)
                    .map(Block.class::cast)
                    .filter(block -> wanted.test(block.head))
                    .findFirst();
        }

        public boolean isEmpty() {
            return body.isEmpty();
        }

        /** Adds all that is in another one. */
        public void takeOver(Block other) {
            body.addAll(other.body);
        }

        /** Takes out a statement that is right in it. */
        public void remove(Statement statement) {
            body.removeIf(each -> each == statement);
        }

        /** Puts a comment in the place of a statement, which may be deep in it. */
        boolean replace(Statement wanted, Comment comment) {
            for (int i = 0; i < body.size(); i++) {
                if (body.get(i) == wanted) {
                    body.set(i, comment);
                    return true;
                }
                if (body.get(i) instanceof Block block && block.replace(wanted, comment)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A text, with the statement that each of its lines came from. */
    static final class Printed {
        private final StringBuilder text = new StringBuilder();
        private final List<Statement> lines = new ArrayList<>();

        /** Prints declarations, an empty line between two. */
        static Printed of(List<? extends Statement> declarations) {
            Printed printed = new Printed();
            for (int i = 0; i < declarations.size(); i++) {
                if (i > 0 && !(declarations.get(i - 1) instanceof Comment)) {
                    printed.line(0, "", declarations.get(i));
                }
                printed.print(declarations.get(i), 0);
            }
            return printed;
        }

        String text() {
            return text.toString();
        }

        /** What the line of this number, from 1, came from. */
        Statement at(int line) {
            return lines.get(Math.min(line, lines.size()) - 1);
        }

        private void print(Statement statement, int level) {
            if (statement instanceof Comment comment) {
                line(level, "// " + comment.text, statement);
            } else if (statement instanceof Line line) {
                line(level, line.text, statement);
            } else if (statement instanceof Block block) {
                if (block.body.isEmpty()) {
                    line(level, block.head + (block.braced ? " {}" : ""), statement);
                    return;
                }
                line(level, block.head + " {", statement);
                block.body.forEach(inner -> print(inner, level + 1));
                line(level, "}", statement);
            }
        }

        private void line(int level, String words, Statement statement) {
            text.append(words.isEmpty() ? "" : "  ".repeat(level) + words).append('\n');
            lines.add(statement);
        }
    }

    /** What it says of the input; a comment says nothing. */
    public static Optional<From> from(Statement statement) {
        if (statement instanceof Line line) {
            return Optional.of(line.from);
        }
        return statement instanceof Block block ? Optional.of(block.from) : Optional.empty();
    }
}
