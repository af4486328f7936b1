package io.interlock.util;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Texts for people about exceptions: on one line, without names of Java types. Exceptions of Interlock's own types have
 * messages that are shown as they are; this is for those of the JDK and of libraries, many of which have only a path for a
 * message, or none.
 */
public final class ErrorMessages {

    private static final int MAX_LENGTH = 1_000;

    private ErrorMessages() {}

    /** What went wrong; names the file if it is about one. */
    public static String reason(Throwable failure) {
        Throwable real = unwrapped(failure);
        if (!(real instanceof FileSystemException about)) {
            return printable(text(real));
        }
        String file = about.getOtherFile() == null || about instanceof NoSuchFileException
                ? about.getFile()
                : about.getFile() + " -> " + about.getOtherFile();
        return printable(file == null ? problem(about) : file + ": " + problem(about));
    }

    /** What went wrong, for a message that has named the file already. */
    public static String reasonAt(Path file, Throwable failure) {
        return unwrapped(failure) instanceof FileSystemException about
                        && file.toString().equals(about.getFile())
                        && about.getOtherFile() == null
                ? printable(problem(about))
                : reason(failure);
    }

    /** Wrappers whose message says nothing of its own are left out. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable real = failure;
        while (real.getCause() != null && isWrapper(real)) {
            real = real.getCause();
        }
        return real;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure.getClass() == UncheckedIOException.class
                || failure.getClass() == RuntimeException.class;
    }

    private static String problem(FileSystemException about) {
        return switch (about) {
            case NoSuchFileException missing -> "does not exist";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException present -> "exists already";
            case NotDirectoryException file -> "is not a directory";
            case DirectoryNotEmptyException full -> "is not empty";
            case FileSystemLoopException loop -> "is a loop of links";
            default -> Optional.ofNullable(about.getReason()).orElse("cannot be used");
        };
    }

    private static String text(Throwable failure) {
        String message =
                failure.getMessage() == null ? "" : failure.getMessage().strip();
        return switch (failure) {
            case UnknownHostException unknown when message.indexOf(' ') < 0 -> "host " + message + " is unknown";
            case CharacterCodingException unreadable -> "is not valid text";
            default -> message.isEmpty() ? withoutMessage(failure) : message;
        };
    }

    private static String withoutMessage(Throwable failure) {
        return switch (failure) {
            case TimeoutException late -> "timed out";
            case ClosedChannelException closed -> "connection closed";
            case EOFException end -> "unexpected end of data";
            case InterruptedException interrupted -> "interrupted";
            case OutOfMemoryError full -> "out of memory";
            case StackOverflowError deep -> "nested too deeply";
            case IOException broken -> "input or output failed";
            default -> "unexpected error" + place(failure);
        };
    }

    /** Where a defect is, for whoever mends it: the log has the rest at DEBUG alone, if at all. */
    private static String place(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .findFirst()
                .filter(frame -> frame.getFileName() != null)
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static String printable(String text) {
        return PrintableText.shortened(PrintableText.flat(text), MAX_LENGTH);
    }
}
