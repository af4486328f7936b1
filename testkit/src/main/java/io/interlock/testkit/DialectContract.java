package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Contract of every dialect. A test of the plugin must extend it: it has a table of labels with what they mean, and the contract
 * tries what is true of every dialect with the labels of that table.
 */
public abstract class DialectContract {

    /**
     * Row of the table.
     *
     * @param name what the row is about
     * @param container the container
     * @param expected the translation in the form of {@link DialectText}
     */
    public record DialectCase(String name, DialectInput container, String expected) {}

    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int ROUNDS = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\n",
            "\u0000",
            "`",
            "(((((((((",
            "))))",
            "!!!!",
            "&&",
            "||",
            ",,,,",
            "${1}",
            "{{",
            "{",
            "[",
            "~^(a+)+$",
            "*",
            "-1",
            "99999999999999999999",
            "true",
            "a".repeat(70_000),
            "(".repeat(20_000),
            "Host(`a`)||".repeat(3_000));

    /** Returns the dialect with the configuration that the table is for. */
    protected abstract LabelDialect dialect();

    /** Returns the table. */
    protected abstract List<DialectCase> table();

    /** The table of the plugin. */
    @Nested
    class Table {

        @TestFactory
        Stream<DynamicTest> aRowMeansWhatItSays() {
            return table().stream()
                    .map(row -> DynamicTest.dynamicTest(
                            row.name(),
                            () -> assertThat(DialectText.of(dialect().translate(row.container())))
                                    .isEqualTo(row.expected())));
        }

        @Test
        void theNamesOfRowsAreDifferent() {
            Set<String> names = new HashSet<>();
            assertThat(table()).allMatch(row -> names.add(row.name()));
        }

        @Test
        void theDialectReadsWhatTheTableHas() {
            for (DialectCase row : table()) {
                assertThat(row.container().labels().keySet())
                        .as(row.name())
                        .allMatch(label -> dialect().sources().labelPrefixes().stream()
                                .anyMatch(prefix -> label.regionMatches(true, 0, prefix, 0, prefix.length())));
                assertThat(row.container().environment().keySet())
                        .as(row.name())
                        .allMatch(name ->
                                dialect().sources().variablePrefixes().stream().anyMatch(name::startsWith));
            }
        }
    }

    /** What is true of every translation. */
    @Nested
    class Translations {

        @Test
        void theSameContainerAlwaysHasAnEqualTranslation() {
            for (DialectCase row : table()) {
                assertThat(dialect().translate(row.container()))
                        .as(row.name())
                        .isEqualTo(dialect().translate(row.container()));
            }
        }

        @Test
        void anotherContainerBetweenChangesNoTranslation() {
            LabelDialect dialect = dialect();
            List<DialectTranslation> first = table().stream()
                    .map(row -> dialect.translate(row.container()))
                    .toList();
            List<DialectTranslation> backwards = table().reversed().stream()
                    .map(row -> dialect.translate(row.container()))
                    .toList();
            assertThat(backwards.reversed()).isEqualTo(first);
        }

        @Test
        void aContainerWithoutLabelsOfItsAsksForNothing() {
            assumeThat(dialect().sources().everyContainer())
                    .as("the dialect reads every container")
                    .isFalse();
            assertThat(dialect().translate(new DialectInput("web", Map.of(), Map.of(), List.of(80), List.of("bridge"))))
                    .isEqualTo(DialectTranslation.NOTHING);
        }

        @Test
        void whateverALabelSaysATranslationTakesLittleWorkAndIsWithinBounds() {
            long seed = RandomGenerator.getDefault().nextLong();
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<DialectInput> containers =
                    table().stream().map(DialectCase::container).toList();
            for (int round = 0; round < ROUNDS; round++) {
                DialectInput changed = changed(containers, random);
                long start = THREADS.getCurrentThreadCpuTime();
                DialectTranslation translation;
                try {
                    translation = dialect().translate(changed);
                } catch (RuntimeException | StackOverflowError e) {
                    fail("seed " + seed + ", round " + round + ": " + describe(changed), e);
                    return;
                }
                // Processor time does not depend on other programs; this is far more than a pure function takes.
                assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
                        .as("seed %d, round %d: %s", seed, round, describe(changed))
                        .isLessThan(Duration.ofSeconds(20));
                requireBounds(translation, "seed " + seed + ", round " + round + ": " + describe(changed));
            }
        }
    }

    private static void requireBounds(DialectTranslation translation, String where) {
        assertThat(translation.routes().keySet()).as(where).allMatch(ROUTE.asMatchPredicate());
        assertThat(translation.routes()).as(where).hasSizeLessThanOrEqualTo(51);
        assertThat(translation.findings()).as(where).hasSizeLessThanOrEqualTo(20_000);
        for (DialectFinding finding : translation.findings()) {
            assertThat(finding.reason()).as(where).isNotBlank();
        }
    }

    /** A container of the table, or two of them in one, with some values exchanged for hostile ones. */
    private static DialectInput changed(List<DialectInput> containers, RandomGenerator random) {
        DialectInput one = containers.get(random.nextInt(containers.size()));
        DialectInput other = random.nextBoolean() ? one : containers.get(random.nextInt(containers.size()));
        Map<String, String> labels = new TreeMap<>(one.labels());
        labels.putAll(other.labels());
        Map<String, String> variables = new TreeMap<>(one.environment());
        variables.putAll(other.environment());
        change(labels, random);
        change(variables, random);
        return new DialectInput(one.name(), labels, variables, one.exposedPorts(), one.networks());
    }

    private static void change(Map<String, String> texts, RandomGenerator random) {
        texts.replaceAll((name, value) -> {
            if (random.nextInt(3) != 0) {
                return value;
            }
            String hostile = HOSTILE.get(random.nextInt(HOSTILE.size()));
            int at = value.isEmpty() ? 0 : random.nextInt(value.length());
            return random.nextBoolean() ? hostile : value.substring(0, at) + hostile + value.substring(at);
        });
    }

    private static String describe(DialectInput container) {
        String text = container.labels() + " " + container.environment();
        return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
    }
}
