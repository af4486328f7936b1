package io.interlock.haproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Own templates to begin with. */
final class TestTemplates {

    private TestTemplates() {}

    static String builtIn() throws IOException {
        try (var in = HaproxyFactory.class.getResourceAsStream("haproxy.cfg.mustache")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
