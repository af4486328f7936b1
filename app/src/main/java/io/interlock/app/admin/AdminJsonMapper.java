package io.interlock.app.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.interlock.api.SecretText;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes answers as JSON: keys with underscores, enumeration constants in lower case, times in ISO 8601, durations in
 * seconds, unknown values as null.
 */
public final class AdminJsonMapper {

    private static final double NANOS = 1e9;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(text(Instant.class, Instant::toString))
                    .addSerializer(text(HostName.class, HostName::value))
                    .addSerializer(text(InetAddress.class, InetAddress::getHostAddress))
                    .addSerializer(text(Path.class, Path::toString))
                    .addSerializer(text(SecretText.class, SecretText::toString))
                    .addSerializer(text(HealthCheck.class, AdminJsonMapper::check))
                    .addSerializer(new EnumWriter())
                    .addSerializer(new DurationWriter()))
            .build();

    private AdminJsonMapper() {}

    /** The document of a value, on one line. */
    static String line(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    /** Parses a document. */
    public static JsonNode parse(String document) throws IOException {
        return MAPPER.readTree(document);
    }

    /** The document of a value. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The document in a form for people. */
    public static String pretty(JsonNode document) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private static String check(HealthCheck check) {
        return switch (check) {
            case HealthCheck.Tcp() -> "tcp";
            case HealthCheck.Http http ->
                "http " + http.method() + " " + http.uri()
                        + http.host().map(host -> " host " + host).orElse("");
            case HealthCheck.Protocol protocol ->
                protocol.kind() + protocol.user().map(user -> " user " + user).orElse("");
        };
    }

    private static <T> StdSerializer<T> text(Class<T> type, Function<T, String> form) {
        return new StdSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(form.apply(value));
            }
        };
    }

    private static final class DurationWriter extends StdSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(value.toNanos() / NANOS);
        }
    }

    @SuppressWarnings("rawtypes") // The serializer is for every enumeration.
    private static final class EnumWriter extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1L;

        EnumWriter() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
