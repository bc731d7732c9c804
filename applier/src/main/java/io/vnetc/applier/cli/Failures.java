// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.host.Lock.LockedException;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.state.MalformedStateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** Turns what a command threw into a message and an exit code. */
final class Failures {
    private final Messages messages;

    Failures(Session session) {
        this.messages = session.messages();
    }

    ExitCode report(Throwable thrown) {
        if (thrown instanceof CommandException e) {
            messages.error(e.getMessage(), e.remedy());
            return e.exit();
        }
        if (thrown instanceof DriverException e) {
            messages.error(e.getMessage(), e.remedy());
            return ExitCode.ERROR;
        }
        if (thrown instanceof LockedException e) {
            messages.error("this host is locked by " + e.owner(), Optional.of("Wait until it has ended."));
            return ExitCode.LOCKED;
        }
        if (thrown instanceof MalformedStateException e) {
            messages.error(e.getMessage(), Optional.empty());
            return ExitCode.ERROR;
        }
        if (thrown instanceof IOException e) {
            messages.error(words(e), Optional.empty());
            return ExitCode.ERROR;
        }
        return bug(thrown);
    }

    private static String words(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file or folder";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof NotDirectoryException plain) {
            return plain.getFile() + ": not a folder";
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private ExitCode bug(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        String report = "vnetc %s, Java %s, %s %s%n%n%s"
                .formatted(
                        Commands.version(),
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        trace);
        try {
            // Made for its owner alone, under a name that nobody can foresee.
            Path file = Files.createTempFile("vnetc-bug-", ".txt");
            Files.writeString(file, report);
            messages.error("a bug in vnetc: " + thrown, Optional.of("Please report it, with the file " + file));
        } catch (IOException e) {
            messages.error("a bug in vnetc: " + report, Optional.of("Please report it."));
        }
        return ExitCode.BUG;
    }
}
