package io.interlock.haproxy.render;

import io.interlock.haproxy.HaproxyFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Template that comes with the plugin. */
final class BuiltInTemplate {

    private BuiltInTemplate() {}

    static ConfigTemplate get() throws IOException, TemplateException {
        try (var in = HaproxyFactory.class.getResourceAsStream("haproxy.cfg.mustache")) {
            return ConfigTemplate.compile(
                    "the built-in template", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
