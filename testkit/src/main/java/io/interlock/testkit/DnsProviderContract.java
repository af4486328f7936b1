package io.interlock.testkit;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
