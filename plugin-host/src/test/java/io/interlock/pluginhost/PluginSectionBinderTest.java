package io.interlock.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.SecretText;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that the messages for wrong values in a plugin's section contain no Java terms and no texts from the section.
 */
@Tag("unit")
class PluginSectionBinderTest {

    /** Record with every kind of component that a plugin's record may have. */
    public record EveryKind(
            @Nullable Integer count,
            int plainCount,
            @Nullable Long size,
            @Nullable Double ratio,
            @Nullable Boolean on,
            @Nullable String name,
            Optional<SecretText> password,
            Optional<Path> file,
            Optional<Integer> limit,
            @Nullable List<String> names,
            @Nullable Mode mode,
            @Nullable Inner inner,
            @Nullable Map<String, String> texts) {}

    /** Object in a section. */
    public record Inner(@Nullable Integer port) {}

    public enum Mode {
        FAST,
        SLOW
    }

    @Test
    void aSectionThatFitsIsBound() throws Exception {
        EveryKind bound = bind("{\"count\": 2, \"file\": \"/a\", \"names\": [\"x\"], \"inner\": {\"port\": 5}}");

        assertThat(bound.count()).isEqualTo(2);
        assertThat(bound.file()).contains(Path.of("/a"));
        assertThat(bound.inner()).isEqualTo(new Inner(5));
    }

    @Test
    void wrongTypesAreToldInPlainWords() {
        assertThat(problem("{\"count\": 2.5}")).isEqualTo("[count] a whole number, found 2.5");
        assertThat(problem("{\"plain_count\": 2.5}")).isEqualTo("[plain_count] a whole number, found 2.5");
        assertThat(problem("{\"limit\": 2.5}")).isEqualTo("[limit] a whole number, found 2.5");
        assertThat(problem("{\"count\": \"7\"}")).isEqualTo("[count] a whole number, found a text");
        assertThat(problem("{\"size\": true}")).isEqualTo("[size] a whole number, found true");
        assertThat(problem("{\"size\": []}")).isEqualTo("[size] a whole number, found a list");
        assertThat(problem("{\"ratio\": \"x\"}")).isEqualTo("[ratio] a number, found a text");
        assertThat(problem("{\"on\": 1}")).isEqualTo("[on] true or false, found 1");
        assertThat(problem("{\"name\": {}}")).isEqualTo("[name] a text, found an object");
        assertThat(problem("{\"file\": []}")).isEqualTo("[file] a text, found a list");
        assertThat(problem("{\"names\": \"x\"}")).isEqualTo("[names] a list, found a text");
        assertThat(problem("{\"names\": [[]]}")).isEqualTo("[names, 0] a text, found a list");
        assertThat(problem("{\"mode\": \"quick\"}")).isEqualTo("[mode] one of FAST, SLOW, found a text");
        assertThat(problem("{\"inner\": 5}")).isEqualTo("[inner] an object, found a number");
        assertThat(problem("{\"inner\": {\"port\": \"x\"}}")).isEqualTo("[inner, port] a whole number, found a text");
        assertThat(problem("{\"texts\": []}")).isEqualTo("[texts] an object, found a list");
    }

    @Test
    void aNumberBeyondItsRangeIsToldWithTheRange() {
        assertThat(problem("{\"count\": 99999999999}"))
                .isEqualTo("[count] a whole number from -2147483648 to 2147483647, found 99999999999");
        assertThat(problem("{\"inner\": {\"port\": 99999999999}}"))
                .isEqualTo("[inner, port] a whole number from -2147483648 to 2147483647, found 99999999999");
    }

    @Test
    void aNumberInsteadOfATextIsNotShownItMayBeAPassword() {
        assertThat(problem("{\"name\": 12345}")).isEqualTo("[name] a text, found a number");
        assertThat(problem("{\"password\": 12345}")).isEqualTo("[password] a text, found a number");
        assertThat(problem("{\"password\": [\"s3cret\"]}")).isEqualTo("[password] a text, found a list");
        assertThat(problem("{\"password\": {\"s3cret\": 1}}")).isEqualTo("[password] a text, found an object");
    }

    @Test
    void aSecretIsATextThatIsNotShown() throws Exception {
        EveryKind bound = bind("{\"password\": \"s3cret\"}");

        assertThat(bound.password().orElseThrow().reveal()).isEqualTo("s3cret");
        assertThat(bound.toString()).doesNotContain("s3cret");
        assertThat(bind("{}").password()).isEmpty();
    }

