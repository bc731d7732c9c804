// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * What the guests of the end-to-end tests boot: a kernel of this Debian release, and a busybox that does what a test
 * tells it. It is made once by {@code lab/make-guest-image} and kept (see {@link LabCache}).
 *
 * @param kernel an uncompressed x86-64 kernel, which QEMU starts directly
 * @param initrd its initramfs
 */
public record GuestImage(Path kernel, Path initrd) {
    /** {@code -Dvnetc.guests=skip}: leave out, by choice, the tests that boot guests. */
    public static final String CHOICE = "vnetc.guests";

    /**
     * The image, made first if need be.
     *
     * @throws AssertionError if it is not there and cannot be made; the message says what is missing. A test that needs
     *     a guest fails then; it is skipped only where {@link #CHOICE} says so.
     */
    public static GuestImage cached() {
        return of("make-guest-image");
    }

    /** The same with {@code frames}, which sends and hears raw frames. */
    public static GuestImage withFrames() {
        return of("make-frames-image");
    }

    private static GuestImage of(String script) {
        Assumptions.assumeFalse(
                "skip".equals(System.getProperty(CHOICE)), "guests are left out by -D%s=skip".formatted(CHOICE));
        Path folder = LabCache.made(script);
        return new GuestImage(folder.resolve("vmlinux"), folder.resolve("initrd"));
    }
}
