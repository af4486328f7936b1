package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.testsupport.network.AddressNameServer;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SystemHostLookupTest {

    @TempDir
    Path folder;

    private AddressNameServer server;
    private Path hosts;
    private HostLookup lookup;

    @BeforeEach
    void start() throws IOException {
        server = new AddressNameServer(30);
        hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
        lookup = new SystemHostLookup(hosts, List.of(server.address()), Optional::empty);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.failure()).isNull();
    }

    @Test
    void aNameHasAllItsAddressesOfBothFamiliesForTheTimeThatTheServerSays() throws Exception {
        server.name("db.example", "10.0.0.1", "2001:db8::1", "10.0.0.2");

        HostLookup.ResolvedHost found = lookup.lookup("db.example");

        assertThat(found.addresses())
                .containsExactlyInAnyOrder(
                        IpLiteral.of("10.0.0.1"), IpLiteral.of("10.0.0.2"), IpLiteral.of("2001:db8::1"));
        assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anAliasIsFollowed() throws Exception {
        server.name("real.example", "10.0.0.1");
        server.alias("db.example", "real.example");

        assertThat(lookup.lookup("db.example").addresses()).containsExactly(IpLiteral.of("10.0.0.1"));
    }

    @Test
    void aNameWithoutAddressesAndAServerWithoutAnAnswerAreNotKnown() throws Exception {
        assertThatThrownBy(() -> lookup.lookup("missing.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("know no address");
        server.name("db.example", "10.0.0.1");
        server.failsWith(2);
        assertThatThrownBy(() -> lookup.lookup("db.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("error 2");
    }

    @Test
    void theHostsFileComesFirst() throws Exception {
        server.name("db.example", "10.0.0.1");
        Files.writeString(
                hosts, "# 10.0.0.8 db.example\n10.0.0.9 other Db.Example # the database\nbroken db.example\n");

        assertThat(lookup.lookup("db.example").addresses()).containsExactly(IpLiteral.of("10.0.0.9"));
        assertThat(server.questions("db.example")).isZero();
    }

    @Test
    void theHostOfTheEngineIsWhatTheSystemSaysAndOtherwiseWhereInterlockFoundIt() throws Exception {
        HostLookup inside =
                new SystemHostLookup(hosts, List.of(server.address()), () -> Optional.of(IpLiteral.of("172.17.0.1")));
        assertThat(inside.lookup("host.docker.internal").addresses()).containsExactly(IpLiteral.of("172.17.0.1"));
        assertThatThrownBy(() -> inside.lookup("other.docker.internal")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> lookup.lookup("host.docker.internal")).isInstanceOf(IOException.class);

        server.name("host.docker.internal", "192.0.2.1");
        assertThat(inside.lookup("host.docker.internal").addresses()).containsExactly(IpLiteral.of("192.0.2.1"));
    }
}
