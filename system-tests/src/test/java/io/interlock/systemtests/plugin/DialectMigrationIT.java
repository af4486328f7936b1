package io.interlock.systemtests.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that containers with labels for other proxies are served without a change, and that a look before tells what comes. */
@Tag("engine")
class DialectMigrationIT {

    private final LocalEngine engine = LocalEngine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void containersOfTraefikAndOfNginxProxyAreServed() throws Exception {
        ConfigFileBuilder settings = settings("interlock", "traefik", "nginx-proxy");
        String traefik = UniqueHostNames.newHost();
        String nginx = UniqueHostNames.newHost();
        SampleContainer routed = engine.sample()
                .label("traefik.enable", "true")
                .label("traefik.http.routers.web.rule", "Host(`" + traefik + "`)")
                .label("traefik.http.routers.admin.rule", "Host(`" + traefik + "`) && PathPrefix(`/admin/`)")
                .label("traefik.http.routers.admin.middlewares", "sso@file")
                .start();
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            interlock.awaitServedBy(routed, traefik);
            interlock.awaitServedBy(
                    engine.sample().environment("VIRTUAL_HOST", nginx).start(), nginx);

            assertThat(interlock.get(traefik, "/admin/").status()).isEqualTo(403);
            interlock.awaitLogged("traefik.http.routers.admin.middlewares", "sso@file", "403");
        }
    }

    @Test
    void withoutADialectTheLabelsSayNothing() throws Exception {
        String host = UniqueHostNames.newHost();
        engine.sample().environment("VIRTUAL_HOST", host).start();
        String own = UniqueHostNames.newHost();
        try (InterlockProcess interlock =
                InterlockProcess.start(settings("interlock")).awaitReady()) {
            interlock.awaitServedBy(engine.sample().hostname(own).start(), own);

            assertThat(interlock.get(host, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aLookBeforeTellsWhatWouldComeAndServesNothing() throws Exception {
        String host = UniqueHostNames.newHost();
        SampleContainer good = engine.sample()
                .label("traefik.http.routers.web.rule", "Host(`" + host + "`)")
                .start();
        SampleContainer lost = engine.sample()
                .label("traefik.http.routers.web.rule", "Host(`x." + host + "`) && HeaderRegexp(`X-A`, `b`)")
                .start();

        InterlockCommandRunner.Result result =
                new InterlockCommandRunner(settings("interlock")).run("migrate", "--from", "traefik", "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(6);
        assertThat(container(result.json(), good).path("verdict").asText()).isEqualTo("same");
        assertThat(container(result.json(), good).path("routes").path(0).asText())
                .isEqualTo(host);
        assertThat(container(result.json(), lost).path("verdict").asText()).isEqualTo("not_served");
        assertThat(container(result.json(), lost)
                        .path("remarks")
                        .path(0)
                        .path("place")
                        .asText())
                .isEqualTo("label traefik.http.routers.web.rule");
    }

    private static JsonNode container(JsonNode report, SampleContainer wanted) {
        return report.path("containers")
                .valueStream()
                .filter(container -> container.path("name").asText().equals(wanted.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(wanted + " is not in " + report));
    }

    private ConfigFileBuilder settings(String... dialects) throws IOException {
        return ConfigFileBuilder.inNewFolder()
                .engine("local", engine.address().toString())
                .with(file -> List.of(dialects).forEach(file.withArray("dialects")::add));
    }
}
