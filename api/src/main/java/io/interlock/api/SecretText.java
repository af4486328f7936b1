package io.interlock.api;

/**
 * Text that only its consumer may see: a password, its hash, or the value of a header. Texts, logs and documents show
 * {@code …} in its place. A record of a plugin's configuration may have components of this type.
 */
@Experimental
public final class SecretText {

    private static final String SHOWN = "…";

    private final String text;

    private SecretText(String text) {
        this.text = text;
    }

    /** Creates a secret. */
    public static SecretText of(String text) {
        return new SecretText(text);
    }

    /** The text itself, for the place that needs it; never for a message. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns {@code …}. */
    @Override
    public String toString() {
        return SHOWN;
    }
}
