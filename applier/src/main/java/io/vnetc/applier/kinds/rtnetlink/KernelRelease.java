// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.DriverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Linux this is; distributions put features of later ones into theirs, so it is asked only where the kernel does not
 * show what it can do.
 */
record KernelRelease(int major, int minor) {
    private static final Path FILE = Path.of("/proc/sys/kernel/osrelease");
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);

    static KernelRelease read() throws DriverException {
        try {
            return parse(Files.readString(FILE));
        } catch (IOException e) {
            throw new DriverException("cannot read " + FILE, String.valueOf(e.getMessage()), "Mount /proc.", e);
        }
    }

    /** Reads {@code 6.1.0-18-amd64}; what is no release is older than all. */
    static KernelRelease parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new KernelRelease(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new KernelRelease(0, 0);
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
