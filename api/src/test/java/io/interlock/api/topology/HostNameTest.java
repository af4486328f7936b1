package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.IDN;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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
        "straße.example,       xn--strae-oqa.example",
        "STRAẞE.example,       xn--strae-oqa.example",
        "faß.de,               xn--fa-hia.de",
        "βόλος.com,            xn--nxasmm1c.com",
        "ΒΌΛΟΣ.com,            xn--nxasmq6b.com",
        "ｗｗｗ．example。com,  www.example.com",
        "İstanbul.example,     xn--istanbul-o0e.example",
        "ıı.example,           xn--cfaa.example",
        "日本語.jp,            xn--wgv71a119e.jp",
        "пример.рф,            xn--e1afmkfd.xn--p1ai",
        "ᾳ.example,            xn--mxaq.example",
        "☃.net,                xn--n3h.net",
        "bü\u00adcher.example, xn--bcher-kva.example",
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
    void aNameWithAnInvisibleJoinerIsToldWithItsAsciiForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostName.of("نامه\u200cای.com"))
                .withMessageContaining("write xn--mgba3gch31f060k.com");
    }

    @Test
    void otherCharactersOfNamesAreRefused() {
        for (String bad :
                List.of("＊.example.com", "a／b.example", "a＠b", "\u202eabc.example", "\ue000.example", "Ꭰ.example")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> HostName.of(bad));
        }
    }

    /** Where the JDK's older rules give another name, the name has a character that both read differently. */
    @Test
    void mostNamesHaveTheSameFormAsInTheOlderRules() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String label = random.ints(1 + random.nextInt(8), 0xc0, 0x460)
                    .filter(Character::isLetter)
                    .filter(c -> "ßςıͺ".indexOf(c) < 0)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String older;
            try {
                older = IDN.toASCII("a" + label).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThat(HostName.of("a" + label).value())
                    .as("seed " + seed + ": " + label)
                    .isEqualTo(older);
        }
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
