// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.resolve.expectation.SourceTests;
import io.vnetc.compiler.resolve.expectation.TestOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Run the tests that the source has of itself.")
final class TestCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit's XML too.")
    private Optional<Path> junit = Optional.empty();

    TestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Source source = Source.read(session, path);
        if (source.model().isEmpty()) {
            session.io()
                    .err()
                    .print(source.text(session.io(), session.messages().paint().on()));
            throw new CommandException(ExitCode.SOURCE, "the source is wrong, so its tests cannot run");
        }
        List<TestOutcome> outcomes =
                SourceTests.run(source.parsed(), source.model().get());
        print(outcomes);
        if (junit.isPresent()) {
            Files.writeString(session.io().resolve(junit.get()), xml(outcomes));
        }
        return (outcomes.stream().allMatch(TestOutcome::passed) ? ExitCode.DONE : ExitCode.CHECKS_FAILED).code();
    }

    private void print(List<TestOutcome> outcomes) {
        PrintStream out = session.io().out();
        Paint paint = session.paint();
        for (TestOutcome outcome : outcomes) {
            out.println((outcome.passed() ? paint.green("✓") : paint.red("✗")) + " " + outcome.name());
            outcome.failures().forEach(failure -> out.println("    " + failure.place() + ": " + failure.message()));
        }
        long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        out.println(
                outcomes.isEmpty()
                        ? "The source has no tests."
                        : outcomes.size() + (outcomes.size() == 1 ? " test, " : " tests, ") + failed + " failed");
    }

    /** The form that build servers read: a suite with a case for each test. */
    private static String xml(List<TestOutcome> outcomes) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "vnetc");
            xml.writeAttribute("tests", Integer.toString(outcomes.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(outcomes.stream()
                            .filter(outcome -> !outcome.passed())
                            .count()));
            for (TestOutcome outcome : outcomes) {
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", outcome.place().file());
                xml.writeAttribute("name", outcome.name());
                for (TestOutcome.Failure failure : outcome.failures()) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", failure.message());
                    xml.writeCharacters(failure.place().toString());
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return text + "\n";
    }
}
