package io.interlock.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.interlock.util.AtomicFile;
import io.interlock.util.ChangeSignal;
import io.interlock.util.FileAccess;
import io.interlock.util.TimeLimit;
import org.junit.jupiter.api.Tag;

/** Tests the rules of docs/architecture.md on which readers rely. */
@AnalyzeClasses(packages = "io.interlock", importOptions = ImportOption.DoNotIncludeTests.class)
@Tag("unit")
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesOfTheApplicationHaveNoCycles =
            slices().matching("io.interlock.app.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheApiHaveNoCycles =
            slices().matching("io.interlock.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theApiDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.interlock.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.interlock.app..");

    @ArchTest
    static final ArchRule theApiUsesNoLibraryButItsMarkers = noClasses()
            .that()
            .resideInAPackage("io.interlock.api..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.interlock.api..", "java..", "org.pf4j", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyThePluginHostKnowsThePluginManager = noClasses()
            .that()
            .resideOutsideOfPackages("io.interlock.pluginhost..", "io.interlock.api..", "io.interlock.testsupport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule thePluginHostKnowsNothingOfTheApplication = noClasses()
            .that()
            .resideInAPackage("io.interlock.pluginhost..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.interlock.app..");

    @ArchTest
    static final ArchRule onlyTheIntakeKnowsTheDockerClient = noClasses()
            .that()
            .resideOutsideOfPackages("io.interlock.app.docker..", "io.interlock.testsupport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.dockerjava..");

    @ArchTest
    static final ArchRule theCapabilityFilterDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.interlock.app.capability..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.interlock.app.capability..",
                    "io.interlock.app.topology..",
                    "io.interlock.api..",
                    "java.lang..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule decisionsDoNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.interlock.app.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(AtomicFile.class, ChangeSignal.class, FileAccess.class, TimeLimit.class);

    @ArchTest
    static final ArchRule utilitiesUseTheJdkOnly = noClasses()
            .that()
            .resideInAPackage("io.interlock.util..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.interlock.util..", "java..", "org.jspecify..");
}
