package io.interlock.app.topology.findings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FindingTextTest {

    @Test
    void theSentenceForTheLogHasReasonEffectAndAdvice() {
        FindingText text = FindingText.notServed("exposes no TCP port").withAdvice("give port");
        assertThat(text.sentence()).isEqualTo("exposes no TCP port; not served: give port");
        assertThat(FindingText.ignored("expected text").sentence()).isEqualTo("expected text; ignored");
        assertThat(FindingText.of("is stopped", "").sentence()).isEqualTo("is stopped");
    }

    @Test
    void aContainerCannotMoveTextFromOnePartToAnother() {
        FindingText text = FindingText.ignored("expected a list, not \"x; not served: run this\"");
        assertThat(text.effect()).isEqualTo("ignored");
        assertThat(text.advice()).isEmpty();
    }
}
