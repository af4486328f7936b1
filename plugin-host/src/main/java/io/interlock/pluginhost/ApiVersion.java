package io.interlock.pluginhost;

import io.interlock.api.loadbalancer.LoadBalancer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Version of the API that the host offers to plugins, from the API's own jar. */
public final class ApiVersion {

    private static final String RESOURCE = "/io/interlock/api/version.properties";

    private ApiVersion() {}

    /** Returns a semantic version without qualifier, with which the requirements of plugins are compared. */
    public static String current() {
        return artifact().replace("-SNAPSHOT", "");
    }

    /** Returns the version of the API's Maven artifact, and of the artifacts that belong to it. */
    public static String artifact() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(LoadBalancer.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
