// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Bytes to text: UTF-8 to the letter, no character that hides or reorders what a reader sees, within a size. */
public final class SourceDecoder {
    /** The size limit of a file in bytes. */
    public static final int MOST_BYTES = 4 << 20;

    private SourceDecoder() {}

    /** The text, or nothing where that has been reported. */
    public static Optional<SourceFile> decode(String path, byte[] bytes, Diagnostics diagnostics) {
        if (bytes.length > MOST_BYTES) {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.FILE_TOO_LARGE, SourceRange.at(path, 1, 1), "the file is larger than 4 MiB")
                    .withHint("split it into several files; all .vnet files of a folder belong together"));
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(input, output, true);
        String text = output.flip().toString();
        if (result.isError()) {
            SourceFile before = new SourceFile(path, text);
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.NOT_UTF8,
                            before.range(text.length(), 0),
                            String.format(
                                    Locale.ROOT,
                                    "the file is not UTF-8: byte %d is 0x%02x",
                                    input.position() + 1,
                                    bytes[input.position()]))
                    .withHint("save it as UTF-8, or see where it is damaged"));
            return Optional.empty();
        }
        SourceFile file = new SourceFile(path, text.startsWith("\ufeff") ? text.substring(1) : text);
        return hidden(file, diagnostics) ? Optional.empty() : Optional.of(file);
    }

    private static boolean hidden(SourceFile file, Diagnostics diagnostics) {
        boolean found = false;
        String text = file.text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHidden(c)) {
                found = true;
                diagnostics.report(Diagnostic.error(
                                DiagnosticCode.CONTROL_CHARACTER,
                                file.range(i, 1),
                                String.format(Locale.ROOT, "the character U+%04X is not allowed: %s", (int) c, what(c)))
                        .withHint("delete it; it is not shown, or changes what is shown"));
            }
        }
        return found;
    }

    /**
     * C0 but for tab and line ends, DEL, C1, what changes the direction of the text (Unicode UAX #9), and what is no
     * character, which XML cannot hold.
     */
    static boolean isHidden(char c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029
                || c == 0xfeff
                || c >= 0xfffe;
    }

    private static String what(char c) {
        if (c == 0xfeff) {
            return "a byte order mark inside the text";
        }
        if (c == 0x2028 || c == 0x2029) {
            return "a line end that other programs do not see";
        }
        if (c >= 0xfffe) {
            return "Unicode has none there";
        }
        return c <= 0x9f ? "a control character" : "it changes the direction of the text";
    }
}
