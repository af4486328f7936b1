package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that any file content is either a configuration or leads to problems, each of one line; nothing is thrown. */
@Tag("unit")
class ConfigReaderFuzzTest {

    private static final Path FOLDER = Path.of("src/test/resources/config");
    private static final int ROUNDS = RandomTestRounds.of(150, 1_500);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "null",
            "true",
            "-1",
            "1e999",
            "0.1",
            "\n",
            "\u0000",
            "é",
            "\uD83D\uDE00",
            "\"engine\":",
            "\"\"",
            "99999999999999999999",
            "-----BEGIN ",
            "unix://",
            "tcp://[",
            "/",
            "..",
            "~",
            " ");

    @TempDir
    Path folder;

    @Test
    void aMutatedFileIsReadOrRefusedWithProblemsOfOneLine() throws IOException {
        List<byte[]> seeds = seeds();
        long seed = RandomGenerator.getDefault().nextLong();
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = mutated(seeds.get(random.nextInt(seeds.size())), random);
            int at = round;
            assertThatCode(() -> readAndCheck(text))
                    .as("seed %d, round %d", seed, at)
                    .doesNotThrowAnyException();
        }
    }

    private void readAndCheck(byte[] text) throws IOException {
        Files.write(folder.resolve("f.json"), text);
        ProcessEnvironment environment = new ProcessEnvironment(Map.of(), folder, Optional.empty(), true);
        ConfigResult result =
                new ConfigReader(environment).read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
        if (result instanceof ConfigResult.Invalid invalid) {
            if (invalid.problems().isEmpty()) {
                throw new AssertionError("invalid without a problem");
            }
            for (ConfigProblem problem : invalid.problems()) {
                if (problem.toString().chars().anyMatch(Character::isISOControl)) {
                    throw new AssertionError("a control character in: " + problem);
                }
            }
        }
    }

    private static byte[] mutated(byte[] original, RandomGenerator random) {
        StringBuilder text = new StringBuilder(new String(original, StandardCharsets.ISO_8859_1));
        for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + (random.nextBoolean() ? 0 : random.nextInt(12)));
            String piece = random.nextInt(4) == 0
                    ? String.valueOf((char) random.nextInt(256))
                    : PIECES.get(random.nextInt(PIECES.size()));
            text.replace(from, to, piece);
        }
        return random.nextBoolean()
                ? text.toString().getBytes(StandardCharsets.UTF_8)
                : text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> seeds() throws IOException {
        try (var files = Files.list(FOLDER)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : all) {
                seeds.add(Files.readAllBytes(file));
            }
            return seeds;
        }
    }
}
