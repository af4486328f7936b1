package io.interlock.haproxy.model;

import java.util.List;

/**
 * Content of a backend in the configuration besides its name and servers. Only a reload changes it.
 *
 * @param directives whole lines
 * @param looksUpCheck whether one of the directives looks up the health check's request in {@link HaproxyMap#CHECKS}
 */
public record BackendDeclaration(List<String> directives, boolean looksUpCheck) {

    /** Start of the directive that sets the parameters common to all servers. */
    public static final String SERVER_DEFAULTS = "default-server ";

    private static final String COOKIE = "cookie ";

    public BackendDeclaration {
        directives = List.copyOf(directives);
    }

    /** Parameters that must be given explicitly to servers that are added at run time. */
    public ServerDefaults serverDefaults() {
        String parameters = "";
        boolean cookie = false;
        for (String line : directives) {
            if (line.startsWith(SERVER_DEFAULTS)) {
                parameters = line.substring(SERVER_DEFAULTS.length());
            }
            cookie |= line.startsWith(COOKIE);
        }
        return new ServerDefaults(parameters, cookie);
    }
}
