package io.interlock.stats.webhook;

import io.interlock.api.SecretText;
import io.interlock.stats.json.StatsJsonWriter;
import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notices to one web hook, in order, on a thread of its own. A request that fails, or is answered with 408, 429 or 5xx, is sent
 * again with growing pauses; every other answer but 2xx loses its notices, which are counted.
 */
final class WebhookSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("stats");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI url;
    private final Optional<SecretText> secret;
    private final Identity identity;
    private final Timing timing;
    private final Clock clock;
    private final NoticeQueue queue = new NoticeQueue();
    private final StatsJsonWriter json = new StatsJsonWriter();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final ExponentialBackoff backoff;
    private final Thread thread;
    /** Number of dropped notices that the hook has been told of. */
    private long told;

    private boolean isFailing;
    private volatile boolean isClosed;

    /** Who sends. */
    record Identity(String version, String host) {}

    /**
     * Times of all requests.
     *
     * @param firstPause the longest pause after the first failure
     * @param answer how long an answer may take
     */
    record Timing(Duration firstPause, Duration answer) {}

    WebhookSender(URI url, Optional<SecretText> secret, Identity identity, Timing timing, Clock clock) {
        this.url = url;
        this.secret = secret;
        this.identity = identity;
        this.timing = timing;
        this.clock = clock;
        this.backoff = new ExponentialBackoff(timing.firstPause(), LONGEST_PAUSE, RandomGenerator.getDefault());
        this.thread = Thread.ofVirtual().name("webhook-" + url.getHost()).start(this::run);
    }

    void send(List<ProblemNotice> notices) {
        queue.add(notices);
    }

    WebhookCounts counts() {
        return new WebhookCounts(target(), delivered.get(), failed.get(), queue.dropped(), queue.size());
    }

    /** The path and the query of such an address are often secrets. */
    private String target() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private void run() {
        try {
            while (true) {
                deliver(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(NoticeQueue.Batch batch) throws InterruptedException {
        byte[] body = json.write(
                new WebhookDelivery(identity.version(), identity.host(), batch.dropped() - told, batch.notices()));
        String id = UUID.randomUUID().toString();
        while (true) {
            Outcome outcome = post(id, body);
            if (outcome.isDone()) {
                delivered.addAndGet(batch.notices().size());
                told = batch.dropped();
                succeeded();
                return;
            }
            failed.incrementAndGet();
            if (!outcome.isToRepeat()) {
                queue.lost(batch.notices().size());
                log.warn("web hook {} {}; the notices are dropped", target(), outcome.text());
                return;
            }
            if (!isFailing) {
                isFailing = true;
                log.warn("web hook {} {}; attempts continue", target(), outcome.text());
            }
            TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
        }
    }

    private void succeeded() {
        backoff.reset();
        if (isFailing) {
            isFailing = false;
            log.info("web hook {} answers again", target());
        }
    }

    private Outcome post(String id, byte[] body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timing.answer())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Interlock/" + identity.version())
                .header("X-Interlock-Delivery", id)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        secret.ifPresent(
                key -> request.header("X-Interlock-Signature", WebhookSignature.of(key, clock.instant(), body)));
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            // Only the status counts; the body may be endless.
            response.body().close();
            return Outcome.of(response.statusCode());
        } catch (IOException e) {
            if (isClosed) {
                throw (InterruptedException) new InterruptedException("closed").initCause(e);
            }
            // The client gives no reason for a connection that failed.
            String reason = e instanceof ConnectException ? "no connection" : ErrorMessages.reason(e);
            return new Outcome(false, true, "cannot be reached: " + reason);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        client.shutdownNow();
    }

    /** Outcome of one request. */
    private record Outcome(boolean isDone, boolean isToRepeat, String text) {

        static Outcome of(int status) {
            boolean isDone = status / 100 == 2;
            boolean isToRepeat = status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
            return new Outcome(isDone, isToRepeat, "answers with status " + status);
        }
    }
}
