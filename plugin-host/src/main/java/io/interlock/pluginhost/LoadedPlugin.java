package io.interlock.pluginhost;

import io.interlock.api.dialect.LabelDialectFactory;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.sink.StatsSinkFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.pf4j.ExtensionPoint;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugin with loaded classes, a class loader of its own, and its factory. Several plugins with the same id may be
 * loaded at once. The jar must not change while it is loaded.
 */
public final class LoadedPlugin implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final PluginManifest manifest;
    private final JarPluginManager plugins;
    private final ClassLoader classLoader;
    private final ExtensionPoint factory;

    private LoadedPlugin(
            PluginManifest manifest, JarPluginManager plugins, ClassLoader classLoader, ExtensionPoint factory) {
        this.manifest = manifest;
        this.plugins = plugins;
        this.classLoader = classLoader;
        this.factory = factory;
    }

    /**
     * Loads a plugin and creates its factory, which runs the first of its code, on this thread.
     *
     * @param jar the plugin's jar
     * @param manifest the result of {@link PluginManifest#read} for this jar
     * @param apiVersion the version of the host's API
     * @throws UnusablePluginException if it cannot be used, whatever it throws
     */
    public static LoadedPlugin load(Path jar, PluginManifest manifest, String apiVersion)
            throws UnusablePluginException {
        if (!manifest.accepts(apiVersion)) {
            throw new UnusablePluginException(
                    "requires API " + manifest.requires().orElse("") + ", but this Interlock has " + apiVersion
                            + ": get a version of the plugin made for it");
        }
        JarPluginManager plugins =
                new JarPluginManager(Objects.requireNonNull(jar.toAbsolutePath().getParent()), apiVersion);
        boolean loaded = false;
        try {
            plugins.loadPlugin(jar);
            PluginWrapper plugin = plugins.getPlugin(manifest.id());
            ClassLoader classLoader = plugin.getPluginClassLoader();
            ExtensionPoint factory = within(classLoader, () -> factory(plugins, plugin));
            loaded = true;
            return new LoadedPlugin(manifest, plugins, classLoader, factory);
        } catch (UnusablePluginException e) {
            throw e;
        } catch (InvocationTargetException e) {
            throw new UnusablePluginException(whyNotMade(e, apiVersion), e);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new UnusablePluginException("has a factory without a public constructor that takes nothing: " + e, e);
        } catch (LinkageError e) {
            throw new UnusablePluginException(whyNotLinked(e, apiVersion), e);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new UnusablePluginException("cannot be loaded: " + root(e), e);
        } finally {
            if (!loaded) {
                unload(plugins, manifest.id());
            }
        }
    }

    private static String whyNotMade(InvocationTargetException e, String apiVersion) {
        return e.getCause() instanceof LinkageError linkage
                ? whyNotLinked(linkage, apiVersion)
                : "has a factory that cannot be made: " + root(e);
    }

    /** Returns the most likely cause of a linkage error, for the operator. */
    public static String whyNotLinked(LinkageError e, String apiVersion) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return e instanceof ExceptionInInitializerError
                ? "cannot be loaded: " + cause
                : "was built against something that is not here: " + e + "; if that is of the API, get a version of the"
                        + " plugin made for API " + apiVersion + ", else its jar lacks a library";
    }

    private static ExtensionPoint factory(JarPluginManager plugins, PluginWrapper plugin)
            throws UnusablePluginException, ReflectiveOperationException {
        if (plugins.startPlugin(plugin.getPluginId()) != PluginState.STARTED) {
            throw new UnusablePluginException("cannot be started: " + plugin.getFailedException());
        }
        // PF4J's getExtensions is not used: it creates new instances at each call, and only logs the exceptions of
        // constructors.
        List<Class<? extends ExtensionPoint>> factories = new ArrayList<>();
        factories.addAll(plugins.getExtensionClasses(LoadBalancerFactory.class, plugin.getPluginId()));
        factories.addAll(plugins.getExtensionClasses(StatsSinkFactory.class, plugin.getPluginId()));
        factories.addAll(plugins.getExtensionClasses(DnsProviderFactory.class, plugin.getPluginId()));
        factories.addAll(plugins.getExtensionClasses(LabelDialectFactory.class, plugin.getPluginId()));
        if (factories.size() != 1) {
            explain(plugin);
            throw new UnusablePluginException("has " + factories.size()
                    + " load balancers, statistics sinks, DNS providers and dialects, expected one: its factory must be"
                    + " annotated with @Extension, and PF4J's annotation"
                    + " processor must have run, which lists it in " + JarInspection.INDEX);
        }
        return factories.getFirst().getDeclaredConstructor().newInstance();
    }

    /** Throws the reason why a class of the index cannot be loaded, which PF4J only logs. */
    private static void explain(PluginWrapper plugin) throws UnusablePluginException {
        try {
            for (String name : JarInspection.of(plugin.getPluginPath()).extensions()) {
                plugin.getPluginClassLoader().loadClass(name);
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new UnusablePluginException("cannot be loaded: " + e, e);
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Returns the plugin's manifest. */
    public PluginManifest manifest() {
        return manifest;
    }

    /** Returns the plugin's class loader, which must be the context class loader of every thread that runs its code. */
    public ClassLoader classLoader() {
        return classLoader;
    }

    /**
     * Returns the plugin's only factory: a {@link LoadBalancerFactory}, a {@link StatsSinkFactory}, a
     * {@link DnsProviderFactory} or a {@link LabelDialectFactory}.
     */
    public Object factory() {
        return factory;
    }

    /** Runs code of the plugin with its class loader as the thread's context class loader. */
    public static <T> T within(ClassLoader classLoader, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader);
        try {
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Releases the plugin's classes; code that still runs will fail. Never throws. */
    @Override
    public void close() {
        unload(plugins, manifest.id());
    }

    private static void unload(JarPluginManager plugins, String id) {
        if (plugins.getPlugin(id) == null) {
            return;
        }
        try {
            plugins.unloadPlugin(id);
        } catch (RuntimeException | LinkageError e) {
            log.warn("plugin {} could not be unloaded", id, e);
        }
    }
}
