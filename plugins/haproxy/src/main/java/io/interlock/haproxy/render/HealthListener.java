package io.interlock.haproxy.render;

import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import io.interlock.haproxy.render.directive.RenderSettings;

/** The listener that answers whether HAProxy runs, whoever has taken all other connections. */
public final class HealthListener {

    /** Maximum number of its connections; HAProxy's maximum is higher by this number. */
    public static final int CONNECTIONS = 16;

    private HealthListener() {}

    /** The listener as a section of the configuration, with defaults of its own. */
    public static String section(RenderSettings settings) {
        return """
                defaults
                    mode http
                    timeout client 5s
                    timeout http-request 5s
                    timeout connect 5s
                    timeout server 5s

                frontend %s
                    bind %s mode %s
                    maxconn %d
                    monitor-uri /haproxy?monitor
                """.formatted(
                        GlobalConfig.HEALTH_LISTENER,
                        HaproxyQuoting.quote(settings.layout().healthSocket().toString()),
                        settings.layout().socketMode(),
                        CONNECTIONS);
    }
}
