package io.interlock.app.docker;

import io.interlock.util.PrintableText;
import java.util.concurrent.ExecutionException;

/** What to tell people about an exception. */
final class Failures {

    private static final int MAX_LENGTH = 300;

    private Failures() {}

    /** One line; docker-java's wrappers around the real reason are left out. */
    static String reason(Throwable failure) {
        Throwable real = failure;
        while (real.getCause() != null
                && (real instanceof ExecutionException || real.getClass() == RuntimeException.class)) {
            real = real.getCause();
        }
        String message = real.getMessage() == null ? real.getClass().getSimpleName() : real.getMessage();
        return PrintableText.shortened(PrintableText.flat(message), MAX_LENGTH);
    }
}
