// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.FakeHost;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.host.Paths;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs commands in this process, in a folder of its own, on a host whose kernel is a map. */
final class CommandRunner {
    private final Path folder;
    private final Paths paths;
    private final FakeHost host;
    private final Map<String, String> environment = new HashMap<>();
    private Set<Integer> terminals = Set.of();
    private String answers = "";
    private StepFault fault = StepFault.NONE;

    CommandRunner(Path folder) {
        this.folder = folder;
        this.paths = Paths.below(folder.resolve("instance"));
        this.host = new FakeHost(paths);
    }

    /** What a command left behind. */
    record Result(int exit, String out, String err) {}

    FakeHost host() {
        return host;
    }

    Paths paths() {
        return paths;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    CommandRunner write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
        return this;
    }

    CommandRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Somebody sits at a terminal and types these lines. */
    CommandRunner atTerminal(String typed) {
        terminals = Set.of(Io.IN, Io.OUT, Io.ERR);
        answers = typed;
        return this;
    }

    CommandRunner failing(StepFault wanted) {
        fault = wanted;
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new BufferedReader(new StringReader(answers)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                terminals);
        int exit = Main.run(
                List.of(arguments),
                new Surroundings(io, paths, Optional.empty(), false, given -> host.access(), fault));
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
