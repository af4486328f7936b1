package io.interlock.testkit;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each sentence of the sinks' contract catches a broken sink. */
@Tag("unit")
class StatsSinkFaultsTest {

    private static final Set<String> FAULTS = Set.of(
            "theOutputShowsASnapshot",
            "theOutputFollowsLaterSnapshots",
            "aSnapshotWithoutAnythingIsNoMistake",
            "figuresThatAProxyDoesNotHaveAreNoMistake",
            "aLineBreakInATextBeginsNoLineOfTheOutput",
            "aTargetThatFailedIsUsedAgainWhenItWorks",
            "anInterruptEndsACallAndNotTheSink",
            "anotherOneWorksAfterItWasClosed",
            "nothingOfItIsLeftWhenItWasClosed",
            "closingOneThatGotNoSnapshotIsFine");

    private static volatile String fault = "";

    @Test
    void eachSentenceCatchesABrokenSink() {
        new ContractFaultCheck(SampleSinkContract.class, broken -> fault = broken)
                .requireEachSentenceToCatchItsFault(FAULTS);
    }

    private static boolean is(String sentence) {
        return fault.equals(sentence);
    }

    /** The contract of a sink that appends to a file. */
    static class SampleSinkContract extends StatsSinkContract {

        @Override
        protected StatsSink create(SinkTestContext host) throws IOException {
            return new SampleSink(file(host));
        }

        @Override
        protected String output(SinkTestContext host) throws IOException {
            return Files.readString(file(host));
        }

        @Override
        protected boolean prevent(SinkTestContext host) throws IOException {
            Files.createDirectory(file(host));
            return true;
        }

        @Override
        protected void allow(SinkTestContext host) throws IOException {
            Files.delete(file(host));
        }

        @Override
        protected Duration limit() {
            return fault.isEmpty() ? super.limit() : Duration.ofMillis(300);
        }

        private static Path file(SinkTestContext host) {
            return host.dataDirectory().resolve("sink.txt");
        }
    }

    private static final class SampleSink implements StatsSink {

        private final Path file;
        private boolean accepted;
        private boolean broken;

        SampleSink(Path file) throws IOException {
            this.file = file;
            if (is("anotherOneWorksAfterItWasClosed") && Files.exists(file)) {
                throw new IOException("in use");
            }
        }

        @Override
        public void accept(StatsSnapshot snapshot) throws Exception {
            if (broken || is("theOutputShowsASnapshot") || (is("theOutputFollowsLaterSnapshots") && accepted)) {
                return;
            }
            if (is("aSnapshotWithoutAnythingIsNoMistake")) {
                snapshot.host().containers().getFirst();
            }
            if (is("figuresThatAProxyDoesNotHaveAreNoMistake")
                    && snapshot.proxies().values().stream()
                            .anyMatch(proxy -> proxy.backends().isEmpty())) {
                throw new IllegalStateException("a proxy without backends");
            }
            if (is("nothingOfItIsLeftWhenItWasClosed")) {
                Thread.ofPlatform().daemon().start(() -> LockSupport.parkNanos(5_000_000_000L));
            }
            if (Thread.interrupted()) {
                broken = is("anInterruptEndsACallAndNotTheSink");
                throw new InterruptedException("interrupted");
            }
            String text = Stream.concat(
                            snapshot.host().containers().stream().map(ContainerStatus::name),
                            snapshot.host().problems().stream().map(Problem::reason))
                    .map(name -> is("aLineBreakInATextBeginsNoLineOfTheOutput") ? name : name.replaceAll("\\R", " "))
                    .collect(Collectors.joining("\n", "", "\n"));
            try {
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                accepted = true;
            } catch (IOException e) {
                broken = is("aTargetThatFailedIsUsedAgainWhenItWorks");
                throw e;
            }
        }

        @Override
        public void close() {
            if (is("closingOneThatGotNoSnapshotIsFine") && !accepted) {
                throw new IllegalStateException("nothing to close");
            }
        }
    }
}
