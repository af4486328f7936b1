package io.interlock.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.AwaitTimeout;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Counts the class loaders of plugins in the heap. A test that counts must hold {@link #LOCK}; a test that loads
 * plugins must hold a share of it.
 */
public final class PluginClassLoaderCounter {

    /** The name of the resource. */
    public static final String LOCK = "class loaders of plugins";

    private PluginClassLoaderCounter() {}

    /** Waits until nothing keeps the classes of plugins that are no longer in use. */
    public static void await(long expected) {
        AwaitTimeout.await().untilAsserted(() -> {
            System.gc();
            assertThat(count()).as("class loaders of plugins").isEqualTo(expected);
        });
    }

    /** The number of live class loaders. Counts their parents, because each has its own. */
    public static long count() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .filter(line -> line.contains("io.interlock.pluginhost.ApiClassLoader"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                    .findFirst()
                    .orElse(0);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
