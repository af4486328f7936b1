package io.interlock.app.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.Interlock;
import io.interlock.app.cli.ExitCodes;
import io.interlock.app.cli.InterlockApplication;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.app.plugin.PluginClassLoaderCounter;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests that a check reports the same as a run; neither starts anything without a load balancer. */
@Tag("unit")
@ResourceLock(value = PluginClassLoaderCounter.LOCK, mode = ResourceAccessMode.READ)
class StartCheckTest {

    @TempDir
    Path folder;

    private Path plugins = Path.of("");

    @BeforeEach
    void makeTheFolderOfPlugins() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    @Test
    void aFileWithAUsablePluginIsAllRight() throws IOException {
        new PluginJarBuilder("good").buildIn(plugins);

        InterlockApplication.CheckResult result = check("{\"plugins\": {\"good\": {}}}");

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void aSectionWithoutItsPluginIsAWarning() throws IOException {
        new PluginJarBuilder("good").buildIn(plugins);

        InterlockApplication.CheckResult result = check("{\"plugins\": {\"god\": {}}}");

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().contains("plugin god", "$.plugins.god", "no jar");
    }

    @Test
    void anEmptyFolderOfPluginsIsAProblem() throws IOException {
        assertThat(check("{}").problems())
                .extracting(Object::toString)
                .containsExactly("f.json:1:1: $.plugins_dir: expected a folder with the jar of a load balancer that can"
                        + " be used, found none in " + plugins);
    }

    @Test
    void aMissingFolderOfPluginsIsAProblem() throws IOException {
        assertThat(check("{\n\"plugins_dir\": \"none\"}").problems())
                .extracting(Object::toString)
                .containsExactly(
                        "f.json:2:16: $.plugins_dir: expected a folder with the jar of a load balancer that can"
                                + " be used, found no folder " + folder.resolve("none"));
    }

    @Test
    void portsForContainersWithAPortOfAPluginAreAProblem() throws IOException {
        new PluginJarBuilder("good").members(PluginJarBuilder.listeningOn(5050)).buildIn(plugins);
        String json = "{\"tcp_ports\": \"5000-5999\"}";

        assertThat(check(json).problems())
                .extracting(Object::toString)
                .containsExactly("f.json:1:15: $.tcp_ports: expected ports without 5050, at which plugin good listens,"
                        + " found 5000-5999");
        assertThat(run(json)).isInstanceOf(InterlockApplication.Outcome.Refused.class);
        assertThat(check("{\"tcp_ports\": \"5051-5999\"}").problems()).isEmpty();
    }

    @Test
    void aCheckWritesNothing() throws IOException {
        new PluginJarBuilder("good").buildIn(plugins);

        check("{\"data_dir\": \"data\"}");

        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aRunWithoutALoadBalancerEndsBeforeItStartsAnything() throws IOException {
        InterlockApplication.Outcome outcome = run("{\"data_dir\": \"data\"}");

        assertThat(outcome).isEqualTo(new InterlockApplication.Outcome.Ended(ExitCodes.FAILED));
        assertThat(folder.resolve("data/control.sock")).doesNotExist();
    }

    private InterlockApplication.CheckResult check(String json) throws IOException {
        return new Interlock().check(read(json));
    }

    private InterlockApplication.Outcome run(String json) throws IOException {
        ConfigResult.Valid configuration = read(json);
        return new Interlock()
                .run(configuration, reader().source(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE));
    }

    private ConfigResult.Valid read(String json) throws IOException {
        Files.writeString(folder.resolve("f.json"), json);
        return (ConfigResult.Valid) reader().read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
    }

    private ConfigReader reader() {
        Map<String, String> environment = Map.of("XDG_STATE_HOME", folder.toString());
        return new ConfigReader(new ProcessEnvironment(environment, folder, Optional.empty(), false));
    }
}
