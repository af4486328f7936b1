package io.interlock.app.topology.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that the documents agree with the table of container fields. {@code -Dinterlock.documents=write} writes them
 * again instead of comparing.
 */
@Tag("unit")
class FieldDocumentsTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theSchemasAreTheTables() throws IOException {
        hold(DOCS.resolve("interlock-data.schema.json"), FieldSchemaGenerator.schema());
        hold(DOCS.resolve("service.schema.json"), FieldSchemaGenerator.serviceSchema());
    }

    @Test
    void theSectionsOfTheDocumentAreTheTables() throws IOException {
        Path file = DOCS.resolve("container-data.md");
        String text = Files.readString(file);
        text = withSection(text, "fields", FieldDocumentation.fields());
        text = withSection(text, "protective fields", FieldDocumentation.protective());
        text = withSection(text, "fields with reloads", FieldDocumentation.reloading());
        text = withSection(text, "tcp fields", FieldDocumentation.tcp());
        text = withSection(text, "limits", FieldDocumentation.limits());
        hold(file, text);
    }

    private static String withSection(String text, String name, String content) {
        Pattern section =
                Pattern.compile("(<!-- " + name + ": begin -->\n).*?(<!-- " + name + ": end -->)", Pattern.DOTALL);
        Matcher matcher = section.matcher(text);
        assertThat(matcher.find()).as("section " + name).isTrue();
        return matcher.replaceFirst("$1" + Matcher.quoteReplacement("\n" + content + "\n") + "$2");
    }

    private static void hold(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("interlock.documents"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s; -Dinterlock.documents=write writes it", file)
                .isEqualTo(expected);
    }
}
