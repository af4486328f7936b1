package io.interlock.haproxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import io.interlock.util.TimeLimit;
import java.io.Writer;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;

@AnalyzeClasses(packages = "io.interlock.haproxy", importOptions = ImportOption.DoNotIncludeTests.class)
@Tag("unit")
class HaproxyArchitectureTest {

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
                    "java.nio.channels..",
                    "io.interlock.haproxy",
                    "io.interlock.haproxy.apply..",
                    "io.interlock.haproxy.process..",
                    "io.interlock.haproxy.runtime..",
                    "io.interlock.haproxy.supervise..",
                    "io.interlock.haproxy.files..")
            .orShould()
            .dependOnClassesThat(resideInAPackage("java.io..").and(not(assignableTo(Writer.class))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    AtomicFile.class,
                    FileAccess.class,
                    Files.class,
                    Thread.class,
                    Process.class,
                    System.class,
                    TimeLimit.class);

    @ArchTest
    static final ArchRule PROCESSES_DO_NOT_KNOW_THE_LOAD_BALANCER = noClasses()
            .that()
            .resideInAnyPackage("..process..", "..runtime..", "..supervise..", "..files..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.interlock.haproxy", "io.interlock.haproxy.apply..");

    @ArchTest
    static final ArchRule PLANNING_KNOWS_NOTHING_OF_QUARANTINE = noClasses()
            .that()
            .resideInAPackage("..plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..quarantine..");

    @ArchTest
    static final ArchRule DECISIONS_DO_NO_INPUT_OR_OUTPUT_AND_KNOW_NOTHING_THAT_DOES = noClasses()
            .that()
            .resideInAnyPackage("..plan..", "..quarantine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "io.interlock.haproxy",
                    "io.interlock.haproxy.apply..",
                    "io.interlock.haproxy.process..",
                    "io.interlock.haproxy.runtime..",
                    "io.interlock.haproxy.supervise..",
                    "io.interlock.haproxy.files..",
                    "io.interlock.haproxy.render..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    AtomicFile.class, FileAccess.class, Thread.class, Process.class, System.class, TimeLimit.class);
}
