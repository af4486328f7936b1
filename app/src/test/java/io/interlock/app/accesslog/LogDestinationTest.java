package io.interlock.app.accesslog;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.AccessLogStatus;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogTarget.LogFile;
import io.interlock.app.config.accesslog.RequestFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues, files and their rotation. */
@Timeout(120)
@Tag("unit")
class LogDestinationTest {

    @TempDir
    Path folder;

    @Test
    void whatDoesNotFitIsDroppedAndCountedWhileNothingWaits() throws Exception {
        CountDownLatch let = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        LogDestination slow = destination(new LineWriter() {
            @Override
            public int write(List<Line> lines) throws IOException {
                try {
                    let.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                lines.forEach(line -> written.add(line.text()));
                return lines.size();
            }

            @Override
            public void close() {}
        });
        int offered = 20_000;

        IntStream.range(0, offered).forEach(i -> slow.offer(SampleEntries.entry("/" + i)));
        AccessLogStatus status = slow.status();
        assertThat(status.dropped()).isPositive();
        assertThat(status.isDropping()).isTrue();
        let.countDown();
        slow.close();

        assertThat(slow.status().written() + slow.status().dropped()).isEqualTo(offered);
        assertThat(written)
                .hasSize((int) slow.status().written())
                .isSubsetOf(IntStream.range(0, offered)
                        .mapToObj(i -> SampleEntries.entry("/" + i).line())
                        .toList());
    }

    @Test
    void anUnwritablePlaceIsToldCountedAndTriedAgain() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        LogDestination destination = destination(new RotatingFileWriter(new LogFile(occupied.resolve("log"), 0, 1)));
        destination.offer(SampleEntries.entry("/1"));
        await().until(() -> !destination.status().reason().isEmpty());
        assertThat(destination.status().written()).isZero();

        Files.delete(occupied);
        await().until(() -> destination.status().written() == 1);
        assertThat(destination.status().reason()).isEmpty();
        assertThat(destination.status().dropped()).isZero();
        destination.close();
        assertThat(Files.readAllLines(occupied.resolve("log"))).hasSize(1);
    }

    @Test
    void aFullDiskLeavesWholeLinesAndIsCounted() throws Exception {
        Path full = Path.of("/dev/full");
        LogDestination destination = destination(new RotatingFileWriter(new LogFile(full, 1, 1)));
        destination.offer(SampleEntries.entry("/1"));

        await().until(() -> destination.status().dropped() == 1);
        assertThat(destination.status().reason()).isNotEmpty();
        destination.close();
        assertThat(Files.isRegularFile(full)).isFalse();
    }

    @Test
    void aFileIsReadableForItsGroupOnlyAndContinued() throws Exception {
        Path file = folder.resolve("sub/access.log");
        for (int i = 0; i < 2; i++) {
            LogDestination destination = destination(new RotatingFileWriter(new LogFile(file, 0, 1)));
            destination.offer(SampleEntries.entry("/" + i));
            destination.close();
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isIn("rw-r-----", "rw-------");
    }

    @Test
    void filesRotateAtTheirSizeAndTheOldestGoes() throws Exception {
        Path file = folder.resolve("access.log");
        LogDestination destination = destination(new RotatingFileWriter(new LogFile(file, 1_000, 2)));
        for (int i = 0; i < 40; i++) {
            destination.offer(SampleEntries.entry("/" + i));
        }
        destination.close();

        assertThat(destination.status().written()).isEqualTo(40);
        try (var files = Files.list(folder)) {
            assertThat(files.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrder("access.log", "access.log.1", "access.log.2");
        }
        assertThat(Files.size(folder.resolve("access.log.1"))).isBetween(1_000L, 1_400L);
        assertThat(Files.readAllLines(folder.resolve("access.log.1"))).allMatch(line -> line.endsWith("HTTP/1.1\""));
    }

    @Test
    void aFileThatWasMovedAwayIsOpenedAgainWhenAsked() throws Exception {
        Path file = folder.resolve("access.log");
        LogDestination destination = destination(new RotatingFileWriter(new LogFile(file, 0, 1)));
        destination.offer(SampleEntries.entry("/1"));
        await().until(() -> destination.status().written() == 1);
        Files.move(file, folder.resolve("moved"));
        destination.reopen();
        destination.offer(SampleEntries.entry("/2"));
        destination.close();

        assertThat(Files.readAllLines(folder.resolve("moved"))).hasSize(1);
        assertThat(Files.readAllLines(file)).hasSize(1).allMatch(line -> line.contains("/2"));
    }

    private LogDestination destination(LineWriter writer) {
        LogDestination destination = new LogDestination(
                "test",
                SampleEntries.config(new LogFile(folder, 0, 0), LineFormat.HAPROXY, RequestFilter.ALL),
                writer,
                false);
        destination.start();
        return destination;
    }
}
