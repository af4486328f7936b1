package io.interlock.haproxy.render;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import java.io.StringWriter;
import java.io.Writer;

/**
 * Mustache template of HAProxy's configuration. {@code {{x}}} writes a value as one word of HAProxy's language, quoted
 * if necessary; {@code {{{x}}}} writes it unchanged. A variable or section that the model lacks is an error.
 */
public final class ConfigTemplate {

    private final String name;
    private final Template template;

    private ConfigTemplate(String name, Template template) {
        this.name = name;
        this.template = template;
    }

    /**
     * @param name the template's name in messages, for example its path
     * @throws TemplateException if the text is not a Mustache template
     */
    public static ConfigTemplate compile(String name, String text) throws TemplateException {
        try {
            return new ConfigTemplate(
                    name,
                    Mustache.compiler()
                            .withEscaper(HaproxyQuoting::quote)
                            .strictSections(true)
                            .compile(text));
        } catch (MustacheException e) {
            throw new TemplateException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * @throws TemplateException if the template uses a name that the model does not have
     */
    String fill(TemplateModel model) throws TemplateException {
        StringWriter text = new StringWriter();
        fill(model, text);
        return text.toString();
    }

    /**
     * @throws TemplateException as {@link #fill(TemplateModel)} does
     */
    void fill(TemplateModel model, Writer out) throws TemplateException {
        try {
            template.execute(model, out);
        } catch (MustacheException | IllegalArgumentException e) {
            throw new TemplateException(name + ": " + e.getMessage(), e);
        }
    }
}
