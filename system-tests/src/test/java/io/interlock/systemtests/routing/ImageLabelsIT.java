package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an image says in labels and in its environment, on an engine that built it. */
@Tag("engine")
class ImageLabelsIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private final String other = UniqueHostNames.newHost();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void anImageTakesANameWhereAllItsLabelsCount() throws IOException {
        String labels = engine.buildImage("LABEL interlock.hostname=" + host);
        String data = engine.buildImage("ENV INTERLOCK_DATA='{\"hostname\": \"" + other + "\"}'");
        try (InterlockProcess interlock = start("all", file -> {})) {
            interlock.awaitServedBy(engine.sample(labels).start(), host);
            interlock.awaitServedBy(engine.sample(data).start(), other);
        }
    }

    @Test
    void aSafeImageSaysHowItsInsideWorksAndTakesNoName() throws IOException {
        String image = engine.buildImage(
                "LABEL interlock.hostname=" + other + " interlock.release=9 interlock.port=9000 interlock.max_body=1k",
                "ENV PORT=9000 INTERLOCK_DATA='{\"alias_domains\": [\"" + other + "\"]}'");
        try (InterlockProcess interlock = start("safe", file -> {})) {
            SampleContainer container =
                    engine.sample(image).exposes(9000).hostname(host).start();

            interlock.awaitServedBy(container, host);
            for (String field : new String[] {"interlock.hostname", "interlock.release", "alias_domains"}) {
                interlock.awaitLogged(container.name(), field, "comes from the image");
            }
            assertThat(interlock.get(other, "/name").status()).isEqualTo(503);
            assertThat(interlock.get(host, "/name", "Content-Length: 2000").status())
                    .isEqualTo(413);
        }
    }

    @Test
    void aLabelWithTheValueOfTheImageIsTheImages() throws IOException {
        String image = engine.buildImage("LABEL interlock.hostname=" + other);
        try (InterlockProcess interlock = start("safe", file -> {})) {
            SampleContainer same = engine.sample(image)
                    .label("interlock.hostname", other)
                    .hostname(host)
                    .start();
            interlock.awaitServedBy(same, host);
            String third = UniqueHostNames.newHost();
            interlock.awaitServedBy(
                    engine.sample(image).label("interlock.hostname", third).start(), third);
            assertThat(interlock.get(other, "/name").status()).isEqualTo(503);
        }
    }

    @Test
    void nothingOfAnImageCountsButItsWishForProtection() throws IOException {
        String plain = engine.buildImage("LABEL interlock.hostname=" + other + " interlock.port=9000");
        String closed = engine.buildImage("LABEL interlock.allow=192.0.2.1");
        try (InterlockProcess interlock = start("none", file -> {})) {
            SampleContainer refused = engine.sample(closed).hostname(other).start();
            SampleContainer served = engine.sample(plain).hostname(host).start();

            interlock.awaitServedBy(served, host);
            interlock.awaitLogged(refused.name(), "interlock.allow", "not served");
            assertThat(interlock.get(other, "/name").status()).isEqualTo(503);
        }
    }

    @Test
    void anImageOfAnotherTeamNeitherTakesAClaimedNameNorBecomesItsOwner() throws IOException {
        String image = engine.buildImage(
                "LABEL com.docker.compose.project=shop interlock.hostname=" + host + " interlock.release=999999999");
        try (EngineProxy proxy = EngineProxy.inFrontOf(engine);
                InterlockProcess interlock = start(proxy.address(), "all", this::ownedByShop)) {
            SampleContainer victim = engine.sample()
                    .label("com.docker.compose.project", "shop")
                    .hostname(host)
                    .start();
            interlock.awaitServedBy(victim, host);
            for (int i = 0; i < 3; i++) {
                SampleContainer joiner = engine.sample(image).start();
                interlock.awaitLogged("container " + joiner.name(), host + " belongs to shop");
            }

            assertThat(interlock.nameAt(host)).isEqualTo(victim.name());
            assertThat(proxy.requests())
                    .filteredOn(line -> line.contains("/images/"))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private void ownedByShop(ObjectNode file) {
        ObjectNode rule = file.putArray("ownership").addObject().put("owner", "shop");
        rule.putObject("who").put("project", "shop");
        rule.putObject("may").putArray("names").add(host);
    }

    private InterlockProcess start(String mode, Consumer<ObjectNode> more) throws IOException {
        return start(engine.address().toString(), mode, more);
    }

    private InterlockProcess start(String address, String mode, Consumer<ObjectNode> more) throws IOException {
        return InterlockProcess.start(
                        ConfigFileBuilder.inNewFolder().engine("local", address).with(file -> {
                            file.put("image_labels", mode);
                            more.accept(file);
                        }))
                .awaitReady();
    }
}
