// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no file of the project may hold, whoever wrote it. */
final class RepositoryHygieneTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target", "node_modules");
    private static final Set<String> TOP_LEVEL = Set.of(
            ".ci",
            ".gitignore",
            ".mvn",
            "CONTRIBUTING.md",
            "LICENSE",
            "README.md",
            "applier",
            "compiler",
            "dsl",
            "examples",
            "pom.xml",
            "stdlib",
            "vnetc",
            "vscode-extension");
    private static final int MOST_LINES = 500;

    /** Split, so that this file does not hold what it looks for. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern GOLDEN_UPDATE = Pattern.compile("golden\\.update\\s*=\\s*tr" + "ue");

    @Test
    void java_files_stay_small_enough_to_be_about_one_thing() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(path -> path.toString().endsWith(".java"))) {
            int lines = Files.readAllLines(file, UTF_8).size();
            if (lines > MOST_LINES) {
                tooLong.add(ROOT.relativize(file) + ": " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void java_files_begin_with_their_licence() throws IOException {
        for (Path file : files(path -> path.toString().endsWith(".java"))) {
            assertThat(Files.readAllLines(file, UTF_8))
                    .as(file.toString())
                    .startsWith("// SPDX-License-Identifier: Apache-2.0");
        }
    }

    @Test
    void nothing_is_left_for_later() throws IOException {
        assertThat(linesMatching(UNFINISHED)).isEmpty();
    }

    @Test
    void no_build_file_rewrites_what_the_tests_expect() throws IOException {
        assertThat(linesMatching(GOLDEN_UPDATE))
                .filteredOn(line -> line.startsWith(".") || line.contains("pom.xml:") || line.startsWith("vnetc:"))
                .isEmpty();
    }

    @Test
    void the_top_level_holds_only_what_people_expect_there() throws IOException {
        try (var entries = Files.list(ROOT)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()).filter(name -> !NOT_OURS.contains(name)))
                    .isSubsetOf(TOP_LEVEL);
        }
    }

    private static List<String> linesMatching(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(RepositoryHygieneTest::isText)) {
            List<String> lines = Files.readAllLines(file, UTF_8);
            for (int index = 0; index < lines.size(); index++) {
                if (pattern.matcher(lines.get(index)).find()) {
                    found.add(ROOT.relativize(file) + ":" + (index + 1) + ": "
                            + lines.get(index).strip());
                }
            }
        }
        return found;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return name.matches(".*\\.(java|xtext|mwe2|xml|md|vnet|sh|ftl|json|ts|config|properties)")
                || name.equals("vnetc")
                || file.startsWith(ROOT.resolve(".ci"));
    }

    private static List<Path> files(Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && wanted.test(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).as("files under " + ROOT).isNotEmpty();
        return files;
    }
}
