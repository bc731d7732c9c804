// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.LiteralException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of QEMU, which decides what can be said to it.
 *
 * @param major 0 to 999
 * @param minor 0 to 999; from 50 on on the way to the next one
 * @param micro 0 to 999; of a release candidate from 90 on
 */
public record QemuVersion(int major, int minor, int micro) implements Comparable<QemuVersion> {
    /** That of Debian 12, and the first that takes {@code -netdev} as JSON. */
    public static final QemuVersion DEFAULT = new QemuVersion(7, 2, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?");

    private static final int MOST = 999;

    private static final Comparator<QemuVersion> ORDER = Comparator.comparingInt(QemuVersion::major)
            .thenComparingInt(QemuVersion::minor)
            .thenComparingInt(QemuVersion::micro);

    public QemuVersion {
        if (!isPart(major) || !isPart(minor) || !isPart(micro)) {
            throw new IllegalArgumentException("no version: " + major + "." + minor + "." + micro);
        }
    }

    private static boolean isPart(int number) {
        return number >= 0 && number <= MOST;
    }

    /**
     * Reads {@code 8.2} or {@code 8.2.1}.
     *
     * @throws LiteralException when it is anything else
     */
    public static QemuVersion parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new LiteralException(
                    "`" + text + "` is not a version of QEMU",
                    "as in 8.2 or 8.2.1, from `qemu-system-x86_64 --version`");
        }
        return new QemuVersion(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
    }

    public boolean isBefore(QemuVersion other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(QemuVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + (micro == 0 ? "" : "." + micro);
    }
}
