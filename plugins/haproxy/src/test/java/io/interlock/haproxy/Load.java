package io.interlock.haproxy;

import static io.interlock.testkit.Patience.await;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask for one host all the time, half of them on a connection for each request, and count exactly. */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 8;

    private final int port;
    private final String host;
    private final AtomicInteger served = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    Load(int port, String host) {
        this.port = port;
        this.host = host;
        for (int i = 0; i < CLIENTS; i++) {
            boolean keepsAlive = i % 2 == 0;
            executor.execute(() -> run(keepsAlive));
        }
    }

    /** What did not go well, for people. */
    List<String> failures() {
        return failures;
    }

    int served() {
        return served.get();
    }

    void awaitMore(int requests) {
        int before = served.get();
        await().until(() -> served.get() >= before + requests);
    }

    private void run(boolean keepsAlive) {
        while (!closing) {
            try (Client client = Client.connect(port)) {
                boolean open = true;
                while (open && !closing) {
                    Client.Response response = client.get(host, "/");
                    if (response.status() == 200) {
                        served.incrementAndGet();
                    } else {
                        failures.add(response.toString());
                    }
                    // HAProxy says so when it wants an idle connection to end.
                    open = keepsAlive
                            && !response.headers().toLowerCase(Locale.ROOT).contains("connection: close");
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        executor.close();
    }
}
