// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a unix socket is: an absolute path without empty, {@code .} or {@code ..} parts, of 107 bytes at most (sun_path of
 * unix(7) less the end).
 *
 * @param text the path
 */
public record SocketPath(String text) implements Comparable<SocketPath> {
    /** Length limit of the kernel, in bytes. */
    public static final int MAX_LENGTH = 107;

    private static final String EXAMPLE = "write it as in \"/run/qemu/web.qmp\"";

    public SocketPath {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_LENGTH) {
            throw new LiteralException(
                    "the path of a socket has " + length + " bytes; the kernel takes at most " + MAX_LENGTH,
                    "choose a shorter path");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new LiteralException("the path of a socket has a character that is not printed", EXAMPLE);
        }
        if (!text.startsWith("/")) {
            throw new LiteralException("`" + text + "` is not an absolute path", EXAMPLE);
        }
        List<String> parts = List.of(text.substring(1).split("/", -1));
        if (parts.contains("") || parts.contains(".") || parts.contains("..")) {
            throw new LiteralException("`" + text + "` is a path with empty, `.` or `..` parts", EXAMPLE);
        }
    }

    /** The last part: the socket's own name in its folder. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The socket of another name in the same folder. */
    public SocketPath sibling(String name) {
        return new SocketPath(text.substring(0, text.lastIndexOf('/') + 1) + name);
    }

    @Override
    public int compareTo(SocketPath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
