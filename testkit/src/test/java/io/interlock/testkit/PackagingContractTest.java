package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a good jar fulfils the contract, and that each flaw breaks it with a message that says what to do. */
@Tag("unit")
class PackagingContractTest {

    private static final String RANGE = ">=2.0.0 & <3.0.0";

    @TempDir
    private static Path folder;

    @Nested
    class AGoodJar extends PackagingContract {
        @Override
        protected Path jar() {
            return built(new PluginJarBuilder("good").requires(RANGE));
        }

        @Override
        protected String section() {
            return "{\"greeting\": \"hello\"}";
        }
    }

    @Test
    void aJarWithoutIndexBreaksIt() {
        assertBroken(
                contract(new PluginJarBuilder("bare").requires(RANGE).withoutIndex())::theIndexListsTheFactory,
                "META-INF/extensions.idx",
                "-proc:full");
    }

    @Test
    void anIndexThatListsWhatIsNotThereBreaksIt() {
        PluginJarBuilder jar = new PluginJarBuilder("dangling")
                .requires(RANGE)
                .withoutIndex()
                .with("META-INF/extensions.idx", "plug.Gone\n".getBytes(StandardCharsets.UTF_8));
        assertBroken(contract(jar)::theIndexListsTheFactory, "plug.Gone");
        assertBroken(contract(jar)::theHostLoadsIt, "plug.Gone");
    }

    @Test
    void aJarThatBundlesTheApiBreaksIt() {
        PluginJarBuilder jar = new PluginJarBuilder("bundling")
                .requires(RANGE)
                .with("io/interlock/api/topology/Topology.class", new byte[] {1});
        assertBroken(contract(jar)::nothingOfTheHostIsBundled, "io.interlock.api.topology.Topology", "provided");
    }

    @Test
    void aRangeWithoutEndOrWithoutThisApiBreaksIt() {
        assertBroken(
                contract(new PluginJarBuilder("endless").requires(">=2.0.0"))::theManifestIsComplete,
                "leaves out API 3.0.0");
        assertBroken(contract(new PluginJarBuilder("old").requires("<2.0.0"))::theManifestIsComplete, "tested with");
    }

    @Test
    void aSectionThatThePluginRefusesBreaksIt() {
        PluginJarBuilder jar = new PluginJarBuilder("strict")
                .requires(RANGE)
                .configCheck("if (greeting == null) throw new IllegalArgumentException(\"greeting is needed\");");
        assertBroken(contract(jar)::theHostLoadsIt, "greeting is needed");
    }

    @Test
    void aFactoryThatCannotBeMadeBreaksIt() {
        PluginJarBuilder jar = new PluginJarBuilder("thrower")
                .requires(RANGE)
                .factory("if (true) throw new IllegalStateException(\"on purpose\");");
        assertBroken(contract(jar)::theHostLoadsIt, "on purpose");
    }

    private static void assertBroken(ThrowingCallable check, String... texts) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContainingAll(texts);
    }

    private static PackagingContract contract(PluginJarBuilder plugin) {
        Path jar = built(plugin);
        assertThat(jar).exists();
        return new PackagingContract() {
            @Override
            protected Path jar() {
                return jar;
            }
        };
    }

    private static Path built(PluginJarBuilder plugin) {
        try {
            return plugin.buildIn(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
