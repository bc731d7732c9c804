// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qemu;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.dsl.value.LiteralException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A QEMU of the user's, by its name, which is looked for in {@code PATH}, or its path. What it says is not trusted.
 *
 * @param command name or path
 */
public record QemuProgram(String command) {
    private static final Pattern NAME = Pattern.compile("(?:.*/)?(?:qemu-system-[^/]+|qemu-kvm|kvm)");
    private static final Pattern VERSION = Pattern.compile("QEMU emulator version ([0-9.]+)(?: \\([ -~]*\\))?");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** More than a version and a copyright. */
    private static final int LONGEST = 4096;

    /**
     * Whether its name is that of a QEMU. Another program may be one that starts a guest, and is not run to be asked
     * something.
     */
    public boolean isNamedQemu() {
        return NAME.matcher(command).matches();
    }

    /**
     * Asks it for its version.
     *
     * @throws DriverException when it cannot be run, or answers anything else
     */
    public QemuVersion askVersion() throws DriverException {
        String what = "cannot ask " + command + " for its version";
        Process process = start(what);
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), run -> {
            Thread reader = new Thread(run, "vnetc-qemu");
            reader.setDaemon(true);
            reader.start();
        });
        try {
            return version(output.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), what);
        } catch (TimeoutException e) {
            throw new DriverException(what, "no answer within " + PATIENCE.toSeconds() + " s; killed", "", e);
        } catch (ExecutionException e) {
            throw new DriverException(what, e.getCause().getMessage(), "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(what, "interrupted", "", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String what) throws DriverException {
        try {
            return new ProcessBuilder(command, "--version")
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new DriverException(what, e.getMessage(), "", e);
        }
    }

    /** Up to the first line's end, or as much as is plausible: it may well go on without end. */
    private static String read(InputStream stream) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int octet = stream.read();
                    octet >= 0 && octet != '\n' && line.size() < LONGEST;
                    octet = stream.read()) {
                line.write(octet);
            }
        } catch (IOException e) {
            // It ended or was killed; what came is judged.
            return line.toString(StandardCharsets.ISO_8859_1);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static QemuVersion version(String line, String what) throws DriverException {
        Matcher said = VERSION.matcher(line);
        if (said.matches()) {
            try {
                return QemuVersion.parse(said.group(1));
            } catch (LiteralException e) {
                throw new DriverException(what, e.getMessage(), "", e);
            }
        }
        throw new DriverException(
                what, "it says nothing that begins with \"QEMU emulator version\"", "Name a qemu-system-… program.");
    }
}
