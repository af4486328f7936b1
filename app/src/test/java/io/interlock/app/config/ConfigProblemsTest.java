package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that each {@code NAME.json} in the folder {@code config} leads to the problems in {@code NAME.expected}. */
@Tag("unit")
class ConfigProblemsTest {

    private static final Path FOLDER = Path.of("src/test/resources/config").toAbsolutePath();
    private static final String JSON = ".json";

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JSON))
                    .map(name -> name.substring(0, name.length() - JSON.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFileLeadsToItsProblems(String name) throws IOException {
        Path expected = FOLDER.resolve(name + ".expected");

        assertThat(problems(name + JSON)).isEqualTo(Files.readString(expected));
    }

    private static String problems(String file) {
        ProcessEnvironment environment = new ProcessEnvironment(Map.of(), FOLDER, Optional.empty(), true);
        ConfigResult result = new ConfigReader(environment).read(Optional.of(Path.of(file)), CommandLineOverrides.NONE);
        return switch (result) {
            case ConfigResult.Valid valid -> "valid\n";
            case ConfigResult.Invalid invalid ->
                invalid.problems().stream()
                        .map(problem -> problem.toString().replace(FOLDER.toString(), "FOLDER") + "\n")
                        .collect(Collectors.joining());
        };
    }
}
