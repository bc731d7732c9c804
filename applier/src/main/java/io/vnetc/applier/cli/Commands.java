// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: all commands by name, and how their failures become messages and exit codes. */
final class Commands {
    private static final List<String> NAMES = List.of(
            "check",
            "fmt",
            "render",
            "plan",
            "show",
            "explain",
            "test",
            "apply",
            "recover",
            "status",
            "observe",
            "destroy",
            "qemu",
            "ifup",
            "ifdown",
            "try",
            "doctor",
            "completion",
            "import",
            "export");

    private Commands() {}

    /** Named one by one, so that no class is loaded but that of the command that is wanted. */
    private static Callable<Integer> command(String name, Session session) {
        return switch (name) {
            case "check" -> new CheckCommand(session);
            case "fmt" -> new FmtCommand(session);
            case "render" -> new RenderCommand(session);
            case "plan" -> new PlanCommand(session);
            case "show" -> new ShowCommand(session);
            case "explain" -> new ExplainCommand(session);
            case "test" -> new TestCommand(session);
            case "apply" -> new ApplyCommand(session);
            case "recover" -> new RecoverCommand(session);
            case "status" -> new StatusCommand(session);
            case "observe" -> new ObserveCommand(session);
            case "destroy" -> new DestroyCommand(session);
            case "qemu" -> new QemuCommand(session);
            case "ifup" -> new IfupCommand(session);
            case "ifdown" -> new IfdownCommand(session);
            case "try" -> new TryCommand(session);
            case "doctor" -> new DoctorCommand(session);
            case "completion" -> new CompletionCommand(session);
            case "import" -> new ImportCommand();
            case "export" -> new ExportCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What some commands take as their first word. */
    private static void addInner(CommandLine line, String name, Session session) {
        switch (name) {
            case "import" -> {
                line.addSubcommand("libvirt", new ImportLibvirtCommand(session));
                line.addSubcommand("qemu", new ImportQemuCommand(session));
                line.addSubcommand("host", new ImportHostCommand(session));
            }
            case "export" -> line.addSubcommand("libvirt", new ExportLibvirtCommand(session));
            default -> {}
        }
    }

    /** The command line for these arguments, which it does not parse yet. */
    static CommandLine commandLine(Session session, List<String> arguments) {
        CommandLine line = new CommandLine(new VnetcCommand(session));
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .scopeType(ScopeType.INHERIT)
                        .description("Show this help.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .type(boolean.class)
                        .description("Show the version.")
                        .build());
        // Reading the annotations of a class takes its time: where the command is plain to see, only that one.
        List<String> wanted =
                arguments.stream().findFirst().filter(NAMES::contains).stream().toList();
        for (String name : wanted.isEmpty() ? NAMES : wanted) {
            line.addSubcommand(name, command(name, session));
            addInner(line.getSubcommands().get(name), name, session);
        }
        line.getCommandSpec().versionProvider(() -> new String[] {"vnetc " + version()});
        Map<String, String> meanings = Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(
                        exit -> Integer.toString(exit.code()), ExitCode::meaning, (a, b) -> a, LinkedHashMap::new));
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(meanings);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A word that begins with @ is a word.
        line.setExpandAtFiles(false);
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(Color.AUTO.isOn(session.io(), Io.OUT) ? Ansi.ON : Ansi.OFF));
        line.setOut(new PrintWriter(session.io().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(session.io().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((exception, given) -> {
            session.messages()
                    .error(
                            words(exception),
                            Optional.of("Try: "
                                    + exception
                                            .getCommandLine()
                                            .getCommandSpec()
                                            .qualifiedName() + " --help"));
            return ExitCode.USAGE.code();
        });
        line.setExecutionExceptionHandler((exception, executed, result) ->
                new Failures(session).report(exception).code());
        return line;
    }

    private static String words(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && unmatched.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            String similar = unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(name -> ", did you mean `" + name + "`?")
                    .orElse("");
            return "there is no command `" + unmatched.getUnmatched().get(0) + "`" + similar;
        }
        return exception.getMessage();
    }

    static String version() {
        String version = Commands.class.getPackage().getImplementationVersion();
        return version == null ? "(built from sources)" : version;
    }
}
