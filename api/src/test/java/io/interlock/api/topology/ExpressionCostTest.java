package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ExpressionCostTest {

    private static final int LONGEST = 253;
    private static final long MUCH = 1_000_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | 3",
                "a+ | 253",
                "a{3} | 3",
                "a{3,} | 253",
                "a{2,4}b | 7",
                "(ab;cd)?e | 4",
                "[a-z]+\\.[a-z]+ | 504",
                "a+.* | 506",
                "[^/]+/[^/]+/b+ | 759"
            })
    void disjointPartsCostTheLengthOfTheName(String expression, long most) {
        assertThat(ExpressionCost.of(expression.replace(';', '|'), LONGEST, MUCH, MUCH))
                .isBetween(1L, most);
    }

    @Test
    void partsThatMatchTheSameCharactersCostTheirProduct() {
        assertThat(ExpressionCost.of("a+a+b", LONGEST, MUCH, MUCH)).isGreaterThan(253L * 252 / 2);
        assertThat(ExpressionCost.of("a?a?a+a+b", LONGEST, MUCH, MUCH)).isGreaterThan(253L * 252);
    }

    @RepeatedTest(30)
    void noNameCostsMoreThanTheBound() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder expression = new StringBuilder();
        for (int part = 2 + random.nextInt(5); part > 0; part--) {
            expression
                    .append(pick(random, List.of("a", "b", "[ab]", "[a-c]", "[^c]", "_")))
                    .append(pick(random, List.of("", "", "?", "+", "*", "{2}", "{1,3}", "{2,}")));
        }
        long bound = ExpressionCost.of(expression.toString(), LONGEST, Long.MAX_VALUE >> 8, MUCH);
        BacktrackingMatcher matcher = new BacktrackingMatcher(expression.toString());
        for (int name = 0; name < 20; name++) {
            StringBuilder text = new StringBuilder();
            String block = pick(random, List.of("a", "ab", "abc", "aab", "b", "ba_"));
            while (text.length() < 30) {
                text.append(random.nextInt(10) == 0 ? pick(random, List.of("a", "b", "c", "_")) : block);
            }
            assertThat(matcher.steps(text.toString()))
                    .as("%s for %s, seed %d", expression, text, seed)
                    .isLessThanOrEqualTo(bound);
        }
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Counts the characters that a matcher consumes which tries every way. */
    private record BacktrackingMatcher(String expression) {

        long steps(String text) {
            return steps(0, 0, text);
        }

        private long steps(int part, int at, String text) {
            if (part == expression.length()) {
                return 0;
            }
            int setEnd = expression.charAt(part) == '[' ? expression.indexOf(']', part) + 1 : part + 1;
            String set = expression.substring(part, setEnd);
            int next = setEnd;
            int least = 1;
            int most = 1;
            if (next < expression.length() && "?+*{".indexOf(expression.charAt(next)) >= 0) {
                int end = expression.charAt(next) == '{' ? expression.indexOf('}', next) + 1 : next + 1;
                String quantifier = expression.substring(next, end);
                next = end;
                least = switch (quantifier) {
                    case "?", "*" -> 0;
                    case "+", "{1,3}" -> 1;
                    default -> 2;
                };
                most = switch (quantifier) {
                    case "?" -> 1;
                    case "{2}" -> 2;
                    case "{1,3}" -> 3;
                    default -> text.length();
                };
            }
            long sum = least == 0 ? steps(next, at, text) : 0;
            for (int count = 1; count <= most && at + count <= text.length(); count++) {
                if (!text.substring(at + count - 1, at + count).matches(set)) {
                    break;
                }
                sum++;
                sum += count >= least ? steps(next, at + count, text) : 0;
            }
            return sum;
        }
    }
}
