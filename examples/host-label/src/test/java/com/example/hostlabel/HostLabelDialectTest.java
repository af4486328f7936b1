package com.example.hostlabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dialect.DialectInput;
import io.interlock.testkit.DialectText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostLabelDialectTest {

    @Test
    void theLabelIsTheHostName() {
        DialectInput container = new DialectInput(
                "web", Map.of("serve.host", "www.example.com"), Map.of(), List.of(80), List.of("bridge"));

        assertThat(DialectText.of(new HostLabelDialect().translate(container))).isEqualTo("hostname=www.example.com");
    }
}
