// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where vnetc keeps its files. */
final class StateDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void is_made_for_its_owner_alone_and_so_are_its_files() throws IOException {
        StateDirectory state = StateDirectory.prepare(directory.resolve("a/b"));
        state.write("ledger.json", "{}");
        assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(permissions(state.resolve("ledger.json"))).isEqualTo("rw-------");
        assertThat(state.read("ledger.json")).contains("{}");
    }

    @Test
    void a_file_is_replaced_whole_and_nothing_else_is_left() throws IOException {
        StateDirectory state = StateDirectory.prepare(directory.resolve("state"));
        // Left by a process that was killed in the middle.
        Files.writeString(state.resolve(".journal.json.new"), "half");
        state.write("journal.json", "a longer one");
        state.write("journal.json", "short");
        assertThat(state.read("journal.json")).contains("short");
        try (var files = Files.list(state.path())) {
            assertThat(files).containsExactly(state.resolve("journal.json"));
        }
        state.delete("journal.json");
        state.delete("journal.json");
        assertThat(state.read("journal.json")).isEmpty();
    }

    @Test
    void a_directory_that_others_can_write_is_refused() throws IOException {
        for (String open : new String[] {"rwxrwx---", "rwx----w-"}) {
            Path path = Files.createDirectories(directory.resolve(open));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> StateDirectory.prepare(path))
                    .isInstanceOf(UnsafePathException.class)
                    .hasMessageContaining("can be written by other users");
        }
    }

    @Test
    void a_symbolic_link_is_refused_in_place_of_a_directory_and_of_a_file() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
        assertThatThrownBy(() -> StateDirectory.prepare(link)).hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> StateDirectory.find(link)).hasMessageContaining("is not a directory");

        StateDirectory state = StateDirectory.prepare(directory.resolve("state"));
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(state.resolve("applied.json"), secret);
        assertThatThrownBy(() -> state.read("applied.json")).isInstanceOf(IOException.class);
        state.write("applied.json", "new");
        assertThat(secret).hasContent("secret");
        assertThat(state.read("applied.json")).contains("new");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
