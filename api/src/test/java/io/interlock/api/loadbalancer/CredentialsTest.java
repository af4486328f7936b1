package io.interlock.api.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CredentialsTest {

    @Test
    void thePasswordNeverShows() {
        assertThat(new Credentials("stats", "hunter2").toString())
                .contains("stats")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2\n", "hunter2\u0000", "hunter2é"})
    void aPasswordThatIsRefusedDoesNotShowInTheMessage(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials("stats", password))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "é"})
    void aUserHasNoBlanksAndNoColon(String user) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials(user, "secret"));
    }
}
