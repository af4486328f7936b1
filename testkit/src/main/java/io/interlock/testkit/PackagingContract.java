package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.dialect.LabelDialectFactory;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.sink.StatsSinkFactory;
import io.interlock.pluginhost.ApiVersion;
import io.interlock.pluginhost.JarInspection;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginManifest;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import io.interlock.pluginhost.UnusablePluginException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Contract of the jar of every plugin. A test of the plugin must extend it and run after the jar
 * has been built (with Maven: by the failsafe plugin, in a class whose name ends with {@code IT}). The jar is loaded as
 * in Interlock.
 */
public abstract class PackagingContract {

    /** Returns the plugin's jar as it is distributed. */
    protected abstract Path jar();

    /**
     * Returns a valid section of the configuration file for the plugin, as JSON, without the key {@code enabled}. The
     * default is empty.
     */
    protected String section() {
        return "{}";
    }

    @Test
    @DisplayName("the manifest has a Plugin-Id, a semantic Plugin-Version, and a Plugin-Requires that has an end")
    final void theManifestIsComplete() throws IOException {
        PluginManifest manifest = manifest();
        String requires = manifest.requires()
                .orElseGet(() -> fail(
                        "the manifest of %s says no Plugin-Requires: name the versions of the API that the"
                                + " plugin was made for, such as >=2.0.0 & <3.0.0",
                        jar()));
        assertThat(accepts(manifest, ApiVersion.current()))
                .as(
                        "Plugin-Requires: %s has the API that the plugin was tested with, %s",
                        requires, ApiVersion.current())
                .isTrue();
        assertThat(accepts(manifest, nextMajor()))
                .as("Plugin-Requires: %s leaves out API %s, which may change everything", requires, nextMajor())
                .isFalse();
    }

    @Test
    @DisplayName("META-INF/extensions.idx lists one factory, which is in the jar")
    final void theIndexListsTheFactory() throws IOException {
        JarInspection inspection = JarInspection.of(jar());
        assertThat(inspection.extensions())
                .as(
                        "%s in %s, which PF4J's annotation processor writes; since Java 23 javac runs it only with -proc:full,"
                                + " and with annotationProcessorPaths PF4J must be one of them",
                        JarInspection.INDEX, jar())
                .isNotEmpty();
        assertThat(inspection.missing())
                .as("classes that %s lists and %s lacks", JarInspection.INDEX, jar())
                .isEmpty();
    }

    @Test
    @DisplayName("nothing that the host provides is in the jar")
    final void nothingOfTheHostIsBundled() throws IOException {
        assertThat(JarInspection.of(jar()).flaw()).as("%s", jar()).isEmpty();
    }

    @Test
    @DisplayName("the host loads the plugin and binds its section of the configuration")
    final void theHostLoadsIt() throws IOException {
        PluginManifest manifest = manifest();
        try (LoadedPlugin plugin = LoadedPlugin.load(jar(), manifest, ApiVersion.current())) {
            LoadedPlugin.within(plugin.classLoader(), () -> {
                assertThat(type(plugin.factory())).as("the factory's type").isNotBlank();
                assertThat(bound(manifest, configType(plugin.factory())))
                        .as("its configuration")
                        .isNotNull();
                return true;
            });
        } catch (UnusablePluginException e) {
            fail("%s %s", jar(), e.getMessage());
        } catch (SectionException e) {
            fail("%s refuses the section %s: %s", jar(), section(), e.problem());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            fail(jar() + " cannot be used", e);
        }
    }

    private static String type(Object factory) {
        return switch (factory) {
            case StatsSinkFactory<?> sinks -> sinks.type();
            case DnsProviderFactory<?> providers -> providers.type();
            case LabelDialectFactory<?> dialects -> dialects.type();
            default -> ((LoadBalancerFactory<?>) factory).type();
        };
    }

    private static Class<?> configType(Object factory) {
        return switch (factory) {
            case StatsSinkFactory<?> sinks -> sinks.configType();
            case DnsProviderFactory<?> providers -> providers.configType();
            case LabelDialectFactory<?> dialects -> dialects.configType();
            default -> ((LoadBalancerFactory<?>) factory).configType();
        };
    }

    private <C> C bound(PluginManifest manifest, Class<C> configType) throws SectionException, JsonProcessingException {
        ObjectNode section = (ObjectNode) new ObjectMapper().readTree(section());
        return new PluginSectionBinder(manifest.id(), section).bind(configType);
    }

    private PluginManifest manifest() throws IOException {
        try {
            return PluginManifest.read(jar());
        } catch (UnusablePluginException e) {
            return fail("%s %s", jar(), e.getMessage());
        }
    }

    private static boolean accepts(PluginManifest manifest, String version) {
        try {
            return manifest.accepts(version);
        } catch (UnusablePluginException e) {
            throw new IllegalStateException("was read without complaint", e);
        }
    }

    private static String nextMajor() {
        return Integer.parseInt(ApiVersion.current().split("\\.", 2)[0]) + 1 + ".0.0";
    }
}
