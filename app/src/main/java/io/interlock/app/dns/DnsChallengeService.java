package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.dns.message.DnsClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers challenges of certificate authorities in the DNS. Safe for all threads. */
public final class DnsChallengeService {

    private static final Duration PATIENCE_WITH_SERVER = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DnsRecordEditor editor;
    private final ChallengeRecordLocator locator;
    private final RecordVisibilityChecker checker;

    public DnsChallengeService(DnsRecordEditor editor) {
        DnsClient client = new DnsClient(PATIENCE_WITH_SERVER);
        this.editor = editor;
        this.locator = new ChallengeRecordLocator(client);
        this.checker = new RecordVisibilityChecker(client);
    }

    /**
     * The record with which a challenge for a name is answered.
     *
     * @param value its value
     * @throws DnsChallengeException if the name servers do not say where it must be
     */
    public ChallengeRecord locate(DnsChallengeConfig config, HostName name, String value)
            throws DnsChallengeException, InterruptedException {
        return locator.locate(resolvers(config), name, value);
    }

    /** Adds a record. */
    public void present(String provider, ChallengeRecord record) throws DnsChallengeException, InterruptedException {
        editor.present(provider, record);
    }

    /** Removes a record. */
    public void cleanUp(String provider, ChallengeRecord record) throws DnsChallengeException, InterruptedException {
        editor.cleanUp(provider, record);
    }

    /**
     * Waits until a record is visible: at the servers that the configuration names, otherwise at the zone's own.
     *
     * @throws DnsChallengeException if it is not visible in time
     */
    public void awaitVisible(DnsChallengeConfig config, ChallengeRecord record)
            throws DnsChallengeException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            Optional<String> missing = config.servers().isEmpty()
                    ? checker.missingAtZone(resolvers(config), record)
                    : checker.missingAtServers(config.servers(), record);
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - began > config.timeout().toNanos()) {
                throw new DnsChallengeException(
                        "the record " + record.name() + " is not visible after "
                                + config.timeout().toSeconds() + " s: " + missing.get(),
                        "if it only takes longer, raise \"timeout\" of the entry in \"dns\" of the configuration; if this"
                                + " machine does not reach the zone's own servers, set \"servers\"");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static List<InetSocketAddress> resolvers(DnsChallengeConfig config) {
        return config.servers().isEmpty() ? NameServerList.ofSystem() : config.servers();
    }
}
