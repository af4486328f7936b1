package io.interlock.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Contract of the jar that a build has made, for the parent pom of plugins. The system property {@code plugin.jar} names the
 * jar, and {@code plugin.section} has a valid section of the configuration file.
 */
@DisabledIfSystemProperty(named = "plugin.packaging", matches = "pom", disabledReason = "a pom has no jar")
final class BuiltJarContract extends PackagingContract {

    @Override
    protected Path jar() {
        String jar = System.getProperty("plugin.jar");
        if (jar == null) {
            throw new IllegalStateException(
                    "the system property plugin.jar is missing: it names the jar of the plugin");
        }
        return Path.of(jar);
    }

    @Override
    protected String section() {
        return System.getProperty("plugin.section", "{}");
    }
}
