// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Gives a file of the user's another content: all of it or none, whatever happens; mode and owner stay. */
final class FileReplacement {
    private FileReplacement() {}

    /**
     * Writes the text aside and moves it to the file's place; a symbolic link stays one.
     *
     * @throws AccessDeniedException where the file is not writable, though its folder is
     */
    static void write(Path file, String text) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isWritable(real)) {
            throw new AccessDeniedException(file.toString());
        }
        Path aside = Files.createTempFile(real.resolveSibling(""), "." + real.getFileName() + ".", ".new");
        try {
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            likeBefore(real, aside);
            Files.move(aside, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void likeBefore(Path real, Path aside) throws IOException {
        PosixFileAttributes former = Files.readAttributes(real, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(aside, PosixFileAttributeView.class);
        PosixFileAttributes made = view.readAttributes();
        if (!made.owner().equals(former.owner())) {
            view.setOwner(former.owner());
        }
        if (!made.group().equals(former.group())) {
            view.setGroup(former.group());
        }
        view.setPermissions(former.permissions());
    }
}
