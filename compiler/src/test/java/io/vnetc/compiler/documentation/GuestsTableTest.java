// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.qemu.BackendProperties;
import io.vnetc.compiler.qemu.CardProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import io.vnetc.dsl.vnet.BackendKind;
import io.vnetc.dsl.vnet.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of guests names every form there is, and tests that there are. */
final class GuestsTableTest {
    private static final Path TABLE = Path.of("GUESTS.md");
    private static final Path REFERENCE = Path.of("../dsl/LANGUAGE.md");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Test)`");

    @Test
    void everyFormHasARow() throws IOException {
        String table = Files.readString(TABLE);
        for (BackendKind kind : BackendKind.values()) {
            assertThat(table).contains("`" + kind.getLiteral() + "`");
        }
        for (Transport transport : Transport.values()) {
            assertThat(table).contains("`over " + transport.getLiteral() + "`");
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> there = Stream.of("src/test/java", "../applier/src/test/java")
                .flatMap(GuestsTableTest::classes)
                .collect(Collectors.toSet());
        List<String> named = TEST.matcher(Files.readString(TABLE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(10).allMatch(there::contains);
    }

    @Test
    void theReferenceHasEveryModelAndEverySetting() throws IOException {
        String reference = Files.readString(REFERENCE);
        Stream.of(
                        Arrays.stream(CardModel.values()).map(CardModel::word),
                        Arrays.stream(CardModel.values())
                                .flatMap(model -> CardProperties.of(model).stream())
                                .map(PropertyKind::name),
                        Stream.of(
                                        BackendProperties.USER,
                                        BackendProperties.PASST,
                                        BackendProperties.STREAM,
                                        BackendProperties.DATAGRAM,
                                        BackendProperties.VHOST_USER,
                                        BackendProperties.BRIDGE_HELPER,
                                        BackendProperties.QEMU_TAP,
                                        BackendProperties.UDP_CABLE,
                                        BackendProperties.UNIX_CABLE,
                                        BackendProperties.STREAM_CABLE,
                                        BackendProperties.MULTICAST_CABLE)
                                .flatMap(List::stream)
                                .map(PropertyKind::name))
                .flatMap(words -> words)
                .distinct()
                .forEach(word -> assertThat(reference).contains("`" + word + "`"));
    }

    private static Stream<String> classes(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
