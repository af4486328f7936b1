package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.cli.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theVersionIsThatOfInterlockAndOfJava() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).startsWith("interlock ").contains("Java " + Runtime.version());
    }

    @Test
    void anErrorOfItsOwnIsAFailureThatCanBeReported() {
        assertThat(run()).isEqualTo(ExitCodes.FAILED);

        assertThat(err.toString()).contains("an error in Interlock itself", "IllegalStateException: broken");
    }

    private int run(String... arguments) {
        return Main.run(arguments, Map.of(), new PrintWriter(out), new PrintWriter(err, true), () -> {
            throw new IllegalStateException("broken");
        });
    }
}
