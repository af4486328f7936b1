package io.interlock.pluginhost;

import java.util.List;

/**
 * What plugins see of the host: the JDK, the API, and the few libraries that the API is made with. Nothing else, so that
 * a plugin can neither use the host's classes nor clash with its libraries.
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
