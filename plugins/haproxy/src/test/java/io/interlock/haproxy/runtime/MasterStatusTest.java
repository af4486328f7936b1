package io.interlock.haproxy.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MasterStatusTest {

    private static final String AFTER_A_RELOAD = """
            #<PID>          <type>          <reloads>       <uptime>        <version>
            14038           master          1 [failed: 0]   0d00h00m04s     2.6.12-1+deb12u4
            # workers
            14134           worker          0               0d00h00m01s     2.6.12-1+deb12u4
            # old workers
            14041           worker          1               0d00h00m04s     2.6.12-1+deb12u4
            # programs

            """;

    @Test
    void aMasterTellsItsWorkersOldAndNew() {
        assertThat(MasterStatus.parse(AFTER_A_RELOAD))
                .contains(new MasterStatus(14038, 1, 0, List.of(14134L), List.of(14041L)));
    }

    @Test
    void aMasterTellsThatReloadsFailed() {
        String answer = AFTER_A_RELOAD.replace("1 [failed: 0]", "3 [failed: 2]");

        assertThat(MasterStatus.parse(answer).orElseThrow().failed()).isEqualTo(2);
    }

    @Test
    void anEmptyAnswerIsNone() {
        assertThat(MasterStatus.parse("\n")).isEmpty();
    }
}
