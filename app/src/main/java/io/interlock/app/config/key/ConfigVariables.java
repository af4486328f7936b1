package io.interlock.app.config.key;

import java.util.Locale;
import java.util.Set;

/** Names of environment variables. */
public final class ConfigVariables {

    public static final String PREFIX = "INTERLOCK_";

    /** Beginning of the variables that set keys of plugins, which only the plugins know. */
    public static final String PLUGINS_PREFIX = PREFIX + "PLUGINS_";

    /** Variables that do not set a key. */
    public static final Set<String> PROCESS = Set.of(
            PREFIX + "CONFIG",
            PREFIX + "LOG_LEVEL",
            PREFIX + "LOG_FORMAT",
            PREFIX + "JAVA_OPTS",
            PREFIX + "DATA",
            PREFIX + "HOME");

    private static final String REQUEST_LOG_FORMAT = "$.log_format";

    private ConfigVariables() {}

    /** Returns the variable that sets the key at a JSON path. */
    static String name(String path) {
        if (path.equals(REQUEST_LOG_FORMAT)) {
            // INTERLOCK_LOG_FORMAT is the format of Interlock's own log.
            return PREFIX + "REQUEST_LOG_FORMAT";
        }
        return PREFIX + path.substring(2).replace("[]", "_n").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
