// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A directory in which vnetc keeps files. It is made for its owner alone; one that is a symbolic link, somebody else's, or
 * open to writers of other users is refused. Files in it are for their owner alone, replaced whole, and on disk when a call
 * returns.
 */
public final class StateDirectory {
    private final Path path;
    private final Readers readers;

    private StateDirectory(Path path, Readers readers) {
        this.path = path;
        this.readers = readers;
    }

    /** Who may read the files of a directory. */
    private enum Readers {
        OWNER("rwx------", "rw-------"),
        /** Daemons that have given up the owner's rights; they open files that they know the name of. */
        DAEMONS("rwx--x--x", "rw-r--r--");

        private final String directory;
        private final String file;

        Readers(String directory, String file) {
            this.directory = directory;
            this.file = file;
        }

        Set<PosixFilePermission> directory() {
            return PosixFilePermissions.fromString(directory);
        }

        Set<PosixFilePermission> file() {
            return PosixFilePermissions.fromString(file);
        }
    }

    /** The directory, made with its parents where it is not there. */
    public static StateDirectory prepare(Path path) throws IOException {
        return prepare(path, Readers.OWNER);
    }

    /**
     * The directory, made where it is not there, for files that a daemon without rights reads: it and what is above it may
     * be passed through by all, its files read by all, and none of it listed or written.
     */
    public static StateDirectory prepareForDaemons(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && !passable(parent)) {
            prepareForDaemons(parent);
        }
        StateDirectory directory = prepare(path, Readers.DAEMONS);
        if (!passable(path)) {
            Files.setPosixFilePermissions(path, Readers.DAEMONS.directory());
        }
        return directory;
    }

    private static boolean passable(Path path) throws IOException {
        return Files.exists(path, NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(path, NOFOLLOW_LINKS).contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static StateDirectory prepare(Path path, Readers readers) throws IOException {
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(readers.directory()));
            }
            try {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(readers.directory()));
            } catch (FileAlreadyExistsException e) {
                // Another vnetc was faster; what it made is checked below like any other.
                return checked(path, readers);
            }
        }
        return checked(path, readers);
    }

    /** The directory where it is there. */
    public static Optional<StateDirectory> find(Path path) throws IOException {
        return Files.exists(path, NOFOLLOW_LINKS) ? Optional.of(checked(path, Readers.OWNER)) : Optional.empty();
    }

    private static StateDirectory checked(Path path, Readers readers) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            throw new UnsafePathException(path, "is not a directory");
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new UnsafePathException(path, "can be written by other users");
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
        int self = (Integer) Files.getAttribute(Path.of("/proc/thread-self"), "unix:uid");
        if (owner != 0 && owner != self) {
            throw new UnsafePathException(path, "belongs to the user " + owner);
        }
        return new StateDirectory(path, readers);
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** What a file says. */
    public Optional<String> read(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(resolve(name), Set.of(READ, NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            int read;
            do {
                read = channel.read(bytes);
            } while (read >= 0 && bytes.hasRemaining());
            return Optional.of(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Puts a file there, or another in its place: whoever reads sees the old one or the new one. */
    public void write(String name, String text) throws IOException {
        Path temporary = resolve("." + name + ".new");
        // What is there was left by a vnetc that was killed: names are written by one process at a time, under the
        // lock.
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(WRITE, CREATE_NEW, NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(readers.file()))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** Takes a file away, if it is there. */
    public void delete(String name) throws IOException {
        if (Files.deleteIfExists(resolve(name))) {
            sync();
        }
    }

    private void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(path, READ)) {
            directory.force(true);
        }
    }
}
