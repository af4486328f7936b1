package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.reader.ProcessEnvironment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProcessEnvironmentTest {

    private static final Path HERE = Path.of("/here");

    @Test
    void rootKeepsFilesWhereServicesDo() {
        assertThat(new ProcessEnvironment(Map.of("HOME", "/root"), HERE, Optional.empty(), true).dataDir())
                .isEqualTo(Path.of("/var/lib/interlock"));
    }

    @Test
    void aUserKeepsFilesInTheStateFolder() {
        assertThat(user(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/me")).dataDir())
                .isEqualTo(Path.of("/state/interlock"));
        assertThat(user(Map.of("XDG_STATE_HOME", "relative", "HOME", "/home/me"))
                        .dataDir())
                .isEqualTo(Path.of("/home/me/.local/state/interlock"));
        assertThat(user(Map.of("HOME", "/home/me")).dataDir()).isEqualTo(Path.of("/home/me/.local/state/interlock"));
    }

    @Test
    void aUserWithoutAHomeKeepsFilesWhereItStarted() {
        assertThat(user(Map.of("HOME", "")).dataDir()).isEqualTo(Path.of("/here/interlock-data"));
    }

    @Test
    void pluginsAreInTheDistributionOrWhereItStarted() {
        assertThat(new ProcessEnvironment(Map.of(), HERE, Optional.of(Path.of("/opt/interlock")), true).pluginsDir())
                .isEqualTo(Path.of("/opt/interlock/plugins"));
        assertThat(user(Map.of()).pluginsDir()).isEqualTo(Path.of("/here/plugins"));
    }

    private static ProcessEnvironment user(Map<String, String> environment) {
        return new ProcessEnvironment(environment, HERE, Optional.empty(), false);
    }
}