    @Test
    void anUnknownKeyIsToldWithThoseThatThereAre() {
        assertThat(problem("{\"inner\": {\"prot\": 1}}")).isEqualTo("[inner, prot] one of port, found an unknown key");
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT,7,count,7",
        "ON,true,on,true",
        "NAME,12345,name,12345",
        "PASSWORD,12345,password,Optional[…]",
        "FILE,/a/b,file,Optional[/a/b]",
        "LIMIT,4,limit,Optional[4]",
        "NAMES,'[\"x\"]',names,[x]",
        "MODE,SLOW,mode,SLOW",
        "INNER_PORT,9,inner,Inner[port=9]",
        "COUNT,'',count,1"
    })
    void aVariableSetsAKeyByItsType(String key, String value, String component, String expected) throws Exception {
        EveryKind bound = bind("{\"count\": 1}", Map.of("INTERLOCK_PLUGINS_X_" + key, value));

        assertThat(bound).extracting(component).asString().isEqualTo(expected);
    }

    @Test
    void aVariableWithAWrongValueOrForNoKeyIsAProblemWithoutTheValue() {
        assertThat(problem("{}", Map.of("INTERLOCK_PLUGINS_X_COUNT", "s3cret")))
                .isEqualTo("[count] a whole number, found a text");
        assertThat(problem("{}", Map.of("INTERLOCK_PLUGINS_X_CONUT", "s3cret")))
                .contains("INTERLOCK_PLUGINS_X_COUNT", "found INTERLOCK_PLUGINS_X_CONUT")
                .doesNotContain("s3cret");
    }

    @Test
    void aSecretMayStandInAFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("secret"), "s3cret\n");
        Files.createFile(folder.resolve("empty"));
        SectionInputs inputs = new SectionInputs(folder, Map.of());
        PluginSectionBinder binder =
                new PluginSectionBinder("x", section("{\"password_file\": \"secret\", \"file\": \"other\"}"), inputs);

        assertThat(binder.bind(EveryKind.class).password().orElseThrow().reveal())
                .isEqualTo("s3cret");
        assertThat(binder.files()).containsExactly(folder.resolve("secret"));
        assertThat(bind("{\"password\": \"a\"}", Map.of("INTERLOCK_PLUGINS_X_PASSWORD_FILE", folder + "/secret"))
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("s3cret");
        assertThat(bind("{\"password_file\": \"nowhere\"}", Map.of("INTERLOCK_PLUGINS_X_PASSWORD", "b"))
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("b");
        assertThat(problem("{\"password_file\": \"" + folder + "/missing\"}", Map.of()))
                .isEqualTo("[password_file] the path of a readable file with password, found no such file");
        assertThat(problem("{\"password_file\": \"" + folder + "/empty\"}", Map.of()))
                .endsWith("found an empty file");
        assertThat(problem("{\"password_file\": 7}", Map.of())).endsWith("found no path");
        assertThat(problem("{\"password\": \"a\", \"password_file\": \"b\"}", Map.of()))
                .isEqualTo("[password_file] either password or password_file, found both");
    }

    @Test
    void theSecretsOfAListMayStandInFilesToo(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("secret"), "s3cret\n");
        ObjectNode given = section("{\"targets\": [{\"key\": \"a\"}, {\"key_file\": \"secret\"}]}");
        PluginSectionBinder binder = new PluginSectionBinder("x", given, new SectionInputs(folder, Map.of()));

        assertThat(binder.bind(Targets.class).targets())
                .extracting(target -> target.key().reveal())
                .containsExactly("a", "s3cret");
        assertThat(binder.files()).containsExactly(folder.resolve("secret"));
        PluginSectionProblem problem = catchThrowableOfType(
                        SectionException.class,
                        () -> new PluginSectionBinder(
                                        "x",
                                        section("{\"targets\": [{\"key\": \"a\"}, {\"key_file\": \"missing\"}]}"),
                                        new SectionInputs(folder, Map.of()))
                                .bind(Targets.class))
                .problem();
        assertThat(problem.path()).containsExactly("targets", 1, "key_file");
        assertThat(problem.found()).isEqualTo("no such file");
    }

    public record Targets(List<Target> targets) {}

    public record Target(SecretText key) {}

    private static EveryKind bind(String json, Map<String, String> variables)
            throws JsonProcessingException, SectionException {
        return new PluginSectionBinder("x", section(json), new SectionInputs(Path.of("/"), variables))
                .bind(EveryKind.class);
    }

    private static String problem(String json, Map<String, String> variables) {
        PluginSectionProblem problem = catchThrowableOfType(SectionException.class, () -> bind(json, variables))
                .problem();
        return problem.path() + " " + problem.expected() + ", found " + problem.found();
    }

    private static ObjectNode section(String json) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(json);
    }

    private static EveryKind bind(String json) throws JsonProcessingException, SectionException {
        return new PluginSectionBinder("x", (ObjectNode) new ObjectMapper().readTree(json)).bind(EveryKind.class);
    }

    private static String problem(String json) {
        PluginSectionProblem problem =
                catchThrowableOfType(SectionException.class, () -> bind(json)).problem();
        assertThat(problem.hint()).isEmpty();
        return problem.path() + " " + problem.expected() + ", found " + problem.found();
    }
}
