package com.example.interlock.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Template of the configuration: the built-in one, or the operator's, which is read again for each change.
 *
 * @param path the operator's file; empty: the built-in template
 */
record NginxTemplate(Optional<Path> path) {

    /**
     * @throws IOException if the operator's file cannot be read; the message names it
     */
    String text() throws IOException {
        if (path.isPresent()) {
            try {
                return Files.readString(path.get());
            } catch (IOException e) {
                throw new IOException("template_path " + path.get() + " cannot be read: " + e, e);
            }
        }
        String name = "nginx.conf.mustache";
        try (InputStream in = Objects.requireNonNull(NginxTemplate.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
