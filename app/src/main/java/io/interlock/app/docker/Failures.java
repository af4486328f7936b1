package io.interlock.app.docker;

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
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
