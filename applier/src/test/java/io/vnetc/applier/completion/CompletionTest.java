// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shells themselves are asked what they would offer. */
final class CompletionTest {
    private static final Path DISTRIBUTION = Path.of("target/vnetc").toAbsolutePath();
    private static final long SHELL_SECONDS = 60;

    @TempDir
    Path folder;

    @BeforeEach
    void aSourceWithGuests() throws IOException {
        Files.writeString(folder.resolve("lab.vnet"), """
                host kvm1 { uplink lan = eno1 }
                network office { }
                vm web  { nic eth0 { network office } }
                vm mail { nic eth0 { network office } }
                """);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersCommandsOptionsAndWordsOfThem(Shell shell) throws Exception {
        assertThat(offered(shell, "vnetc pl")).contains("plan").doesNotContain("apply");
        assertThat(offered(shell, "vnetc plan --ho")).contains("--host");
        assertThat(offered(shell, "vnetc --color never ap")).contains("apply");
        assertThat(offered(shell, "vnetc plan --format mark")).contains("markdown");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersTheGuestsAndHostsOfTheSource(Shell shell) throws Exception {
        assertThat(offered(shell, "vnetc qemu w")).contains("web").doesNotContain("mail");
        assertThat(offered(shell, "vnetc plan --host k")).contains("kvm1");
    }

    @Test
    void aWrongSourceHasNoNamesAndSaysNothing() throws Exception {
        Files.writeString(folder.resolve("lab.vnet"), "network {");

        assertThat(offered(Shell.BASH, "vnetc qemu w")).isEmpty();
    }

    private List<String> offered(Shell shell, String line) throws Exception {
        Path script = folder.resolve("completion." + shell);
        if (Files.notExists(script)) {
            Files.writeString(script, run(List.of(DISTRIBUTION + "/vnetc", "completion", shell.toString())));
        }
        String said = run(
                switch (shell) {
                    case BASH -> List.of("bash", "-c", BASH, "bash", script.toString(), line);
                    case ZSH -> List.of("zsh", "-f", "-c", ZSH, "zsh", script.toString(), line);
                    case FISH ->
                        List.of("fish", "-c", "source $argv[1]; complete -C $argv[2]", script.toString(), line);
                });
        return Arrays.stream(said.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    private static final String BASH = """
            source "$1"
            read -ra COMP_WORDS <<<"$2"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _vnetc
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /** An interactive zsh on a terminal of its own, in which the tab key is pressed. */
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "autoload -U compinit; compinit -u -d $PWD/zcompdump; bindkey '^I' complete-word; source $1"
            zpty -w shell "PS1=; print -r -- RE''ADY"
            zpty -r -m shell said '*READY*'
            zpty -w -n shell "$2"$'\\t'
            zpty -w -n shell $'\\C-aprint -r -- >offered \\C-e\\n'
            zpty -w shell "print -r -- DO''NE"
            zpty -r -m shell said '*DONE*'
            cat offered
            """;

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().merge("PATH", DISTRIBUTION.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "dumb");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SHELL_SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
