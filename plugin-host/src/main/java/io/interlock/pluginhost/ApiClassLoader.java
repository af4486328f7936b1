package io.interlock.pluginhost;

import java.util.List;

/**
 * Class loader of the classes of the host that plugins see: the JDK, the API, and the few libraries of the API. A
 * plugin can therefore neither use other classes of the host nor clash with its libraries.
 */
final class ApiClassLoader extends ClassLoader {

    private static final List<String> SHARED = List.of("io.interlock.api.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    private final ClassLoader host;

    ApiClassLoader(ClassLoader host) {
        super("plugin-api", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isShared(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    static boolean isShared(String className) {
        return SHARED.stream().anyMatch(className::startsWith);
    }
}
