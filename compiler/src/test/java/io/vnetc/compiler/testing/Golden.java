// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that were reviewed once, below {@code src/test/resources}. With {@code -Dgolden.update=true} they are written anew,
 * to be reviewed again.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources");

    private Golden() {}

    /** Compares {@code actual} with the text in {@code file}, a path below the resources. */
    public static void check(String file, String actual) {
        Path path = FOLDER.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(path).as("golden file; -Dgolden.update=true writes it").exists();
            assertThat(actual).as("text of " + path).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
