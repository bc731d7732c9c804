// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the modules, and what may be used where. */
@AnalyzeClasses(packages = "io.vnetc", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** The syntax tree and all that works on it. */
    private static final DescribedPredicate<JavaClass> SYNTAX_TREE = resideInAnyPackage(
            "org.eclipse.emf..", "org.eclipse.xtext..", "io.vnetc.dsl.vnet..", "io.vnetc.dsl.machine..");

    /** What an exception or a text buffer of java.io tells nothing about the world. */
    private static final DescribedPredicate<JavaClass> HARMLESS_IO = assignableTo(java.io.IOException.class)
            .or(assignableTo(java.io.UncheckedIOException.class))
            .or(assignableTo(java.io.StringReader.class))
            .or(assignableTo(java.io.StringWriter.class))
            .or(simpleName("Serializable"))
            .or(simpleName("Reader"))
            .or(simpleName("Writer"));

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = resideInAnyPackage(
                    "java.io", "java.nio.file..", "java.net..", "java.net.http..")
            .and(not(HARMLESS_IO))
            .as("files and sockets");

    @ArchTest
    static final ArchRule the_language_knows_nothing_of_the_compiler = noClasses()
            .that()
            .resideInAPackage("io.vnetc.dsl..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vnetc.compiler..", "io.vnetc.applier.."));

    @ArchTest
    static final ArchRule the_compiler_knows_nothing_of_the_applier = noClasses()
            .that()
            .resideInAPackage("io.vnetc.compiler..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.vnetc.applier.."));

    @ArchTest
    static final ArchRule the_syntax_tree_ends_at_resolve = noClasses()
            .that()
            .resideOutsideOfPackages("io.vnetc.dsl..", "io.vnetc.compiler.resolve..")
            .should()
            .dependOnClassesThat(SYNTAX_TREE);

    @ArchTest
    static final ArchRule the_compiler_does_no_input_or_output =
            noClasses().that().resideInAPackage("io.vnetc.compiler..").should().dependOnClassesThat(OUTSIDE_WORLD);

    @ArchTest
    static final ArchRule the_compiler_starts_no_process_and_no_thread = noClasses()
            .that()
            .resideInAPackage("io.vnetc.compiler..")
            .should()
            .dependOnClassesThat(assignableTo(ProcessBuilder.class)
                    .or(assignableTo(Process.class))
                    .or(assignableTo(Runtime.class))
                    .or(assignableTo(Thread.class)));

    @ArchTest
    static final ArchRule the_compiler_asks_neither_clock_nor_environment = noClasses()
            .that()
            .resideInAPackage("io.vnetc.compiler..")
            .should()
            .dependOnClassesThat(assignableTo(java.time.Clock.class).or(assignableTo(java.util.Random.class)))
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule only_netlink_makes_system_calls = noClasses()
            .that()
            .resideOutsideOfPackage("io.vnetc.applier.netlink..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.sun.jna.."));

    @ArchTest
    static final ArchRule nothing_is_named_for_being_an_implementation = classes()
            .that(not(resideInAnyPackage("io.vnetc.dsl.vnet..", "io.vnetc.dsl.machine..")))
            .should()
            .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?)");
}
