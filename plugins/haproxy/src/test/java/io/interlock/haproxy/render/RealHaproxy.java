package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the HAProxy of this machine what it thinks of what was rendered. */
final class RealHaproxy {

    private RealHaproxy() {}

    /** Whether HAProxy takes it without a word of warning. */
    static void assertValid(Rendered rendered, Path folder) throws IOException, InterruptedException {
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            Files.writeString(map.getKey(), map.getValue());
        }
        Files.writeString(new Layout(folder).serverStates(), "1\n");
        Path config = folder.resolve("proxy.conf");
        Files.writeString(config, rendered.config());
        Process process = start("-c", "-f", config.toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output + "\n" + rendered.config()).isZero();
        assertThat(output).as(rendered.config()).doesNotContain("[WARNING]", "[ALERT]");
    }

    static HaproxyVersion version() throws IOException {
        String output = new String(start("-v").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return HaproxyVersion.parse(output).orElseThrow();
    }

    private static Process start(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(arguments));
            command.addFirst("haproxy");
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError(
                    "these tests need an HAProxy on the path (Debian, Ubuntu: apt-get install haproxy)", e);
        }
    }
}
