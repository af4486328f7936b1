package io.interlock.haproxy.render;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A Mustache template of HAProxy's configuration. {@code {{x}}} writes a value as one word of HAProxy's language, quoted
 * where it needs to be; {@code {{{x}}}} writes it as it is. A variable or section that the model lacks is an error.
 */
public final class ConfigTemplate {

    private static final String BUILT_IN = "haproxy.cfg.mustache";

    private final String name;
    private final Template template;

    private ConfigTemplate(String name, Template template) {
        this.name = name;
        this.template = template;
    }

    /** The template that comes with the plugin. */
    public static ConfigTemplate builtIn() throws TemplateException {
        try (InputStream in = Objects.requireNonNull(ConfigTemplate.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return compile("the built-in template", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's jar is damaged", e);
        }
    }

    /**
     * @param name how messages call the template, its path say
     * @throws TemplateException if it is no Mustache template
     */
    public static ConfigTemplate compile(String name, String text) throws TemplateException {
        try {
            return new ConfigTemplate(
                    name,
                    Mustache.compiler()
                            .withEscaper(Word::quote)
                            .strictSections(true)
                            .compile(text));
        } catch (MustacheException e) {
            throw new TemplateException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * @throws TemplateException if the template names what the model does not have
     */
    String fill(TemplateModel model) throws TemplateException {
        try {
            return template.execute(model);
        } catch (MustacheException | IllegalArgumentException e) {
            throw new TemplateException(name + ": " + e.getMessage(), e);
        }
    }
}
