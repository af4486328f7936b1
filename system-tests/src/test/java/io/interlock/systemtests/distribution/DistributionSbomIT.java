package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the list of components in the distribution. */
@Tag("engine")
class DistributionSbomIT {

    @Test
    void everyLibraryThatIsDeliveredIsListedWithItsVersionAndLicence() throws IOException {
        JsonNode sbom = new ObjectMapper()
                .readTree(DistributionFiles.folder().resolve("sbom.json").toFile());
        List<JsonNode> components = sbom.path("components").valueStream().toList();

        assertThat(components)
                .filteredOn(component -> !component.path("group").asText().equals("io.interlock"))
                .allSatisfy(component -> assertThat(component.path("licenses"))
                        .as(component.toString())
                        .isNotEmpty());
        assertThat(components.stream()
                        .map(component -> component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar"))
                .containsAll(libraries())
                .anyMatch(name -> name.startsWith("jmustache-"));
    }

    private static List<String> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(DistributionFiles.folder().resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
