package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PathExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^/api/.*$ /api/.*",
                "/(?:a;b)/\\d+ /(a;b)/[0-9]+",
                "/[\\w.-]+?/x /[A-Za-z0-9_.-]+/x",
                "/a\\/b\\-c /a/b-c",
                "/a??b{2}? /a?b{2}",
                "/a\\$ /a\\$",
                "^/a\\.b /a\\.b",
                "/[\\/\\.]x /[/.]x"
            })
    void theFormsThatPeopleWriteHaveOneForm(String written, String canonical) {
        assertThat(PathExpression.of(written.replace(';', '|')).value()).isEqualTo(canonical.replace(';', '|'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "/a**",
                "/a*+",
                "/(a",
                "/a)",
                "/((a))",
                "/(a)*",
                "/(a|)",
                "/(|a)",
                "/a|/b",
                "/a\\1",
                "/(?=a)",
                "/(?i)a",
                "/(*F)",
                "/[[:alpha:]]",
                "/[z-a]",
                "/[a&&b]",
                "/[]a]",
                "/a{3,1}",
                "/a{100}",
                "/a b",
                "/a\"b",
                "/a'b",
                "/a#b",
                "/\u00e4",
                "/a\nb",
                "/a\\",
                "/\\s",
                "/\\bx",
                "/a$b",
                "/a^b"
            })
    void whatHasNotOneMeaningEverywhereIsRefused(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathExpression.of(expression))
                .withMessageContaining("not a regular expression for paths");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.*/.*x",
                "/.*.+",
                "/[a-z]*[a-y]*x",
                "/a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaa",
                "/(a*b?a*|a)?x",
                "/.{0,99}.{0,99}x",
                "/a{99}b{99}c{99}d{99}"
            })
    void whatCostsTooMuchIsRefused(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathExpression.of(expression))
                .withMessageContaining("10000 steps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.*\\.php",
                ".*",
                "/[^/]+/.*",
                "/[a-z]+.*",
                ".*adm.*",
                "/.*/.*",
                "/api/v[0-9]{1,3}/(users|groups/[a-z]+)/[^/]*",
                "/(en|de|fr)?/?shop/[0-9]+\\.html?",
                "/~[a-z]+/%20.*"
            })
    void usualExpressionsAreCheap(String expression) {
        assertThat(PathExpression.of(expression).value()).isEqualTo(expression);
    }

    @Test
    void longTextIsCutBeforeItIsWorkedOn() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PathExpression.of("/a".repeat(1_000_000)))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(1_000));
        assertThat(PathExpression.of(".*").matches("/" + "x".repeat(1_023))).isTrue();
        assertThat(PathExpression.of(".*").matches("/" + "x".repeat(1_024))).isFalse();
    }

    @RepeatedTest(20)
    void noTextMakesTheParserFailOtherwise() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("/");
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append("ab/.*+?|()[]{}^$\\-,0123:".charAt(random.nextInt(24)));
        }
        try {
            assertThat(PathExpression.of(PathExpression.of(text.toString()).value()))
                    .as("seed %d", seed)
                    .isEqualTo(PathExpression.of(text.toString()));
        } catch (IllegalArgumentException e) {
            assertThat(e).as("%s, seed %d", text, seed).hasMessageContaining("not a regular expression for paths");
        }
    }
}
