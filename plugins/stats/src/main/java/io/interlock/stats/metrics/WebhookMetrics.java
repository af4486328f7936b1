package io.interlock.stats.metrics;

import static io.interlock.stats.metrics.MetricFamily.counter;
import static io.interlock.stats.metrics.MetricFamily.gauge;

import io.interlock.stats.webhook.WebhookCounts;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the metrics of web hooks. */
final class WebhookMetrics {

    private static final List<MetricFamily<Numbered>> ALL = List.of(
            counter(
                    "interlock_webhook_notices_delivered",
                    "Notices that a web hook accepted.",
                    hook -> hook.counts().delivered()),
            counter(
                    "interlock_webhook_notices_dropped",
                    "Notices that were lost: too many waited, or the web hook refused them.",
                    hook -> hook.counts().dropped()),
            counter(
                    "interlock_webhook_failures",
                    "Requests that a web hook did not accept.",
                    hook -> hook.counts().failed()),
            gauge(
                    "interlock_webhook_notices_waiting",
                    "Notices that wait for a web hook.",
                    hook -> hook.counts().waiting()));

    private WebhookMetrics() {}

    /** Web hook with its place in the configuration, from 1: several may have the same target. */
    private record Numbered(int number, WebhookCounts counts) {}

    static void write(List<WebhookCounts> webhooks, MetricsTextWriter text) throws IOException {
        List<Numbered> numbered = IntStream.range(0, webhooks.size())
                .mapToObj(i -> new Numbered(i + 1, webhooks.get(i)))
                .toList();
        text.write(
                numbered::stream,
                hook -> MetricsTextWriter.labels(
                        "target", hook.counts().target(), "webhook", Integer.toString(hook.number())),
                ALL);
    }
}
