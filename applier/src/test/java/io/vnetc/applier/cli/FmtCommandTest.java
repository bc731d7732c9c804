// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.cli.CommandRunner.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FmtCommandTest {
    private static final String UNTIDY = "network lab{subnet 10.20.1.0/24 { gateway .1 } }\r\n";
    private static final String TIDY = "network lab { subnet 10.20.1.0/24 { gateway .1 } }\n";

    @TempDir
    private Path folder;

    private CommandRunner vnetc;

    @BeforeEach
    void files() throws Exception {
        vnetc = new CommandRunner(folder)
                .write("a.vnet", UNTIDY)
                .write("racks/b.vnet", "\ufeff" + UNTIDY)
                .write("tidy.vnet", TIDY)
                .write(".git/hidden.vnet", UNTIDY)
                .write("notes.txt", UNTIDY);
    }

    @Test
    void lays_out_all_files_below_a_folder_and_names_those_that_it_changed() {
        assertThat(vnetc.run("fmt")).isEqualTo(new Result(0, "a.vnet\nracks/b.vnet\n", ""));
        assertThat(vnetc.file("a.vnet")).hasContent(TIDY);
        assertThat(vnetc.file("racks/b.vnet")).hasBinaryContent(TIDY.getBytes(StandardCharsets.UTF_8));
        assertThat(vnetc.file(".git/hidden.vnet")).hasContent(UNTIDY);
        assertThat(vnetc.file("notes.txt")).hasContent(UNTIDY);
        assertThat(vnetc.run("fmt")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void checks_without_touching_anything() {
        assertThat(vnetc.run("fmt", "--check")).isEqualTo(new Result(11, "a.vnet\nracks/b.vnet\n", ""));
        assertThat(vnetc.file("a.vnet")).hasBinaryContent(UNTIDY.getBytes(StandardCharsets.UTF_8));
        assertThat(vnetc.run("fmt", "--check", "tidy.vnet")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void shows_what_would_change() {
        Result diff = vnetc.run("fmt", "--diff", "a.vnet");
        assertThat(diff.exit()).isZero();
        assertThat(diff.out())
                .contains("--- a.vnet")
                .contains("-network lab{subnet")
                .contains("+network lab { subnet");
        assertThat(vnetc.run("fmt", "--check", "--diff", "a.vnet").exit()).isEqualTo(11);
        assertThat(vnetc.file("a.vnet")).hasContent(UNTIDY);
    }

    @Test
    void leaves_a_wrong_file_as_it_is_and_does_the_others() throws Exception {
        vnetc.write("0.vnet", "network  {");
        Result fmt = vnetc.run("fmt", ".");
        assertThat(fmt.exit()).isEqualTo(3);
        assertThat(fmt.err()).startsWith("0.vnet:1:").contains("VN01");
        assertThat(vnetc.file("0.vnet")).hasContent("network  {");
        assertThat(vnetc.file("a.vnet")).hasContent(TIDY);
    }

    @Test
    void keeps_mode_and_links() throws Exception {
        Files.setPosixFilePermissions(vnetc.file("a.vnet"), PosixFilePermissions.fromString("rw-rw-r-x"));
        Files.createSymbolicLink(vnetc.file("link.vnet"), Path.of("a.vnet"));
        assertThat(vnetc.run("fmt", "link.vnet").exit()).isZero();
        assertThat(vnetc.file("link.vnet")).isSymbolicLink();
        assertThat(vnetc.file("a.vnet")).hasContent(TIDY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(vnetc.file("a.vnet"))))
                .isEqualTo("rw-rw-r-x");
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".new"));
    }

    @Test
    void reads_from_stdin_and_writes_to_stdout() {
        assertThat(vnetc.atTerminal(UNTIDY).run("fmt", "-")).isEqualTo(new Result(0, TIDY, ""));
        assertThat(vnetc.atTerminal(UNTIDY).run("fmt", "--check", "-")).isEqualTo(new Result(11, "", ""));
        assertThat(vnetc.atTerminal("network {").run("fmt", "-").exit()).isEqualTo(3);
        assertThat(vnetc.atTerminal("// \ufffd").run("fmt", "-").exit()).isEqualTo(3);
    }

    @Test
    void exits_with_1_when_there_is_no_such_file() {
        assertThat(vnetc.run("fmt", "nowhere.vnet").exit()).isEqualTo(1);
    }
}
