package io.interlock.haproxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class RuntimeResponseReaderTest {

    private static final RuntimeCommand QUIET = RuntimeCommand.quiet("set server a/b state maint");
    private static final RuntimeCommand TALKING = RuntimeCommand.talking("show servers state a");
    private static final RuntimeCommand LINE = new RuntimeCommand("del server a/b", RuntimeCommand.ResponseFormat.LINE);

    @Test
    void eachCommandHasItsOwnAnswer() throws Exception {
        assertThat(RuntimeResponseReader.read("\nNo such server.\n\nx\ny\n\n", List.of(QUIET, QUIET, TALKING)))
                .containsExactly("", "No such server.", "x\ny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone\n", "gone\n\n", "gone\n\n\n"})
    void aLineMayBeFollowedByAnyNumberOfEmptyOnes(String gone) throws Exception {
        assertThat(RuntimeResponseReader.read("\n" + gone + gone + "x\n\n", List.of(QUIET, LINE, LINE, TALKING)))
                .containsExactly("", "gone", "gone", "x");
    }

    @Test
    void anAnswerThatIsMissingIsAnError() {
        assertThatThrownBy(() -> RuntimeResponseReader.read("x\n\n", List.of(TALKING, QUIET)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(QUIET.text());
    }
}
