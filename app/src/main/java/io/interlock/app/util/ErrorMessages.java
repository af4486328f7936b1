package io.interlock.app.util;

import io.interlock.util.PrintableText;
import java.util.concurrent.ExecutionException;

/** What to tell people about an exception. */
public final class ErrorMessages {

    private static final int MAX_LENGTH = 300;

    private ErrorMessages() {}

    /** One line; docker-java's wrappers around the real reason are left out. */
    public static String reason(Throwable failure) {
        Throwable real = failure;
        while (real.getCause() != null
                && (real instanceof ExecutionException || real.getClass() == RuntimeException.class)) {
            real = real.getCause();
        }
        String message = real.getMessage() == null ? real.getClass().getSimpleName() : real.getMessage();
        return PrintableText.shortened(PrintableText.flat(message), MAX_LENGTH);
    }
}
