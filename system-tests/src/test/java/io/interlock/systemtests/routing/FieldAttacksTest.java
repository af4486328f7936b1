package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FieldAttacksTest {

    @Test
    void everyFieldIsTriedAsAnAttackOrNamedHarmless() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(DistributionFiles.projectFile("docs/interlock-data.schema.json")
                        .toFile());
        Set<String> fields = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        Set<String> known = new TreeSet<>(FieldAttacks.BY_FIELD.keySet());
        known.addAll(FieldAttacks.HARMLESS.keySet());
        known.retainAll(fields);

        assertThat(fields).hasSizeGreaterThan(60).isEqualTo(known);
        assertThat(FieldAttacks.BY_FIELD)
                .doesNotContainKeys(FieldAttacks.HARMLESS.keySet().toArray(String[]::new));
    }
}
