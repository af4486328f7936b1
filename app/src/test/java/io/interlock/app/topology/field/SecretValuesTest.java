package io.interlock.app.topology.field;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests values whose misspelled key may belong to a secret. */
@Tag("unit")
class SecretValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"basic-auth\": [\"hunter2\"]}",
                "{\"basc_auth\": \"hunter2\"}",
                "{\"pwd\": \"hunter2\"}",
                "{\"requestheaders\": {\"Authorization\": \"hunter2\"}}",
                "{\"token\": {\"a\": [[\"hunter2\"]]}}",
                "{\"websocket\": \"hunter2\"}",
                "{\"ssl\": \"hunter2\"}",
                "{\"routes\": \"hunter2\"}",
                "{\"routes\": [\"hunter2\"]}",
                "{\"routes\": {\"a b\": {\"basic_auth\": [\"hunter2\"]}}}",
                "{\"routes\": {\"a\": {\"token\": \"hunter2\"}}}",
                "{\"token\": \"hunter2\"",
                "{\"token\": hunter2}",
                "{\"port\": 80, \"token\": hunter2",
                "{\"token\": 'hunter2'}",
                "hunter2",
                "\"hunter2\"",
                "[\"hunter2\"]",
                "{} hunter2",
                "{\"token\": \"hunter2\", \"token\": \"hunter2\"}"
            })
    void itIsNeverShown(String data) {
        PipelineResult assembly = assemble(web("www.example.com").data(data));

        assertThat(assembly.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pwd", "token", "basic-auth", "request_header", "routes.a.token", "routes.a b.token", "ext.name"
            })
    void neitherInALabel(String name) {
        PipelineResult assembly = assemble(web("www.example.com").label("interlock." + name, "hunter2"));

        assertThat(assembly.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("hunter2"));
    }
}
