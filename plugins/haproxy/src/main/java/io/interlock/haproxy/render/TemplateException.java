package io.interlock.haproxy.render;

/** Signals an unusable template. The message names the template, the place and the problem. */
public final class TemplateException extends Exception {

    private static final long serialVersionUID = 1L;

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
