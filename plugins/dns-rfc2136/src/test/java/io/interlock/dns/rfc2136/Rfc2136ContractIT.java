package io.interlock.dns.rfc2136;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.SecretText;
import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import io.interlock.testkit.DnsProviderContract;
import io.interlock.testkit.TestPluginContext;
import io.interlock.testsupport.network.UpdatableNameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Tests dynamic updates with real name servers. */
@Tag("engine")
class Rfc2136ContractIT {

    private static final String ZONE = "example.com";

    /** Creates a name server. */
    interface ServerStarter {
        UpdatableNameServer start(Path folder, String zone) throws IOException;
    }

    /** Contract with one kind of server. */
    abstract static class WithServer extends DnsProviderContract {

        @TempDir
        Path files;

        private final ServerStarter starter;
        private Optional<UpdatableNameServer> server = Optional.empty();

        WithServer(ServerStarter starter) {
            this.starter = starter;
        }

        @Override
        protected DnsProvider create(PluginContext host) throws Exception {
            if (server.isEmpty()) {
                server = Optional.of(starter.start(files, ZONE));
            }
            return provider(server.get(), host, UpdatableNameServer.KEY_NAME, UpdatableNameServer.SECRET);
        }

        @AfterEach
        void stop() {
            server.ifPresent(UpdatableNameServer::close);
        }

        @Override
        protected String zone() {
            return ZONE;
        }

        @Override
        protected List<String> values(String name) throws Exception {
            return shown(server.orElseThrow(), name);
        }
    }

    @Nested
    class WithBind extends WithServer {
        WithBind() {
            super(UpdatableNameServer::bind);
        }
    }

    @Nested
    class WithKnot extends WithServer {
        WithKnot() {
            super(UpdatableNameServer::knot);
        }
    }

    @Nested
    class Mistakes {

        @TempDir
        Path files;

        private UpdatableNameServer server;

        @BeforeEach
        void start() throws IOException {
            server = UpdatableNameServer.bind(files, ZONE);
        }

        @AfterEach
        void stop() {
            server.close();
        }

        @Test
        void aWrongSecretIsNamed() {
            assertThatThrownBy(() -> present("interlock", "d3Jvbmcgc2VjcmV0IG9mIGEga2V5", record(ZONE)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the secret of the key is another there");
        }

        @Test
        void anUnknownKeyIsNamed() {
            assertThatThrownBy(() -> present("other", UpdatableNameServer.SECRET, record(ZONE)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not know the key");
        }

        @Test
        void anotherZoneIsNamed() {
            assertThatThrownBy(() -> present("interlock", UpdatableNameServer.SECRET, record("example.org")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not the primary server of the zone");
        }

        @Test
        void theKeyMayStandInAFileAsBindWritesIt() throws Exception {
            Path key = Files.writeString(
                    files.resolve("key"),
                    "key \"interlock\" {\n  algorithm hmac-sha256;\n  secret \"" + UpdatableNameServer.SECRET
                            + "\";\n};\n");
            Rfc2136Config config = new Rfc2136Config(
                    Optional.of(server.address()),
                    Optional.of("interlock"),
                    null,
                    Optional.empty(),
                    Optional.of(key),
                    null);
            DnsProvider provider = new Rfc2136Factory().create(config, new TestPluginContext(files));
            provider.present(record(ZONE));
            provider.close();
        }

        private void present(String key, String secret, ChallengeRecord record) throws Exception {
            DnsProvider provider = provider(server, new TestPluginContext(files), key, secret);
            try {
                provider.present(record);
            } finally {
                provider.close();
            }
        }

        private ChallengeRecord record(String zone) {
            return new ChallengeRecord(zone, "_acme-challenge." + zone, "v".repeat(43));
        }
    }

    private static DnsProvider provider(UpdatableNameServer server, PluginContext host, String key, String secret)
            throws IOException {
        Rfc2136Config config = new Rfc2136Config(
                Optional.of(server.address()),
                Optional.of(key),
                null,
                Optional.of(SecretText.of(secret)),
                Optional.empty(),
                null);
        return new Rfc2136Factory().create(config, host);
    }

    private static List<String> shown(UpdatableNameServer server, String name) throws IOException {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(server.port());
        Message question = Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.TXT, DClass.IN));
        return resolver.send(question).getSection(Section.ANSWER).stream()
                .filter(TXTRecord.class::isInstance)
                .flatMap(record -> ((TXTRecord) record).getStrings().stream())
                .toList();
    }
}
