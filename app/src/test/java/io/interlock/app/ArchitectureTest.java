package io.interlock.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
    static final ArchRule dockerJavaIsForTestsOnly = isKnownOnlyTo("com.github.dockerjava..");

    @ArchTest
    static final ArchRule picocliIsKnownToTheCommandLineOnly = isKnownOnlyTo("picocli..", "io.interlock.app.cli");

    @ArchTest
    static final ArchRule acme4jIsKnownToAcmeOnly = isKnownOnlyTo("org.shredzone..", "io.interlock.app.acme..");

    @ArchTest
    static final ArchRule bouncyCastleIsKnownToTheReaderOfKeysOnly =
            isKnownOnlyTo("org.bouncycastle..", "io.interlock.app.config.pem");

    @ArchTest
    static final ArchRule logbackIsKnownToLoggingOnly = isKnownOnlyTo("ch.qos.logback..", "io.interlock.app.logging");

    @ArchTest
    static final ArchRule persistentCollectionsAreKnownToTheInventoryAndOwnershipOnly =
            isKnownOnlyTo("org.pcollections..", "io.interlock.app.inventory", "io.interlock.app.topology.ownership");

    @ArchTest
    static final ArchRule jacksonIsKnownToThoseWhoReadAndWriteJsonOnly = isKnownOnlyTo(
            "com.fasterxml..",
            "io.interlock.app.admin",
            "io.interlock.app.cli..",
            "io.interlock.app.config..",
            "io.interlock.app.docker..",
            "io.interlock.app.plugin",
            "io.interlock.app.recovery",
            "io.interlock.app.services",
            "io.interlock.app.topology.field",
            "io.interlock.app.topology.findings",
            "io.interlock.app.topology.options",
            "io.interlock.pluginhost");

    @ArchTest
    static final ArchRule theInventoryDependsOnNothingElseOfTheApplication = noClasses()
            .that()
            .resideInAPackage("io.interlock.app.inventory..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.interlock.app..").and(not(resideInAPackage("io.interlock.app.inventory.."))));

    @ArchTest
    static final ArchRule theTopologyKnowsNothingOfReadinessAndCertificates = noClasses()
            .that()
            .resideInAPackage("io.interlock.app.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.interlock.app.readiness..", "io.interlock.app.certificates..", "io.interlock.app.pipeline..");

    @ArchTest
    static final ArchRule onlyTheEntryPointKnowsThePipeline = noClasses()
            .that()
            .resideOutsideOfPackages("io.interlock.app", "io.interlock.app.dryrun", "io.interlock.app.pipeline")
            .and()
            .resideInAPackage("io.interlock.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.interlock.app.pipeline..");

    private static ArchRule isKnownOnlyTo(String library, String... packages) {
        return noClasses()
                .that(resideInAPackage("io.interlock.app..").or(resideInAPackage("io.interlock.pluginhost..")))
                .and()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

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
