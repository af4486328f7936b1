package io.interlock.testkit;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each sentence of the DNS providers' contract catches a broken provider. */
@Tag("unit")
class DnsProviderFaultsTest {

    private static final Set<String> FAULTS = Set.of(
            "showsWhatWasPresented",
            "twoValuesOfOneNameStayBesideEachOther",
            "presentingTwiceIsNoMistake",
            "cleaningUpRemovesOneValueAndKeepsTheOther",
            "cleaningUpWhatIsNotThereIsNoMistake",
            "anotherInstanceCleansUpWhatOneHasPresented",
            "anInterruptEndsACallAndNotTheProvider",
            "aCallThatTakesTooLongEndsWhenItIsInterrupted",
            "nothingOfItIsLeftWhenItWasClosed",
            "closingOneThatWasNotUsedIsFine");

    private static volatile String fault = "";

    @Test
    void eachSentenceCatchesABrokenProvider() {
        new ContractFaultCheck(SampleProviderContract.class, broken -> fault = broken)
                .requireEachSentenceToCatchItsFault(FAULTS);
    }

    private static boolean is(String sentence) {
        return fault.equals(sentence);
    }

    /** The contract of a provider whose zone is a map. */
    static class SampleProviderContract extends DnsProviderContract {

        private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
        private volatile CountDownLatch answering = new CountDownLatch(0);

        @Override
        protected DnsProvider create(PluginContext host) {
            return new SampleProvider();
        }

        @Override
        protected String zone() {
            return "example.com";
        }

        @Override
        protected List<String> values(String name) {
            return zone.getOrDefault(name, List.of());
        }

        @Override
        protected boolean stall() {
            answering = new CountDownLatch(1);
            return true;
        }

        @Override
        protected void resume() {
            answering.countDown();
        }

        @Override
        protected Duration limit() {
            return fault.isEmpty() ? super.limit() : Duration.ofMillis(300);
        }

        private final class SampleProvider implements DnsProvider {

            private boolean used;
            private boolean broken;

            @Override
            public void present(ChallengeRecord record) throws Exception {
                if (broken || is("showsWhatWasPresented")) {
                    return;
                }
                try {
                    await(answering);
                } catch (InterruptedException e) {
                    broken = is("anInterruptEndsACallAndNotTheProvider");
                    throw e;
                }
                if (is("nothingOfItIsLeftWhenItWasClosed")) {
                    Thread.ofPlatform().daemon().start(() -> LockSupport.parkNanos(5_000_000_000L));
                }
                List<String> values = zone.computeIfAbsent(record.name(), any -> new CopyOnWriteArrayList<>());
                if (is("twoValuesOfOneNameStayBesideEachOther")) {
                    values.clear();
                }
                if (is("presentingTwiceIsNoMistake") && values.contains(record.value())) {
                    throw new IllegalStateException("is there already");
                }
                values.add(record.value());
                used = true;
            }

            @Override
            public void cleanUp(ChallengeRecord record) {
                List<String> values = zone.getOrDefault(record.name(), new CopyOnWriteArrayList<>());
                if (is("cleaningUpWhatIsNotThereIsNoMistake") && !values.contains(record.value())) {
                    throw new IllegalStateException("is not there");
                }
                if (is("anotherInstanceCleansUpWhatOneHasPresented") && !used) {
                    return;
                }
                if (is("cleaningUpRemovesOneValueAndKeepsTheOther")) {
                    values.clear();
                }
                values.removeIf(record.value()::equals);
            }

            @Override
            public void close() {
                if (is("closingOneThatWasNotUsedIsFine") && !used) {
                    throw new IllegalStateException("nothing to close");
                }
            }
        }

        private static void await(CountDownLatch answering) throws InterruptedException {
            while (is("aCallThatTakesTooLongEndsWhenItIsInterrupted") && answering.getCount() > 0) {
                try {
                    answering.await();
                } catch (InterruptedException e) {
                    // Broken on purpose: the interrupt is lost.
                }
            }
            answering.await();
        }
    }
}
