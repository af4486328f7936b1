package io.interlock.haproxy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class RequestRefusalTest {

    @ParameterizedTest
    @EnumSource
    void theDocumentationHasEachReasonWithItsStatus(RequestRefusal refusal) throws Exception {
        assertThat(Files.readString(Path.of("../../docs/requests.md")))
                .contains("| `" + refusal.label() + "` | " + refusal.status() + " |");
    }

    @ParameterizedTest
    @EnumSource
    void aBackendLeadsBackToItsReason(RequestRefusal refusal) {
        assertThat(RequestRefusal.ofBackend(refusal.backend())).contains(refusal);
        assertThat(RequestRefusal.ofBackend(refusal.label())).isEmpty();
    }
}
