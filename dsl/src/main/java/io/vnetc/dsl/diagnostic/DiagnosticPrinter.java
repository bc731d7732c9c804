// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import io.vnetc.dsl.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Writes diagnostics for a person: {@code file:line:column: error[VN0101]: message}, the line of the source with what is
 * meant underlined, what to do, and other places. Nothing of the source gets to a terminal that could steer it.
 */
public final class DiagnosticPrinter {
    /** More are only counted. */
    public static final int MOST_SHOWN = 100;

    private static final int WIDTH = 80;

    /** Spaces that are not inside backticks. */
    private static final Pattern BREAKS = Pattern.compile(" (?=(?:[^`]*`[^`]*`)*[^`]*$)");

    private final Function<String, Optional<SourceFile>> files;
    private final Function<String, String> shownPath;
    private final Style style;

    /**
     * @param files the files by the path that ranges have
     * @param colour whether to write ANSI escapes
     */
    public DiagnosticPrinter(Function<String, Optional<SourceFile>> files, boolean colour) {
        this(files, colour, path -> path);
    }

    /**
     * @param files the files by the path that ranges have
     * @param colour whether to write ANSI escapes
     * @param shownPath how a path is shown, such as relative to where the user is
     */
    public DiagnosticPrinter(
            Function<String, Optional<SourceFile>> files, boolean colour, Function<String, String> shownPath) {
        this.files = files;
        this.shownPath = shownPath;
        this.style = new Style(colour);
    }

    /** All of them, an empty line between two, and how many there are. */
    public String print(Diagnostics diagnostics) {
        StringBuilder text = new StringBuilder();
        List<Diagnostic> all = diagnostics.all();
        for (Diagnostic diagnostic : all.subList(0, Math.min(all.size(), MOST_SHOWN))) {
            text.append(print(diagnostic)).append('\n');
        }
        if (!all.isEmpty()) {
            text.append(summary(diagnostics)).append('\n');
        }
        return text.toString();
    }

    private static String summary(Diagnostics diagnostics) {
        int counted = diagnostics.errors() + diagnostics.warnings();
        String more = counted > MOST_SHOWN
                ? "; the first " + MOST_SHOWN + " are shown, and " + (counted - MOST_SHOWN) + " more are not"
                : "";
        String errors = count(diagnostics.errors(), "error");
        String warnings = count(diagnostics.warnings(), "warning");
        return errors + (errors.isEmpty() || warnings.isEmpty() ? "" : ", ") + warnings + more;
    }

    private static String count(int count, String what) {
        return count == 0 ? "" : count + " " + what + (count == 1 ? "" : "s");
    }

    /** One of them, with a line end after each of its lines. */
    public String print(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder();
        SourceRange range = diagnostic.range();
        text.append(style.bold(LineView.visible(place(range)) + ": "))
                .append(style.severity(
                        diagnostic.severity(),
                        diagnostic.severity() + "[" + diagnostic.code().id() + "]"))
                .append(style.bold(": " + LineView.visible(diagnostic.message())))
                .append('\n');
        Excerpts excerpts = new Excerpts(text, gutter(diagnostic));
        excerpts.primary(diagnostic);
        diagnostic.related().forEach(excerpts::related);
        diagnostic.hint().ifPresent(hint -> hint(text, LineView.visible(hint), gutter(diagnostic)));
        return text.toString();
    }

    private String place(SourceRange range) {
        return shownPath.apply(range.file()) + ":" + range.line() + ":" + range.column();
    }

    private static int gutter(Diagnostic diagnostic) {
        int largest = diagnostic.range().line();
        for (RelatedLocation related : diagnostic.related()) {
            largest = Math.max(largest, related.range().line());
        }
        return Math.max(3, Integer.toString(largest).length() + 1);
    }

    /** Lines of the source with marks under them; what is on the line that was shown last gets only its mark. */
    private final class Excerpts {
        private final StringBuilder out;
        private final int gutter;
        private String file = "";
        private String line = "";

        Excerpts(StringBuilder out, int gutter) {
            this.out = out;
            this.gutter = gutter;
        }

        void primary(Diagnostic diagnostic) {
            file = diagnostic.range().file();
            show(diagnostic.range(), "^", "", diagnostic.severity());
        }

        void related(RelatedLocation related) {
            SourceRange range = related.range();
            if (!range.file().equals(file)) {
                out.append(style.frame(" ".repeat(gutter) + "::: "))
                        .append(LineView.visible(place(range)))
                        .append('\n');
                file = range.file();
                line = "";
            }
            show(range, "-", LineView.visible(related.label()), Severity.NOTE);
        }

        private void show(SourceRange range, String mark, String label, Severity severity) {
            Optional<SourceFile> source = files.apply(range.file());
            String number = Integer.toString(range.line());
            String marked = label;
            if (source.isPresent()) {
                LineView view = LineView.of(source.get().line(range.line()), range);
                String shown = style.frame(" ".repeat(gutter - number.length()) + number + " | ") + view.text();
                if (!shown.equals(line)) {
                    out.append(shown).append('\n');
                    line = shown;
                }
                marked = " ".repeat(view.markFrom())
                        + style.severity(
                                severity, mark.repeat(view.markLength()) + (label.isEmpty() ? "" : " " + label));
            }
            if (!marked.isEmpty()) {
                out.append(style.frame(" ".repeat(gutter) + " | "))
                        .append(marked)
                        .append('\n');
            }
        }
    }

    /** Wrapped so that it fits 80 columns where its words do. */
    private void hint(StringBuilder text, String hint, int gutter) {
        String first = " ".repeat(gutter) + " = help: ";
        String rest = " ".repeat(first.length());
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        for (String word : BREAKS.split(hint, -1)) {
            if (!line.isEmpty() && first.length() + line.length() + 1 + word.length() > WIDTH) {
                text.append(begun ? rest : style.frame(first)).append(line).append('\n');
                begun = true;
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        text.append(begun ? rest : style.frame(first)).append(line).append('\n');
    }

    private record Style(boolean colour) {
        String bold(String text) {
            return wrap("1", text);
        }

        String frame(String text) {
            return wrap("1;34", text);
        }

        String severity(Severity severity, String text) {
            return wrap(
                    switch (severity) {
                        case ERROR -> "1;31";
                        case WARNING -> "1;33";
                        case NOTE -> "1;36";
                    },
                    text);
        }

        private String wrap(String code, String text) {
            return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }
}
