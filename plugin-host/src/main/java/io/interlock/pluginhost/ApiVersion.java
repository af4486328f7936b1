package io.interlock.pluginhost;

import io.interlock.api.loadbalancer.LoadBalancer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of the API that plugins are offered, which the API's own jar tells. */
public final class ApiVersion {

    private static final String RESOURCE = "/io/interlock/api/version.properties";

    private ApiVersion() {}

    /** A semantic version without qualifier: what a plugin requires is compared with it. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(LoadBalancer.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "").replace("-SNAPSHOT", "");
    }
}
