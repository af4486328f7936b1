package io.interlock.haproxy.model;

import java.util.List;

/**
 * What the configuration says of a backend besides its name and servers: only a reload changes it.
 *
 * @param directives whole lines
 * @param looksUpCheck whether one of them looks up what to ask for in {@link HaproxyMap#CHECKS}
 */
public record BackendDeclaration(List<String> directives, boolean looksUpCheck) {

    /** Begins the directive that says what each server has. */
    public static final String SERVER_DEFAULTS = "default-server ";

    private static final String COOKIE = "cookie ";

    public BackendDeclaration {
        directives = List.copyOf(directives);
    }

    /** What servers that come later have to be given. */
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
