package io.interlock.testsupport.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Engine of this machine ({@code DOCKER_HOST}, else the local socket), with one client for this JVM that is never
 * closed, and unique names. Names begin with a random text for each JVM, so that several test runs can share an engine,
 * also from containers with their own process numbers.
 */
public final class SharedEngine {

    private static final int MAX_CONNECTIONS = 100;
    private static final int MOST_RUNS = Integer.MAX_VALUE;
    private static final String RUN = Integer.toString(new Random().nextInt(MOST_RUNS), 36);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static SharedEngine instance;

    private final DockerClient client;
    private final URI address;

    private SharedEngine(DockerClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Connects at the first call.
     *
     * @throws IllegalStateException if no engine answers; the message says how to get one
     */
    public static synchronized SharedEngine connect() {
        if (instance == null) {
            DefaultDockerClientConfig config =
                    DefaultDockerClientConfig.createDefaultConfigBuilder().build();
            DockerClient client = DockerClientImpl.getInstance(
                    config,
                    new ApacheDockerHttpClient.Builder()
                            .dockerHost(config.getDockerHost())
                            .sslConfig(config.getSSLConfig())
                            .maxConnections(MAX_CONNECTIONS)
                            .build());
            try {
                client.pingCmd().exec();
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "no Docker engine answers at " + config.getDockerHost()
                                + "; these tests need one: run `make test`, which starts it, or set DOCKER_HOST",
                        e);
            }
            instance = new SharedEngine(client, config.getDockerHost());
        }
        return instance;
    }

    public DockerClient client() {
        return client;
    }

    /** Returns the address of the engine, as in {@code DOCKER_HOST}. */
    public URI address() {
        return address;
    }

    /** Returns the random text of this JVM: up to six lower-case letters and digits. */
    static String run() {
        return RUN;
    }

    /** Returns a unique name. */
    public static String uniqueName(String kind) {
        return "il-" + RUN + "-" + kind + NUMBER.incrementAndGet();
    }
}
