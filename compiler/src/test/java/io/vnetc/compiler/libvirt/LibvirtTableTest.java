// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in LIBVIRT.md names what there is. */
class LibvirtTableTest {
    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(Path.of("LIBVIRT.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| libvirt "))
                .map(line -> line.split(" *\\| *"))
                .toList();
    }

    private static Set<String> names(String cell) {
        return Arrays.stream(cell.split(", ")).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachRowNamesFilesOfTheCorpusAndEachOfThemIsNamed() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String[] row : rows()) {
            named.addAll(names(row[3]));
        }
        Set<String> corpus = LibvirtCorpus.names().collect(Collectors.toCollection(TreeSet::new));
        LibvirtCorpus.guestNames().forEach(corpus::add);
        assertThat(named).isEqualTo(corpus);
    }

    @Test
    void eachRowNamesATest() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String room : List.of("src/test/java", "../applier/src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(room))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        for (String[] row : rows()) {
            assertThat(tests).containsAll(names(row[4]));
        }
    }
}
