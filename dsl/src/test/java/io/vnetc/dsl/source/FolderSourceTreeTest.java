// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderSourceTreeTest {
    @TempDir
    Path temporary;

    private Path top;

    @BeforeEach
    void makeFiles() throws IOException {
        top = Files.createDirectories(temporary.resolve("repository"));
        Files.createDirectories(top.resolve("racks"));
        for (String file : new String[] {"b.vnet", "a.vnet", "notes.txt", ".hidden.vnet", "racks/c.vnet"}) {
            Files.writeString(top.resolve(file), file);
        }
        Files.writeString(temporary.resolve("outside.vnet"), "secret");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void readsAndListsItsFiles() throws IOException {
        FolderSourceTree tree = FolderSourceTree.of(top);
        assertThat(tree.list("")).containsExactly("a.vnet", "b.vnet");
        assertThat(tree.list("racks")).containsExactly("racks/c.vnet");
        assertThat(text(tree.read("racks/c.vnet", 100))).isEqualTo("racks/c.vnet");
        assertThat(tree.read("a.vnet", 3)).hasSize(4);
        assertThat(tree.isFolder("racks")).isTrue();
        assertThat(tree.isFolder("a.vnet")).isFalse();
        assertThat(tree.isFolder("gone")).isFalse();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> tree.read("gone.vnet", 1));
    }

    @Test
    void refusesWhatLeadsOut() throws IOException {
        FolderSourceTree tree = FolderSourceTree.of(top);
        Files.createSymbolicLink(top.resolve("link.vnet"), temporary.resolve("outside.vnet"));
        Files.createSymbolicLink(top.resolve("folder"), temporary);
        for (String path :
                new String[] {"../outside.vnet", "link.vnet", "folder/outside.vnet", "racks/../../outside.vnet"}) {
            assertThatExceptionOfType(LeavesTreeException.class).as(path).isThrownBy(() -> tree.read(path, 100));
        }
        assertThatExceptionOfType(LeavesTreeException.class).isThrownBy(() -> tree.isFolder("folder"));
        assertThatExceptionOfType(LeavesTreeException.class).isThrownBy(() -> tree.pathOf(temporary));
    }

    @Test
    void followsALinkThatStaysInside() throws IOException {
        Files.createSymbolicLink(top.resolve("link.vnet"), Path.of("racks/c.vnet"));
        assertThat(text(FolderSourceTree.of(top).read("link.vnet", 100))).isEqualTo("racks/c.vnet");
    }

    @Test
    void refusesWhatIsNoPlainFile() throws IOException {
        FolderSourceTree tree = FolderSourceTree.of(top);
        assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> tree.read("racks", 1));
    }

    @Test
    void isTheGitWorkTreeAroundAFileElseItsFolder() throws IOException {
        assertThat(FolderSourceTree.around(top.resolve("racks/c.vnet")).top())
                .isEqualTo(top.resolve("racks").toRealPath());
        Files.writeString(top.resolve(".git"), "gitdir: elsewhere");
        FolderSourceTree tree = FolderSourceTree.around(top.resolve("racks/c.vnet"));
        assertThat(tree.top()).isEqualTo(top.toRealPath());
        assertThat(tree.pathOf(top.resolve("racks/c.vnet"))).isEqualTo("racks/c.vnet");
        assertThat(tree.pathOf(top)).isEmpty();
    }
}
