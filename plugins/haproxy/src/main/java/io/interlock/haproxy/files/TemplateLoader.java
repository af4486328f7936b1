package io.interlock.haproxy.files;

import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TextFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loader of the template: the built-in one, or the current content of the operator's file. */
public final class TemplateLoader {

    private static final String BUILT_IN = "/io/interlock/haproxy/haproxy.cfg.mustache";

    /** Maximum number of bytes of the operator's file. */
    private static final int MAX_FILE = 1 << 20;

    private final Optional<Path> path;
    private @Nullable String text;
    private @Nullable ConfigTemplate compiled;

    public TemplateLoader(Optional<Path> path) {
        this.path = path.map(Path::toAbsolutePath);
    }

    /** Whether the template is the operator's. */
    public boolean isOwn() {
        return path.isPresent();
    }

    /**
     * Reads the operator's file again, and compiles it if it has changed.
     *
     * @throws TemplateException if the file cannot be read or is not a template
     */
    public ConfigTemplate current() throws TemplateException {
        if (path.isPresent()) {
            String now = read(path.get());
            if (compiled == null || !now.equals(text)) {
                compiled = ConfigTemplate.compile("template " + path.get(), now);
                text = now;
            }
        } else if (compiled == null) {
            compiled = ConfigTemplate.compile("the built-in template", builtIn());
        }
        return compiled;
    }

    private static String builtIn() {
        try (InputStream in = Objects.requireNonNull(TemplateLoader.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's jar is damaged", e);
        }
    }

    private static String read(Path path) throws TemplateException {
        try {
            return TextFileReader.read(path, MAX_FILE, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TemplateException("template " + path + " cannot be read: " + ErrorMessages.reasonAt(path, e), e);
        }
    }
}
