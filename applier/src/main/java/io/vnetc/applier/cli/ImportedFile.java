// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is to be imported.
 *
 * @param name of it, for places
 * @param text without a byte order mark; one character more than is taken at most, so that what is too long is seen to be
 */
record ImportedFile(String name, String text) {
    private static final String STDIN = "-";
    private static final int BUFFER = 1 << 13;

    /**
     * Reads a file, or the standard input.
     *
     * @param file its path, or {@code -}
     * @param most characters of it
     * @param hint what to do where it is not UTF-8
     */
    static ImportedFile read(Session session, String file, int most, String hint) throws IOException {
        boolean standard = file.equals(STDIN);
        String text = standard
                ? standardInput(session.io().in(), most)
                : content(session.io().resolve(Path.of(file)), file, most, hint);
        return new ImportedFile(standard ? "stdin" : file, text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /** What this host is called. */
    static String here() throws IOException {
        String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static String standardInput(Reader in, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[BUFFER];
        for (int count = in.read(buffer); count >= 0 && text.length() <= most; count = in.read(buffer)) {
            text.append(buffer, 0, count);
        }
        return text.toString();
    }

    private static String content(Path path, String file, int most, String hint) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(most + 1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.SOURCE, file + " is not UTF-8", hint);
        }
    }
}
