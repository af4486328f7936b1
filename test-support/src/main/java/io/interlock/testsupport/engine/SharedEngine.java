package io.interlock.testsupport.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine of this machine ({@code DOCKER_HOST}, else the local socket), with one client for all of this JVM that is never closed, and
 * names for what is made there. Names begin with what is drawn for each JVM, so that runs of tests can share an engine, also from
 * containers with process numbers of their own.
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
     * Connects, the first time.
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

    /** Where the engine listens, as in {@code DOCKER_HOST}. */
    public URI address() {
        return address;
    }

    /** What is drawn for this JVM: up to six lower-case letters and digits. */
    static String run() {
        return RUN;
    }

    /** A name that nobody else uses. */
    public static String uniqueName(String kind) {
        return "il-" + RUN + "-" + kind + NUMBER.incrementAndGet();
    }
}
