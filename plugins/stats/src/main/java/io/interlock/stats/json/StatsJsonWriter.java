package io.interlock.stats.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.interlock.api.SecretText;
import io.interlock.api.topology.HostName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Writes documents as JSON. Thread-safe. */
public final class StatsJsonWriter {

    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(HostName.class, ToStringSerializer.instance)
                    .addSerializer(SecretText.class, ToStringSerializer.instance)
                    .addSerializer(Path.class, serializer((path, out) -> out.writeString(path.toString())))
                    .addSerializer(
                            InetAddress.class, serializer((address, out) -> out.writeString(address.getHostAddress())))
                    .addSerializer(
                            Duration.class,
                            serializer((time, out) -> out.writeNumber(time.toNanos() / NANOS_PER_MILLI))))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();
    /** The document as one line of UTF-8. */
    public byte[] write(Object document) {
        try {
            return mapper.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours cannot be written", e);
        }
    }

    /** Writes the document as one line of UTF-8 while it is created, and leaves the stream open. */
    public void write(Object document, OutputStream out) throws IOException {
        try (JsonGenerator generator = mapper.createGenerator(out)) {
            mapper.writeValue(generator, document);
        }
    }

    private interface ValueWriter<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    private static <T> JsonSerializer<T> serializer(ValueWriter<T> writing) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider unused) throws IOException {
                writing.write(value, out);
            }
        };
    }
}
