package io.interlock.pluginhost;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.JarPluginRepository;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;

/** PF4J's manager for single jars with a manifest, each with a class loader that sees only the API. */
final class JarPluginManager extends DefaultPluginManager {

    JarPluginManager(Path folder, String apiVersion) {
        super(List.of(folder));
        // Without a system version every Plugin-Requires would count as fulfilled.
        setSystemVersion(apiVersion);
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new JarPluginRepository(getPluginsRoots());
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new IsolatingLoader(this);
    }

    private static final class IsolatingLoader extends JarPluginLoader {

        IsolatingLoader(JarPluginManager manager) {
            super(manager);
        }

        @Override
        protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
            ApiClassLoader api = new ApiClassLoader(JarPluginManager.class.getClassLoader());
            // The API comes first, so that a plugin that bundles it by mistake still gets the host's.
            return new PluginClassLoader(pluginManager, descriptor, api, ClassLoadingStrategy.APD) {
                @Override
                protected boolean shouldDelegateToParent(String className) {
                    return ApiClassLoader.isShared(className);
                }
            };
        }
    }
}
