package io.interlock.haproxy.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The Lua script with which HAProxy asks servers that authenticate requests. */
public final class ForwardAuthScript {

    private static final String RESOURCE = "/io/interlock/haproxy/forward-auth.lua";

    private ForwardAuthScript() {}

    /** The text of the script. */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(ForwardAuthScript.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin's jar is damaged", e);
        }
    }
}
