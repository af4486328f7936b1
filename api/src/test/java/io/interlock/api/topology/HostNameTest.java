package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "www.example.com,      www.example.com",
        "WWW.Example.COM,      www.example.com",
        "' www.example.com\t', www.example.com",
        "www.example.com.,     www.example.com",
        "localhost,            localhost",
        "a_b.example.com,      a_b.example.com",
        "bücher.example,       xn--bcher-kva.example",
        "BÜCHER.example,       xn--bcher-kva.example",
        "*.bücher.example,     *.xn--bcher-kva.example",
        "例え.テスト,             xn--r8jz45g.xn--zckzah",
        "192.0.2.1,            192.0.2.1"
    })
    void whatPeopleWriteIsMadeCanonical(String written, String canonical) {
        assertThat(HostName.of(written)).isEqualTo(new HostName(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "a..b",
                ".example.com",
                "example.com..",
                "-a.com",
                "a-.com",
                "_a.com",
                "*.",
                "*.*.com",
                "a.*.com",
                "*a.com",
                "a b.com",
                "a\nb.com",
                "a\rb.com",
                "a\u0000.com",
                "a.com\nserver x",
                "a'b",
                "a\"b",
                "a#b",
                "a/b",
                "a:80",
                "a=b",
                "${HOME}",
                "%[env(HOME)]",
                "[::1]",
                "-f",
                "\u202ea.com",
                "\ud800.com",
                "\uff0f.com"
            })
    void whatIsNoHostNameIsRefusedOnOneLine(String hostile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostName.of(hostile))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("not a host name: \"")
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]"));
    }

    @Test
    void aLabelHasAtMost63CharactersAndAName253() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertThat(HostName.of(longest).value()).hasSize(253);
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.of(longest + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.of(label + "a.com"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.of("a.".repeat(100_000) + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.of("ü".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.of("ü".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Example.com", "example.com.", " example.com", "bücher.example"})
    void theConstructorTakesCanonicalNamesOnly(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostName(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~^pr-[0-9]+\\.example\\.com$",
                "~^(www|shop)?[^x.]{1,63}\\.a_b\\.com$",
                "~^a{2}b{3,}\\.com$",
                "~^[a-c0-9._-]*$",
                "~^a?b?c?d?e?$",
                "~^[a-z]+-[0-9]+\\.[a-z0-9-]+\\.example\\.com$",
                "~^[a-z0-9-]+-pr[0-9]+\\.example\\.com$",
                "~^[a-z0-9][a-z0-9-]*[a-z0-9]\\.example\\.com$",
                "~^[a-z0-9-]{1,40}-[a-z0-9]{1,40}\\.example\\.com$",
                "~^[a-z0-9-]+\\.(dev|staging|prod)\\.[a-z0-9-]+\\.example\\.com$"
            })
    void aNameMayBeARegularExpressionThatCannotTakeLong(String expression) {
        HostName name = HostName.of(" " + expression.toUpperCase(Locale.ROOT) + " ");

        assertThat(name.value()).isEqualTo(expression);
        assertThat(name.isExpression()).isTrue();
        assertThat(name.isExact() || name.isWildcard() || name.isAny()).isFalse();
        assertThat(name.expression()).isEqualTo(expression.substring(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "~^$",
                "~a",
                "~^a",
                "~a$",
                "~^.+$",
                "~^(a+)+$",
                "~^(a|b)+$",
                "~^((a))$",
                "~^[a-z]+[a-z]+[a-z]+$",
                "~^[a-z0-9]?[a-z0-9]?[a-z0-9]?[a-z0-9]+[a-z0-9]+_(x0)?$",
                "~^[a-z]*[a-z]*$",
                "~^[a-z]+b?[b-z]+_$",
                "~^[a-z-]+-[a-z-]+_$",
                "~^[^a]+[^b]+c$",
                "~^a+a{99}b$",
                "~^[a-z]{0,99}[0-9a-c]{1,99}_$",
                "~^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?_$",
                "~^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)_$",
                "~^(a|aa|aaa)?(a|aa|aaa)?(a|aa|aaa)?(a|aa|aaa)?[a-z]+_$",
                "~^a{99}a{99}a{99}a{99}$",
                "~^a b$",
                "~^a\nb$",
                "~^a'b$",
                "~^a\"b$",
                "~^a#b$",
                "~^\\d$",
                "~^[z-a]$",
                "~^[]$",
                "~^a{3,2}$",
                "~^a{999}$",
                "~^a++$",
                "~^\u00e9$"
            })
    void anExpressionThatMightTakeLongOrIsNoneIsRefused(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostName.of(expression))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("not a regular expression for host names: \"")
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]"));
    }

    @Test
    void aStarStandsForEveryName() {
        assertThat(HostName.of("*")).isEqualTo(HostName.ANY);
        assertThat(HostName.ANY.isAny()).isTrue();
        assertThat(HostName.ANY.isExact() || HostName.ANY.isWildcard()).isFalse();
    }

    @Test
    void noTwoNamesShareABackendsName() {
        Set<String> names = new HashSet<>();
        for (String name : List.of(
                "any.com",
                "*.any",
                "*",
                "~^any$",
                "~^any\\.com$",
                "~^any-com$",
                "~^(any|com)$",
                "a.b.com",
                "a_b.com",
                "a-b.com",
                "*.a.b.com")) {
            String backend = Backend.nameFor(HostName.of(name));
            assertThat(names.add(backend)).as(name).isTrue();
            assertThat(backend).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void aWildcardKnowsItsDomain() {
        assertThat(HostName.of("*.Example.com")).satisfies(name -> {
            assertThat(name.isWildcard()).isTrue();
            assertThat(name.domain()).isEqualTo("example.com");
        });
        assertThat(HostName.of("example.com")).satisfies(name -> {
            assertThat(name.isWildcard()).isFalse();
            assertThat(name.domain()).isEqualTo("example.com");
        });
    }
}
