package io.interlock.haproxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;

@AnalyzeClasses(packages = "io.interlock.haproxy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLE =
            slices().matching("io.interlock.haproxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule RENDERING_DOES_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAPackage("..render..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.channels..", "io.interlock.haproxy", "io.interlock.haproxy.process..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Files.class, Thread.class, Process.class, System.class);

    @ArchTest
    static final ArchRule PROCESSES_DO_NOT_KNOW_THE_LOAD_BALANCER = noClasses()
            .that()
            .resideInAPackage("..process..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.interlock.haproxy");

    @ArchTest
    static final ArchRule PLANNING_KNOWS_NOTHING_ELSE_AND_DOES_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAPackage("..plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "io.interlock.haproxy",
                    "io.interlock.haproxy.process..",
                    "io.interlock.haproxy.render..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Process.class, System.class);
}
