package io.interlock.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JsonLogEncoderTest {

    @Test
    void anEventIsOneObjectOnOneLineWhateverIsInItsMessage() throws IOException {
        String message = "a\nb\"c\\\u001b[31m\u0000é\u2028}";

        String line = line(message, null);

        assertThat(line).endsWith("\n");
        assertThat(line.strip().chars().noneMatch(Character::isISOControl)).isTrue();
        JsonNode event = new ObjectMapper().readTree(line);
        assertThat(event.path("formattedMessage").asText()).isEqualTo(message);
        assertThat(event.path("level").asText()).isEqualTo("WARN");
        assertThat(event.path("loggerName").asText()).isEqualTo("io.interlock.app.Some");
        assertThat(event.path("timestamp").isIntegralNumber()).isTrue();
    }

    @Test
    void anExceptionIsPartOfTheObject() throws IOException {
        JsonNode event = new ObjectMapper().readTree(line("failed", new IllegalStateException("one\ntwo")));

        assertThat(event.path("throwable").path("message").asText()).isEqualTo("one\ntwo");
    }

    private static String line(String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        JsonLogEncoder encoder = new JsonLogEncoder();
        encoder.setContext(context);
        encoder.start();
        byte[] bytes = encoder.encode(new LoggingEvent(
                "x", context.getLogger("io.interlock.app.Some"), Level.WARN, message, thrown, new Object[0]));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
