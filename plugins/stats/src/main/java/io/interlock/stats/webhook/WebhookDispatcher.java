package io.interlock.stats.webhook;

import io.interlock.api.SecretText;
import io.interlock.api.status.InterlockStatus;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells all web hooks what changed from one status to the next. For one thread, except {@link #counts}. */
public final class WebhookDispatcher implements AutoCloseable {

    private static final WebhookSender.Timing TIMING =
            new WebhookSender.Timing(Duration.ofSeconds(2), Duration.ofSeconds(10));

    private final ProblemChangeDetector detector = new ProblemChangeDetector();
    private final List<Target> targets;
    private final WebhookSender.Timing timing;
    private final Clock clock;
    private volatile List<WebhookSender> senders = List.of();

    /**
     * Where to send.
     *
     * @param url {@code http} or {@code https}
     * @param secret the key of the signature; empty: requests are not signed
     */
    public record Target(URI url, Optional<SecretText> secret) {}

    public WebhookDispatcher(List<Target> targets, Clock clock) {
        this(targets, TIMING, clock);
    }

    WebhookDispatcher(List<Target> targets, WebhookSender.Timing timing, Clock clock) {
        this.targets = List.copyOf(targets);
        this.timing = timing;
        this.clock = clock;
    }

    /** Queues the notices of this status; returns at once. */
    public void accept(InterlockStatus status) {
        if (targets.isEmpty()) {
            return;
        }
        if (senders.isEmpty()) {
            start(status.version());
        }
        List<ProblemNotice> notices = detector.detect(status);
        senders.forEach(sender -> sender.send(notices));
    }

    private void start(String version) {
        List<WebhookSender> started = new ArrayList<>();
        WebhookSender.Identity identity = new WebhookSender.Identity(version, hostName());
        targets.forEach(
                target -> started.add(new WebhookSender(target.url(), target.secret(), identity, timing, clock)));
        senders = List.copyOf(started);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Returns the counts of each hook, in the order of the configuration; empty before the first status. */
    public List<WebhookCounts> counts() {
        return senders.stream().map(WebhookSender::counts).toList();
    }

    @Override
    public void close() {
        senders.forEach(WebhookSender::close);
    }
}
