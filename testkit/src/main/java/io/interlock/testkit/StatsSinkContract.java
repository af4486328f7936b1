package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract of every statistics sink, tested with what it gives away. A test of the plugin must extend it:
 *
 * <pre>{@code
 * class StatsFileContractTest extends StatsSinkContract {
 *     @Override
 *     protected StatsSink create(SinkTestContext host) throws Exception {
 *         return new StatsFileFactory().create(config, host);
 *     }
 *
 *     @Override
 *     protected String output(SinkTestContext host) throws Exception {
 *         return Files.readString(host.dataDirectory().resolve("stats.txt"));
 *     }
 * }
 * }</pre>
 *
 * Every test has a sink of its own. A test of what the sink does not have is reported as aborted.
 */
public abstract class StatsSinkContract {

    private static final String FORGED = "forged_by_a_container";

    @TempDir
    Path folder;

    private SinkTestContext host = unset();
    private StatsSink sink = unset();
    private boolean closed;

    /** Creates a sink; called several times for the same {@code host}. Implemented by the author of the plugin. */
    protected abstract StatsSink create(SinkTestContext host) throws Exception;

    /**
     * Returns what the sink has given away since it was created, or shows at present, as text; implemented by the author of
     * the plugin.
     */
    protected abstract String output(SinkTestContext host) throws Exception;

    /**
     * Returns the text by which the output shows a container. The default is its name; a sink that shows backends or
     * engines only returns the name of those.
     *
     * @param container the name of a container, which is also that of its engine's id of it
     * @param backend the name of its backend
     */
    protected String mark(String container, String backend) {
        return container;
    }

    /**
     * Makes the target of the sink unusable. The default does nothing, which aborts the tests of it.
     *
     * @return whether it did
     */
    protected boolean prevent(SinkTestContext host) throws Exception {
        return false;
    }

    /** Reverts {@link #prevent}. */
    protected void allow(SinkTestContext host) throws Exception {}

    /** Returns how long a test waits for an expected result. */
    protected Duration limit() {
        return TestTimeout.LIMIT;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    final void openSink() throws Exception {
        host = new SinkTestContext(folder);
        sink = create(host);
    }

    @AfterEach
    final void closeSink() {
        if (!closed) {
            sink.close();
        }
    }

    /** Snapshots and the output. */
    @Nested
    class Snapshots {

        @Test
        void theOutputShowsASnapshot() throws Exception {
            accept(serving("first"));
            awaitOutput("first");
        }

        @Test
        void theOutputFollowsLaterSnapshots() throws Exception {
            accept(serving("first"));
            awaitOutput("first");
            accept(serving("second"));
            awaitOutput("second");
        }

        @Test
        void aSnapshotWithoutAnythingIsNoMistake() throws Exception {
            accept(new StatsSnapshotBuilder().build());
            accept(serving("first"));
            awaitOutput("first");
            accept(new StatsSnapshotBuilder().build());
        }

        @Test
        void figuresThatAProxyDoesNotHaveAreNoMistake() throws Exception {
            Topology topology = topology("first");
            StatsSnapshot snapshot = serving("first");
            accept(new StatsSnapshotBuilder()
                    .status(snapshot.host())
                    .proxy("one", List.of())
                    .proxy("two", TopologyFixtures.of(topology, topology("second")), 0)
                    .build());
            awaitOutput("first");
        }

        @Test
        void aLineBreakInATextBeginsNoLineOfTheOutput() throws Exception {
            Topology topology = topology("first");
            String hostile = "x\n" + FORGED + " 1 1\r\n" + FORGED + " 2 2";
            accept(new StatsSnapshotBuilder()
                    .status(new InterlockStatusBuilder()
                            .serving(topology)
                            .container("hostile", hostile, List.of())
                            .problem(hostile, hostile)
                            .build())
                    .proxy("haproxy", topology, 1)
                    .build());
            awaitOutput("first");
            assertThat(output(host).lines().map(String::strip)).noneMatch(line -> line.startsWith(FORGED));
        }
    }

    /** Calls that do not succeed. */
    @Nested
    class Failures {

        @Test
        void aTargetThatFailedIsUsedAgainWhenItWorks() throws Exception {
            assumeThat(prevent(host))
                    .as("the test can make the target unusable")
                    .isTrue();
            attempt(serving("first"));
            allow(host);
            accept(serving("second"));
            awaitOutput("second");
        }

        @Test
        void anInterruptEndsACallAndNotTheSink() throws Exception {
            Thread.currentThread().interrupt();
            try {
                attempt(serving("first"));
            } finally {
                Thread.interrupted();
            }
            accept(serving("second"));
            awaitOutput("second");
        }
    }

    /** The end. */
    @Nested
    class Closing {

        @Test
        void anotherOneWorksAfterItWasClosed() throws Exception {
            accept(serving("first"));
            sink.close();
            closed = true;
            sink = create(host);
            closed = false;
            accept(serving("second"));
            awaitOutput("second");
        }

        @Test
        void nothingOfItIsLeftWhenItWasClosed() throws Exception {
            sink.close();
            Set<Long> processes = processes();
            ThreadLeakDetector threads = new ThreadLeakDetector();
            threads.run(() -> {
                sink = create(host);
                accept(serving("first"));
                sink.close();
                closed = true;
            });
            await().untilAsserted(() -> assertThat(threads.left()).isEmpty());
            await().untilAsserted(() -> assertThat(processes()).isSubsetOf(processes));
        }

        @Test
        void closingOneThatGotNoSnapshotIsFine() {
            sink.close();
            closed = true;
        }
    }

    private static Topology topology(String container) {
        return TopologyFixtures.host(container + ".example.com", TopologyFixtures.server(container, "10.0.0.1", 80));
    }

    private static StatsSnapshot serving(String container) {
        return StatsSnapshotBuilder.serving(topology(container));
    }

    private void accept(StatsSnapshot snapshot) throws Exception {
        host.set(snapshot);
        sink.accept(snapshot);
    }

    /** Gives the sink a snapshot; a failure is permitted. */
    private void attempt(StatsSnapshot snapshot) {
        try {
            accept(snapshot);
        } catch (InterruptedException e) {
            // Expected by the contract. A call that ended before it noticed the interrupt is also valid.
        } catch (Exception e) {
            assertThat(e).as("an exception says what happened").message().isNotNull();
        }
    }

    private void awaitOutput(String container) {
        String mark = mark(container, container + "_example_com");
        await().ignoreExceptions().untilAsserted(() -> assertThat(output(host)).contains(mark));
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private ConditionFactory await() {
        return TestTimeout.await().atMost(limit());
    }
}
