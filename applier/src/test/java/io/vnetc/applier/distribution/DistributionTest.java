// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder that is shipped, as the build assembled it. */
final class DistributionTest {
    private static final Path LIB = Path.of("target/vnetc/lib");

    @Test
    void no_jar_is_signed_in_whole_or_in_part() throws IOException {
        for (Path path : jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                assertThat(jar.stream().map(Object::toString))
                        .as(path.toString())
                        .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
                assertThat(jar.getManifest().getEntries()).as(path.toString()).isEmpty();
            }
        }
    }

    @Test
    void each_jar_is_on_the_class_path_once_and_stays_apart() throws IOException {
        List<String> classPath = Files.readAllLines(LIB.resolve("classpath"));

        assertThat(classPath)
                .containsExactlyInAnyOrderElementsOf(
                        jars().stream().map(jar -> jar.getFileName().toString()).toList())
                .startsWith("vnetc-applier.jar")
                .contains("vnetc-compiler.jar", "vnetc-dsl.jar", "vnetc-stdlib.jar")
                .hasSizeGreaterThan(15);
    }

    @Test
    void there_is_one_logging_back_end_and_no_editor_support() throws IOException {
        assertThat(Files.readAllLines(LIB.resolve("classpath")))
                .noneMatch(jar -> jar.contains("reload4j"))
                .noneMatch(jar -> jar.contains("xtext.ide"))
                .noneMatch(jar -> jar.contains("lsp4j"));
    }

    @Test
    void the_native_library_of_system_calls_lies_ready() {
        assertThat(LIB.resolve("native/linux-x86-64/libjnidispatch.so")).isNotEmptyFile();
        assertThat(LIB.resolve("native/linux-aarch64/libjnidispatch.so")).isNotEmptyFile();
    }

    @Test
    void the_manifest_tells_the_version() throws IOException {
        try (JarFile jar = new JarFile(LIB.resolve("vnetc-applier.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(LIB)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
