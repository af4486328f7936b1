package io.interlock.app.docker.json;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.each;
import static io.interlock.app.docker.json.JsonSelection.members;
import static io.interlock.app.docker.json.JsonSelection.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class JsonSelectionReaderTest {

    private static final JsonSelection LABELS = members(Map.of(
            "Name",
            ALL,
            "Labels",
            each(name -> name.startsWith("interlock."), ALL).limitedTo(1_000)));
    private static final long HUGE = 1L << 40;

    @Test
    void whatIsNotSelectedIsLeftOut() throws IOException {
        assertThat(
                        read(
                                "{\"Name\":\"a\",\"Other\":{\"Name\":\"b\"},\"Labels\":{\"x\":\"1\",\"interlock.port\":\"80\"}}"))
                .hasToString("{\"Name\":\"a\",\"Labels\":{\"interlock.port\":\"80\"}}");
    }

    @Test
    void scalarsOfAllKindsAreKept() throws IOException {
        String json =
                "{\"a\":1,\"b\":-2.5,\"c\":true,\"d\":null,\"e\":[1,\"x\",{}],\"f\":123456789012345678901234567890}";

        assertThat(read(json, ALL)).hasToString(json);
    }

    @Test
    void textsOfAnArrayAreSelected() throws IOException {
        assertThat(read(
                        "{\"Env\":[\"PATH=/\",\"A=1\",7,[\"A=2\"],\"A=3\"]}",
                        members(Map.of("Env", texts(t -> t.startsWith("A="))))))
                .hasToString("{\"Env\":[\"A=1\",7,[\"A=2\"],\"A=3\"]}");
    }

    @Test
    void unselectedValuesMayBeLargerThanTheMemory() throws IOException {
        List<InputStream> parts = new ArrayList<>();
        parts.add(text("{\"Labels\":{"));
        for (int i = 0; i < 20; i++) {
            parts.add(text("\"x" + i + "\":\""));
            parts.add(new RepeatedBytes("a", 14_000_000));
            parts.add(text("\","));
        }
        parts.add(text("\"interlock.port\":\"80\"},\"Name\":\"big\"}"));

        assertThat(read(new SequenceInputStream(Collections.enumeration(parts)), LABELS))
                .hasToString("{\"Labels\":{\"interlock.port\":\"80\"},\"Name\":\"big\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ä", "\\n", "\\u00e4", "\\\"", "\\\\", "😀"})
    void aLongStringIsCutBetweenCharacters(String character) throws IOException {
        JsonNode json = read(
                new SequenceInputStream(Collections.enumeration(List.of(
                        text("{\"x\":\"-"), new RepeatedBytes(character, 1_000_000), text("\",\"Name\":\"n\"}")))),
                members(Map.of("x", ALL, "Name", ALL)));

        String kept = json.path("x").asText();
        assertThat(JsonSelectionReader.isCut(kept)).isTrue();
        assertThat(kept.length()).isBetween(JsonSelectionReader.MAX_STRING / 8, JsonSelectionReader.MAX_STRING + 1);
        assertThat(json.path("Name").asText()).isEqualTo("n");
    }

    @Test
    void aLongNameIsCut() throws IOException {
        InputStream json = new SequenceInputStream(Collections.enumeration(List.of(
                text("{\"Labels\":{\"interlock."),
                new RepeatedBytes("a", 14_000_000),
                text("\":\"1\"},\"Name\":\"n\"}"))));

        assertThat(read(json, LABELS)).hasToString("{\"Labels\":\"\\u0000excess\",\"Name\":\"n\"}");
    }

    @Test
    void manySelectedValuesAreAnExcessThatDoesNotCostTheRest() throws IOException {
        InputStream json = new SequenceInputStream(Collections.enumeration(
                List.of(text("{\"Labels\":{"), new NumberedLabels(1_000_000), text("\"x\":\"1\"},\"Name\":\"n\"}"))));

        JsonNode read = read(json, LABELS);

        assertThat(read.path("Labels")).isEqualTo(JsonSelectionReader.EXCESS);
        assertThat(read.path("Name").asText()).isEqualTo("n");
    }

    @Test
    void aDocumentWhoseSelectedPartIsTooLargeIsAnError() {
        InputStream json = new SequenceInputStream(
                Collections.enumeration(List.of(text("{"), new NumberedLabels(1_000_000), text("\"x\":\"1\"}"))));

        assertThatIOException().isThrownBy(() -> read(json, ALL)).withMessageContaining("longer than 4000000");
    }

    @Test
    void anEndlessDocumentIsAnError() {
        assertThatIOException()
                .isThrownBy(
                        () -> new JsonSelectionReader(new RepeatedBytes(" ", Long.MAX_VALUE), ALL, 1_000_000).object())
                .withMessageContaining("longer than 1000000 bytes");
        assertThatIOException()
                .isThrownBy(() -> new JsonSelectionReader(
                                new SequenceInputStream(text("{\"x\":\""), new RepeatedBytes("a", Long.MAX_VALUE)),
                                ALL,
                                1_000_000)
                        .object())
                .withMessageContaining("longer than 1000000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "\"x\"",
                "null",
                "{",
                "{\"Name\"",
                "{\"Name\":",
                "{\"Name\":\"a\"",
                "{\"Name\":\"a",
                "{\"Name\":\"a\"}}",
                "{\"Name\":\"a\"} {}",
                "{\"Name\":\"a\",\"Name\":\"b\"}",
                "{\"Labels\":{\"interlock.x\":\"1\",\"interlock.x\":\"2\"}}",
                "{\"Other\":[[[}",
                "{\"Other\":tru}",
                "{'Name':\"a\"}"
            })
    void whatIsNotOneWellFormedObjectIsAnError(String json) {
        assertThatIOException().isThrownBy(() -> read(json));
    }

    @Test
    void deepNestingIsAnErrorWhetherSelectedOrNot() {
        String deep = "[".repeat(100_000);

        assertThatIOException().isThrownBy(() -> read("{\"Name\":" + deep));
        assertThatIOException().isThrownBy(() -> read("{\"Other\":" + deep));
        assertThatIOException().isThrownBy(() -> read("{\"a\":".repeat(100_000), ALL));
    }

    private static JsonNode read(String json) throws IOException {
        return read(json, LABELS);
    }

    private static JsonNode read(String json, JsonSelection selection) throws IOException {
        return read(text(json), selection);
    }

    private static JsonNode read(InputStream json, JsonSelection selection) throws IOException {
        return new JsonSelectionReader(json, selection, HUGE).object();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text, again and again, that takes no memory. */
    private static final class RepeatedBytes extends InputStream {

        private final byte[] text;
        private long left;
        private int at;

        RepeatedBytes(String text, long times) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
            this.left = times;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            int next = text[at++] & 0xFF;
            if (at == text.length) {
                at = 0;
                left--;
            }
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = 0;
            for (int next = 0; count < length && (next = read()) >= 0; count++) {
                into[offset + count] = (byte) next;
            }
            return count == 0 ? -1 : count;
        }
    }

    /** Labels of Interlock, each with a comma. */
    private static final class NumberedLabels extends InputStream {

        private final int most;
        private int label;
        private byte[] text = {};
        private int at;

        NumberedLabels(int most) {
            this.most = most;
        }

        @Override
        public int read() {
            if (at == text.length) {
                if (label == most) {
                    return -1;
                }
                text = ("\"interlock.routes.r" + label++ + ".path\":\"/\",").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return text[at++];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int next = read();
            if (next >= 0 && length > 0) {
                bytes[offset] = (byte) next;
            }
            return next < 0 ? -1 : Math.min(1, length);
        }
    }
}
