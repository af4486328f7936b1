package io.interlock.testkit;

import io.interlock.api.plugin.PluginContext;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Context of a plugin under test.
 *
 * @param dataDirectory an existing folder of the test
 */
public record TestPluginContext(Path dataDirectory) implements PluginContext {

    @Override
    public String pluginId() {
        return "tested";
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
