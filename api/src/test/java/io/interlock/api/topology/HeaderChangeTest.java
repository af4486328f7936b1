package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class HeaderChangeTest {

    static Stream<Function<List<HeaderChange>, BackendPolicy>> policies() {
        return Stream.of(BackendPolicy.ResponseHeaders::new, BackendPolicy.RequestHeaders::new);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void namesAndValuesTogetherAreLimited(Function<List<HeaderChange>, BackendPolicy> policy) {
        List<HeaderChange> most = changes(4, "v".repeat(2_045));

        assertThat(policy.apply(most)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.apply(Stream.concat(most.stream(), Stream.of(HeaderChange.set("Y", "v")))
                        .toList()))
                .withMessageContaining("8192");
    }

    @Test
    void aNameAndAValueAreLimited() {
        assertThat(HeaderChange.set("n".repeat(128), "v".repeat(2_048)).value()).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderChange.set("n".repeat(129), "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderChange.set("n", "v".repeat(2_049)));
    }

    private static List<HeaderChange> changes(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> HeaderChange.set("X-" + i, value))
                .toList();
    }
}
