package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the delivered libraries with the advisories and licences in {@code packaging/advisories.json}. */
@Tag("engine")
class LibraryAdvisoriesIT {

    private static final Path DATABASE = Path.of("../packaging/advisories.json");

    private static List<JsonNode> libraries() throws IOException {
        return new ObjectMapper()
                .readTree(DistributionFiles.folder().resolve("sbom.json").toFile())
                .path("components")
                .valueStream()
                .filter(component -> !component.path("group").asText().equals("io.interlock"))
                .toList();
    }

    private static String packageUrl(JsonNode component) {
        return component.path("purl").asText().replaceFirst("@.*", "");
    }

    @Test
    void noLibraryHasAKnownAdvisory() throws IOException {
        AdvisoryDatabase database = AdvisoryDatabase.read(DATABASE);
        assertThat(libraries())
                .isNotEmpty()
                .allSatisfy(library -> assertThat(database.affecting(
                                packageUrl(library), library.path("version").asText()))
                        .as(
                                "%s: run scripts/advisories if it has no entry",
                                library.path("purl").asText())
                        .hasValueSatisfying(found -> assertThat(found).isEmpty()));
    }

    @Test
    void everyLibraryHasAPermittedLicence() throws IOException {
        List<String> permitted = AdvisoryDatabase.read(DATABASE).licenses();
        assertThat(libraries())
                .allSatisfy(library -> assertThat(
                                library.path("licenses").valueStream().flatMap(LibraryAdvisoriesIT::names))
                        .as(library.path("purl").asText())
                        .isNotEmpty()
                        .allMatch(permitted::contains));
    }

    private static Stream<String> names(JsonNode license) {
        JsonNode named = license.path("license");
        return Stream.of(named.path("id")
                .asText(named.path("name").asText(license.path("expression").asText())));
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.httpcomponents.core5/httpcore5, 5.3.6, CVE-2026-54399",
        "org.apache.httpcomponents.core5/httpcore5, 5.5-beta1, CVE-2026-54399",
        "org.bouncycastle/bcprov-jdk18on, 1.83, CVE-2026-0636",
        "org.webjars.npm/preact, 10.27.2, CVE-2026-22028",
    })
    void aVersionWithAnAdvisoryIsFound(String library, String version, String advisory) throws IOException {
        assertThat(AdvisoryDatabase.read(DATABASE).affecting("pkg:maven/" + library, version))
                .hasValueSatisfying(found -> assertThat(found).contains(advisory));
    }

    @ParameterizedTest
    @CsvSource({"1.2, 1.10, -1", "1.2, 1.2.0, 0", "5.5-beta1, 5.5, -1", "5.5-alpha1, 5.5-beta2, -1", "5.4.4, 5.4.3, 1"})
    void versionsAreComparedByTheirParts(String one, String other, int order) {
        assertThat(Integer.signum(AdvisoryDatabase.compare(one, other))).isEqualTo(order);
        assertThat(Integer.signum(AdvisoryDatabase.compare(other, one))).isEqualTo(-order);
    }
}
