package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ErrorMessagesTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsNamedTogetherWithWhatIsWrong() {
        assertThat(ErrorMessages.reason(new NoSuchFileException("/a"))).isEqualTo("/a: does not exist");
        assertThat(ErrorMessages.reason(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(ErrorMessages.reason(new FileAlreadyExistsException("/a"))).isEqualTo("/a: exists already");
        assertThat(ErrorMessages.reason(new NotDirectoryException("/a"))).isEqualTo("/a: is not a directory");
        assertThat(ErrorMessages.reason(new DirectoryNotEmptyException("/a"))).isEqualTo("/a: is not empty");
        assertThat(ErrorMessages.reason(new FileSystemException("/a"))).isEqualTo("/a: cannot be used");
        assertThat(ErrorMessages.reason(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(ErrorMessages.reason(new AtomicMoveNotSupportedException("/a", "/b", "Invalid cross-device link")))
                .isEqualTo("/a -> /b: Invalid cross-device link");
    }

    @Test
    void aFileThatTheMessageHasNamedIsNotNamedAgain() {
        Path missing = folder.resolve("missing");
        IOException failure = new IOException();
        try {
            Files.readString(missing);
        } catch (IOException e) {
            failure = e;
        }
        assertThat(ErrorMessages.reasonAt(missing, failure)).isEqualTo("does not exist");
        assertThat(ErrorMessages.reasonAt(folder, failure)).isEqualTo(missing + ": does not exist");
        assertThat(ErrorMessages.reasonAt(folder, new IOException("Is a directory")))
                .isEqualTo("Is a directory");
    }

    @Test
    void wrappersAreLeftOut() {
        IOException real = new ConnectException("Connection refused");
        for (Throwable wrapper : List.of(
                real,
                new ExecutionException(real),
                new CompletionException(new UncheckedIOException(real)),
                new RuntimeException("java.net.ConnectException: Connection refused", real))) {
            assertThat(ErrorMessages.reason(wrapper)).isEqualTo("Connection refused");
        }
        assertThat(ErrorMessages.reason(new IOException("TLS cannot be set up", real)))
                .isEqualTo("TLS cannot be set up");
    }

    @Test
    void noExceptionIsShownAsTheNameOfItsType() {
        for (Throwable silent : List.of(
                new TimeoutException(),
                new ClosedChannelException(),
                new EOFException(),
                new InterruptedException(),
                new OutOfMemoryError(),
                new StackOverflowError(),
                new IOException(),
                new IOException(" "),
                new IllegalStateException())) {
            assertThat(ErrorMessages.reason(silent))
                    .isNotBlank()
                    .doesNotContain(silent.getClass().getSimpleName(), "java.");
        }
        assertThat(ErrorMessages.reason(new IllegalStateException()))
                .matches("unexpected error at ErrorMessagesTest\\.java:[0-9]+");
        assertThat(ErrorMessages.reason(new TimeoutException())).isEqualTo("timed out");
        assertThat(ErrorMessages.reason(new UnknownHostException("db"))).isEqualTo("host db is unknown");
    }

    @Test
    void aMessageIsOnOneLineAndNotLong() {
        String reason = ErrorMessages.reason(new IOException("a\nb\u001b[31m" + "x".repeat(2_000)));
        assertThat(reason).startsWith("a b [31mx").endsWith("…").hasSize(1_001);
    }
}
