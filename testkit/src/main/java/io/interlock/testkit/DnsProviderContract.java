package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * Contract of every DNS provider, tested with what it changes. A test of the plugin must extend it:
 *
 * <pre>{@code
 * class Rfc2136ContractTest extends DnsProviderContract {
 *     @Override
 *     protected DnsProvider create(PluginContext host) throws Exception {
 *         return new Rfc2136Factory().create(config, host);
 *     }
 *     …
 * }
 * }</pre>
 */
public abstract class DnsProviderContract {

    private static final String ONE = "one".repeat(14) + "1";
    private static final String TWO = "two".repeat(14) + "2";

    @TempDir
    Path folder;

    private final List<DnsProvider> opened = new ArrayList<>();
    private DnsProvider provider = unset();

    /** Creates a provider; implemented by the author of the plugin. */
    protected abstract DnsProvider create(PluginContext host) throws Exception;

    /** Returns the zone that the provider can change; implemented by the author of the plugin. */
    protected abstract String zone();

    /**
     * Returns the values of a TXT record, as a name server of the zone shows them; implemented by the author of the
     * plugin.
     */
    protected abstract List<String> values(String name) throws Exception;

    /** Returns the name of the record that is used. */
    protected String name() {
        return "_acme-challenge.contract." + zone();
    }

    /** Whether the provider can remove records. The default is true. */
    protected boolean removes() {
        return true;
    }

    /**
     * Makes the target of the provider take calls and answer nothing. The default does nothing, which aborts the test of
     * it.
     *
     * @return whether it did
     */
    protected boolean stall() throws Exception {
        return false;
    }

    /** Reverts {@link #stall}. */
    protected void resume() throws Exception {}

    /** Returns how long a test waits for an expected result. */
    protected Duration limit() {
        return TestTimeout.LIMIT;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T unset() {
        return null;
    }

    @BeforeEach
    final void openProvider() throws Exception {
        provider = open();
    }

    @AfterEach
    final void closeProviders() {
        opened.forEach(DnsProvider::close);
    }

    /** Values that a name server must show. */
    @Nested
    class Presenting {

        @Test
        void showsWhatWasPresented() throws Exception {
            provider.present(record(ONE));
            awaitValue(ONE);
        }

        @Test
        void twoValuesOfOneNameStayBesideEachOther() throws Exception {
            provider.present(record(ONE));
            provider.present(record(TWO));
            awaitValue(ONE);
            awaitValue(TWO);
        }

        @Test
        void presentingTwiceIsNoMistake() throws Exception {
            provider.present(record(ONE));
            provider.present(record(ONE));
            awaitValue(ONE);
        }
    }

    /** Values that must go. */
    @Nested
    class CleaningUp {

        @Test
        void cleaningUpRemovesOneValueAndKeepsTheOther() throws Exception {
            provider.present(record(ONE));
            provider.present(record(TWO));
            awaitValue(TWO);
            provider.cleanUp(record(ONE));
            assumeThat(removes()).as("the provider can remove records").isTrue();
            await().until(() -> !values(name()).contains(ONE));
            assertThat(values(name())).contains(TWO);
        }

        @Test
        void cleaningUpWhatIsNotThereIsNoMistake() throws Exception {
            provider.cleanUp(record(ONE));
            provider.present(record(ONE));
            provider.cleanUp(record(ONE));
            provider.cleanUp(record(ONE));
            assumeThat(removes()).as("the provider can remove records").isTrue();
            await().until(() -> !values(name()).contains(ONE));
        }

        @Test
        void anotherInstanceCleansUpWhatOneHasPresented() throws Exception {
            provider.present(record(ONE));
            awaitValue(ONE);
            DnsProvider next = open();
            next.cleanUp(record(ONE));
            assumeThat(removes()).as("the provider can remove records").isTrue();
            await().until(() -> !values(name()).contains(ONE));
        }
    }

    /** Calls that the host ends. */
    @Nested
    class Cancellation {

        @Test
        void anInterruptEndsACallAndNotTheProvider() throws Exception {
            Thread.currentThread().interrupt();
            attempt(record(ONE));
            Thread.interrupted();
            provider.present(record(TWO));
            awaitValue(TWO);
        }

        @Test
        void aCallThatTakesTooLongEndsWhenItIsInterrupted() throws Exception {
            assumeThat(stall())
                    .as("the test can make the target answer nothing")
                    .isTrue();
            Thread caller = Thread.ofVirtual().start(() -> attempt(record(ONE)));
            await().until(() -> waits(caller));
            caller.interrupt();
            assertThat(caller.join(limit())).as("the call ended").isTrue();
            resume();
            provider.present(record(TWO));
            awaitValue(TWO);
        }
    }

    /** The end. */
    @Nested
    class Closing {

        @Test
        void nothingOfItIsLeftWhenItWasClosed() throws Exception {
            ThreadLeakDetector threads = new ThreadLeakDetector();
            Set<Long> before = processes();
            threads.run(() -> {
                DnsProvider next = create(new TestPluginContext(folder));
                next.present(record(ONE));
                next.close();
            });
            await().untilAsserted(() -> assertThat(threads.left()).isEmpty());
            await().untilAsserted(() -> assertThat(processes()).isSubsetOf(before));
        }

        @Test
        void closingOneThatWasNotUsedIsFine() throws Exception {
            create(new TestPluginContext(folder)).close();
        }
    }

    /** Presents a record; a failure is permitted. */
    private void attempt(ChallengeRecord record) {
        try {
            provider.present(record);
        } catch (InterruptedException e) {
            // Expected by the contract. A call that ended before it noticed the interrupt is also valid.
        } catch (Exception e) {
            assertThat(e).as("an exception says what happened").message().isNotNull();
        }
    }

    /** Whether a thread waits within a call, or has ended. */
    private static boolean waits(Thread caller) {
        return caller.getState() != Thread.State.NEW && caller.getState() != Thread.State.RUNNABLE;
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private ConditionFactory await() {
        return TestTimeout.await().atMost(limit());
    }

    private DnsProvider open() throws Exception {
        DnsProvider next = create(new TestPluginContext(folder));
        opened.add(next);
        return next;
    }

    private ChallengeRecord record(String value) {
        return new ChallengeRecord(zone(), name(), value);
    }

    private void awaitValue(String value) {
        await().ignoreExceptions().until(() -> values(name()).contains(value));
    }
}
