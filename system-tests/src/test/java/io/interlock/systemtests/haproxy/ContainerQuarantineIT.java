package io.interlock.systemtests.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests a container whose request HAProxy refuses: the others are served, and the container is served as soon as it
 * asks for a valid value.
 */
@Tag("engine")
class ContainerQuarantineIT {

    /** Interprets the interval as seconds, of which HAProxy can count two million. */
    private static final String TEMPLATE = """
            global
                maxconn {{maxConnections}}
            defaults
                mode http
                timeout connect {{connectTryTimeout}}ms
                timeout server {{serverTimeout}}ms
                timeout client {{clientTimeout}}ms
            frontend clients
            {{#binds}}
                bind {{{.}}}
            {{/binds}}
                monitor-uri /haproxy?monitor
                use_backend %[req.hdr(host),lower,field(1,:),map_str({{hostsMap}},nobody)]
            backend nobody
                http-request return status 503
            {{#backends}}
            backend {{name}}
            {{#servers}}
                server {{name}} {{address}} check inter {{checkInterval}}s
            {{/servers}}
            {{/backends}}
            """;

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine(ContainerQuarantineIT::withTemplate);

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();

    @Test
    void whatHaproxyRefusesIsLeftOutAloneAndComesBackChanged() throws IOException {
        String host = UniqueHostNames.newHost();
        String otherHost = UniqueHostNames.newHost();
        SampleContainer neighbour = engine.sample().hostname(host).start();
        interlock.awaitServedBy(neighbour, host);

        SampleContainer refused = engine.sample()
                .hostname(otherHost)
                .data("{\"check_interval\": 3000000}")
                .start();
        interlock.awaitLogged("server \"" + refused.name(), "HAProxy refuses it", "timer overflow");
        SampleContainer later = engine.sample().hostname(host).start();
        interlock.awaitServedBy(later, host);
        assertThat(interlock.get(otherHost, "/name").status()).isEqualTo(503);

        refused.stop();
        SampleContainer changed = engine.sample()
                .hostname(otherHost)
                .data("{\"check_interval\": 3000}")
                .start();
        interlock.awaitServedBy(changed, otherHost);
    }

    private static ConfigFileBuilder withTemplate(ConfigFileBuilder settings) {
        try {
            Path template = Files.writeString(settings.folder().resolve("own.mustache"), TEMPLATE);
            return settings.with(
                    file -> file.putObject("plugins").putObject("haproxy").put("template_path", template.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
