package io.interlock.app.recovery;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.function.Function;

/** Writes entries of the journal as one line of JSON each, and reads them. Other versions of Interlock read the lines. */
final class JournalEntryMapper {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(new TextWriter<>(Instant.class, Instant::toString))
                    .addDeserializer(Instant.class, new TextReader<>(Instant.class, Instant::parse))
                    .addSerializer(new TextWriter<>(InetAddress.class, InetAddress::getHostAddress))
                    .addDeserializer(InetAddress.class, new TextReader<>(InetAddress.class, IpLiteral::of)))
            .addMixIn(JournalEntry.class, EntryKinds.class)
            .addMixIn(NetworkLocation.class, LocationKinds.class)
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = JournalEntry.Engine.class, name = "engine"),
        @JsonSubTypes.Type(value = JournalEntry.Container.class, name = "container"),
        @JsonSubTypes.Type(value = JournalEntry.Removal.class, name = "removal"),
        @JsonSubTypes.Type(value = JournalEntry.Rules.class, name = "rules"),
        @JsonSubTypes.Type(value = JournalEntry.Tenure.class, name = "name"),
        @JsonSubTypes.Type(value = JournalEntry.FreeName.class, name = "free_name")
    })
    private interface EntryKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "place")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = NetworkLocation.OnHost.class, name = "on_host"),
        @JsonSubTypes.Type(value = NetworkLocation.InContainer.class, name = "in_container"),
        @JsonSubTypes.Type(value = NetworkLocation.Remote.class, name = "remote")
    })
    private interface LocationKinds {}

    private JournalEntryMapper() {}

    /** The entry as JSON, with a line end. */
    static String line(JournalEntry entry) throws IOException {
        return MAPPER.writerFor(JournalEntry.class).writeValueAsString(entry) + "\n";
    }

    /** @throws IOException if the line is no entry */
    static JournalEntry entry(String line) throws IOException {
        return MAPPER.readValue(line, JournalEntry.class);
    }

    private static final class TextWriter<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<T, String> form;

        TextWriter(Class<T> type, Function<T, String> form) {
            super(type);
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(form.apply(value));
        }
    }

    private static final class TextReader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parser;

        TextReader(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return parser.apply(json.getText());
            } catch (RuntimeException e) {
                throw new IOException("no " + handledType().getSimpleName() + ": " + json.getText(), e);
            }
        }
    }
}
